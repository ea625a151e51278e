# Shared by the scripts beside it; they source it. Finds or fetches what the build needs, and nothing else.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/heliogram
MAVEN_VERSION=3.9.16   # Tycho 5 wants 3.9.9 or newer
JAVA_AT_LEAST=21

PRODUCT_PACKAGES="libgtk-3-0 libwebkit2gtk-4.1-0 adwaita-icon-theme fonts-dejavu"
TEST_PACKAGES="$PRODUCT_PACKAGES xvfb openbox dbus-x11 dovecot-imapd dovecot-pop3d dovecot-lmtpd dovecot-submissiond postfix openssl"

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 1; }

# --- Java -----------------------------------------------------------------------------------------------------------

java_version() {   # FOLDER -> its major version, or nothing if it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

use_java() {       # sets JAVA_HOME to a JDK that is new enough, the one already named first
  local on_path candidate version
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(java_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge $JAVA_AT_LEAST ]; then
      export JAVA_HOME=$candidate PATH=$candidate/bin:$PATH
      return
    fi
  done
  die "no JDK $JAVA_AT_LEAST or newer found; install one and set JAVA_HOME to its folder"
}

# --- Maven ----------------------------------------------------------------------------------------------------------

new_enough() {     # MVN -> whether it is at least 3.9.9
  local version
  version=$("$1" --version 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Apache Maven \([0-9.]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n' 3.9.9 "$version" | sort -V | head -n 1)" = 3.9.9 ]
}

use_maven() {      # sets MVN to a Maven that is new enough; any installed one can fetch it, as an ordinary artifact
  local cached=$CACHE/apache-maven-$MAVEN_VERSION work
  MVN=$cached/bin/mvn
  [ ! -x "$MVN" ] || return 0
  command -v mvn > /dev/null || install_packages maven
  command -v mvn > /dev/null || die "no Maven found; install any version (Debian: apt-get install maven)"
  if new_enough mvn; then
    MVN=$(command -v mvn)
    return
  fi
  say "Fetching Maven $MAVEN_VERSION (once)..."
  mkdir -p "$CACHE"
  work=$(mktemp -d "$CACHE/fetch.XXXXXX")
  (cd "$work" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    -Dartifact=org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin -DoutputDirectory="$work/unpacked" \
    -Dmdep.unpack.markersDirectory="$work/markers" >&2) || { rm -rf "$work"; die "Maven $MAVEN_VERSION could not be fetched"; }
  chmod +x "$work/unpacked/apache-maven-$MAVEN_VERSION/bin/mvn"
  rm -rf "$cached"
  mv "$work/unpacked/apache-maven-$MAVEN_VERSION" "$cached"
  rm -rf "$work"
}

build() {          # ARGUMENTS for Maven; run at the top of the project
  use_java
  use_maven
  local settings=()
  # a Maven of our own does not know the settings of the installed one (mirrors, proxies)
  [ ! -r /etc/maven/settings.xml ] || settings=(--global-settings /etc/maven/settings.xml)
  (cd "$ROOT" && "$MVN" -B -ntp "${settings[@]}" "$@")
}

# --- Debian packages ------------------------------------------------------------------------------------------------

missing_packages() {   # newer Debians have some libraries under a name with t64
  local package
  for package in "$@"; do
    { dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null || true; } | grep ' installed$' > /dev/null \
      || printf '%s ' "$package"
  done
}

install_packages() {   # PACKAGES: as root they are installed, else named; elsewhere than on Debian nothing happens
  command -v dpkg-query > /dev/null || return 0
  local missing
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    say "These Debian packages are missing: $missing"
    say "Install them: sudo apt-get install $missing"
    return 1
  fi
  say "Installing $missing..."
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # a list
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } > "$CACHE/apt.log" 2>&1 \
    || { tail -n 5 "$CACHE/apt.log" >&2; say "apt-get could not install $missing (see $CACHE/apt.log)"; return 1; }
}

mkdir -p "$CACHE"

# --- the built product ----------------------------------------------------------------------------------------------

platform() {       # the folder of this machine's product below releng/product/target/products/...
  local machine
  case $(uname -m) in
    x86_64|amd64) machine=x86_64;;
    aarch64|arm64) machine=aarch64;;
    *) die "no product for $(uname -m)";;
  esac
  case $(uname -s) in
    Linux) echo "linux/gtk/$machine";;
    Darwin) echo "macosx/cocoa/$machine";;
    *) die "no product for $(uname -s)";;
  esac
}

product_folder() {
  local folder
  folder=$ROOT/releng/product/target/products/org.heliogram.product/$(platform)
  [ ! -d "$folder/Heliogram.app/Contents/Eclipse" ] || folder=$folder/Heliogram.app/Contents/Eclipse
  echo "$folder"
}

launcher_of() {    # FOLDER of a product -> the jar that starts it
  local jar
  for jar in "$1"/plugins/org.eclipse.equinox.launcher_*.jar; do
    [ -f "$jar" ] && { echo "$jar"; return; }
  done
  die "nothing to start in $1"
}

SOURCES=(.mvn pom.xml bundles features releng/target releng/product)
BUILT=$ROOT/target/product-built   # the fingerprint of the sources that the product was built from

fingerprint() {    # of the contents of all sources; what the build itself puts beside them does not count
  (cd "$ROOT" && find "${SOURCES[@]}" \( -path '*/*/target' ! -path releng/target -o -path '*/*/bin' \
    -o -path '*/org.heliogram.store.derby/lib' \) -prune -o -type f ! -name '.polyglot.*' -exec cksum {} + | sort | cksum)
}

remove_outputs() { # of earlier builds: Tycho keeps the classes of sources that are gone
  (cd "$ROOT" && rm -rf bundles/*/target features/*/target tests/*/target releng/{repository,product,ide}/target)
}

build_product() {  # if its sources changed; the log is shown only when that fails
  local log=$ROOT/target/product-build.log sources
  sources=$(fingerprint)
  if [ -d "$(product_folder)/plugins" ] && [ "$(cat "$BUILT" 2>/dev/null)" = "$sources" ]; then
    return
  fi
  use_java
  use_maven
  mkdir -p "$ROOT/target"
  rm -f "$BUILT"
  remove_outputs
  say "Building Heliogram (the first time also fetches the platform, some minutes)..."
  build verify -DskipTests -pl releng/product -am > "$log" 2>&1 \
    || { grep -E '^\[ERROR\]' "$log" | head -n 20 >&2; die "the build failed; all of it is in $log"; }
  echo "$sources" > "$BUILT"
}

start_product() {  # ARGUMENTS: those beginning with -D go to Java, the others to the program; returns its exit status
  local vm=() program=() argument folder status
  # what runs briefly has no use for the second compiler, which takes half of the time of a first fetch for itself
  case " $* " in *' org.heliogram.cli '*) vm+=(-XX:TieredStopAtLevel=1);; esac
  for argument in "$@"; do
    case $argument in
      -D*) vm+=("$argument");;
      *) program+=("$argument");;
    esac
  done
  [ "$(uname -s)" != Darwin ] || vm+=(-XstartOnFirstThread)
  folder=$(product_folder)
  while true; do
    status=0
    "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED -Dosgi.requiredJavaVersion=$JAVA_AT_LEAST "${vm[@]}" \
      -jar "$(launcher_of "$folder")" "${program[@]}" || status=$?
    [ $status = 23 ] || [ $status = 24 ] || return $status   # 23, 24: the program asks to be started again
  done
}

# --- a screen of our own --------------------------------------------------------------------------------------------

start_screen() {   # a virtual display with a window manager; sets DISPLAY; stop_screen ends both
  local numbers
  numbers=$(mktemp "$CACHE/display.XXXXXX")
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3> "$numbers" > /dev/null 2>&1 &
  SCREEN_PID=$!
  local tries=0
  until [ -s "$numbers" ]; do
    kill -0 $SCREEN_PID 2>/dev/null && [ $((tries += 1)) -lt 200 ] || die "Xvfb does not start"
    sleep 0.1
  done
  DISPLAY=:$(cat "$numbers")
  export DISPLAY NO_AT_BRIDGE=1   # no accessibility bus: nobody listens there
  rm -f "$numbers"
  openbox > /dev/null 2>&1 &
  WINDOWS_PID=$!
}

stop_screen() {
  [ -z "${WINDOWS_PID:-}" ] || kill "$WINDOWS_PID" 2>/dev/null || true
  [ -z "${SCREEN_PID:-}" ] || kill "$SCREEN_PID" 2>/dev/null || true
  WINDOWS_PID='' SCREEN_PID=''
}
