#!/bin/bash
# Self-contained Dovecot instance on loopback high ports, for tests. Own work, no copied config.
# Needs (Debian): dovecot-imapd dovecot-pop3d openssl util-linux(flock,setpriv); uses, where installed, dovecot-lmtpd
#                 dovecot-submissiond dovecot-sieve dovecot-managesieved
#
#   dovecot.sh start DIR [KEY=VALUE ...]   create DIR if new, start, wait until every port answers, print DIR/ports.env
#   dovecot.sh stop DIR | kill9 DIR | restart DIR | crashstart DIR (kill9 + start on the same ports)
#   dovecot.sh pause DIR | resume DIR      SIGSTOP/SIGCONT the whole instance (hung, half-open server)
#   dovecot.sh adduser DIR USER PASS [QUOTA_RULE]      e.g. '*:storage=1M' (existing user: replaced)
#   dovecot.sh uidvalidity DIR USER MAILBOX NEWVALUE   change UIDVALIDITY behind the client's back
#   dovecot.sh fill DIR USER MAILBOX COUNT [BYTES]     put COUNT generated messages there quickly (threads of 5; use MAIL=mdbox or sdbox)
#   dovecot.sh doveadm DIR ARGS...         run doveadm against the instance
#   dovecot.sh cert DIR KIND               swap the TLS cert: good|selfsigned|expired|wronghost  (then reloads)
#   dovecot.sh status DIR | env DIR | pids DIR | log DIR | destroy DIR
#
# KEYs of start (all optional; written to DIR/settings once, later starts reuse them; ports are kept):
#   MAIL=maildir|sdbox|mdbox  USERS=N (user1..userN, password pass1..passN; default 3)  LISTEN=127.0.0.1
#   IMAP IMAPS POP3 POP3S LMTP SIEVE SUBMISSION SUBMISSIONS = port numbers (default: free ports 20000-31999)
#   CERT=good|selfsigned|expired|wronghost   RELAY=host:port (SMTP relay of the submission service)
#   PLAINAUTH=yes|no (allow cleartext login without TLS; default yes)   RAWLOG=1 (protocol traces in DIR/rawlog)
#   EXTRA=FILE (extra dovecot config included last)   RUNAS=user (when started as root; default: mail)
set -u
die(){ echo "dovecot.sh: $*" >&2; exit 1; }
[ $# -ge 2 ] || { sed -n '2,24p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
CMD=$1; DIR=$(realpath -m "$2"); shift 2
CONF=$DIR/dovecot.conf; PORTS=$DIR/ports.env
has(){ [ -x /usr/lib/dovecot/$1 ] || [ -x /usr/libexec/dovecot/$1 ]; }
ifhas(){ if has "$1"; then cat; else cat >/dev/null; fi; }
PORTNAMES="IMAP IMAPS POP3 POP3S $(has lmtp && echo LMTP) $(has managesieve-login && echo SIEVE) $(has submission-login && echo SUBMISSION SUBMISSIONS)"
export PATH=$PATH:/usr/sbin:/sbin

settings_default(){ MAIL=maildir; USERS=3; LISTEN=127.0.0.1; CERT=good; RELAY=127.0.0.1:25; PLAINAUTH=yes; RAWLOG=; EXTRA=
  RUNAS=mail; IMAP= IMAPS= POP3= POP3S= LMTP= SIEVE= SUBMISSION= SUBMISSIONS=; RUN=; }
load(){ settings_default; [ -r "$DIR/settings" ] && . "$DIR/settings"; [ -r "$PORTS" ] && . "$PORTS"; 
  if [ "$(id -u)" = 0 ]; then ME=$RUNAS; AS="setpriv --reuid=$(id -u "$ME") --regid=$(id -g "$ME") --clear-groups --"; else ME=$(id -un); AS=; fi
  GRP=$(id -gn "$ME"); UIDN=$(id -u "$ME"); GIDN=$(id -g "$ME"); }
own(){ [ "$(id -u)" = 0 ] && chown "$@" || true; }
mpid(){ [ -r "$RUN/master.pid" ] && cat "$RUN/master.pid"; }
alive(){ local p; p=$(mpid) && [ -n "$p" ] && kill -0 "$p" 2>/dev/null; }
tree(){ local p=$1 c; echo "$p"; for c in $(cat /proc/"$p"/task/*/children 2>/dev/null); do tree "$c"; done; }

freeports(){ # N free TCP ports outside the ephemeral range, on stdout; caller holds the lock
  local n=$1 used p got=0
  used=" $(awk '$4=="0A"{split($2,a,":"); print a[2]}' /proc/net/tcp /proc/net/tcp6 2>/dev/null | sort -u | while read -r h; do printf '%d ' "0x$h"; done) "
  used="$used $(cat /tmp/.mailtest-ports-"$(id -u)"/* 2>/dev/null | tr '\n' ' ') "
  while [ $got -lt "$n" ]; do p=$((20000 + (RANDOM*32768+RANDOM) % 12000)); case "$used" in *" $p "*) continue;; esac; used="$used$p "; echo "$p"; got=$((got+1)); done; }

mkcerts(){ local t=$DIR/tls; [ -s "$t/ca.pem" ] && return; mkdir -p "$t"; (
  cd "$t" || exit 1; umask 077; exec 2>gen.log
  K='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
  openssl req -x509 $K -keyout ca.key -out ca.pem -days 3650 -subj "/CN=Test CA" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
  leaf(){ # name san start end
    openssl req $K -keyout $1.key -out $1.csr -subj "/CN=$1"
    printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=%s\n' "$2" >$1.ext
    rm -f db db.attr; : >db; printf 'unique_subject=no\n' >db.attr; [ -e serial ] || echo 01 >serial
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=db\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nemail_in_dn=no\n[p]\ncommonName=supplied\n' >ca.cnf
    openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in $1.csr -out $1.pem -extfile $1.ext -startdate $3 -enddate $4 -notext
    cat ca.pem >>$1.pem; }
  leaf good DNS:localhost,IP:127.0.0.1,IP:::1 20200101000000Z 20491231000000Z
  leaf expired DNS:localhost,IP:127.0.0.1,IP:::1 20200101000000Z 20210101000000Z
  leaf wronghost DNS:mail.example.org 20200101000000Z 20491231000000Z
  openssl req -x509 $K -keyout selfsigned.key -out selfsigned.pem -days 3650 -subj "/CN=localhost" -addext subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1
  ) || die "certs: see $t/gen.log"; chmod 755 "$t"; chmod 644 "$t"/*.pem; [ -s "$t/good.pem" ] || die "certs: see $t/gen.log"; }
usecert(){ [ -s "$DIR/tls/$1.pem" ] || die "no cert kind $1"; cp "$DIR/tls/$1.pem" "$DIR/tls/server.pem"; cp "$DIR/tls/$1.key" "$DIR/tls/server.key"; own -R "$ME:$GRP" "$DIR/tls"; }

adduser(){ local u=$1 p=$2 q=${3:-}; touch "$DIR/users"; grep -v "^$u:" "$DIR/users" >"$DIR/users.new"
  echo "$u:{PLAIN}$p:$UIDN:$GIDN::$DIR/home/$u::${q:+userdb_quota_rule=$q}" >>"$DIR/users.new"; mv "$DIR/users.new" "$DIR/users"; own "$ME:$GRP" "$DIR/users"; mkdir -p "$DIR/home/$u"; own "$ME:$GRP" "$DIR/home" "$DIR/home/$u"; }

writeconf(){
  case $MAIL in maildir) LOC="maildir:~/Maildir:LAYOUT=fs";; sdbox) LOC="sdbox:~/sdbox";; mdbox) LOC="mdbox:~/mdbox";; *) die "MAIL=$MAIL";; esac
  cat >"$CONF" <<CFG
base_dir = $RUN
state_dir = $RUN/state
log_path = $DIR/dovecot.log
info_log_path = $DIR/dovecot.log
protocols = imap pop3 $(has lmtp && echo lmtp) $(has managesieve-login && echo sieve) $(has submission-login && echo submission)
listen = $LISTEN
instance_name = t$$-$IMAP
# rootless: every service under one plain user, no chroot
default_internal_user = $ME
default_internal_group = $GRP
default_login_user = $ME
first_valid_uid = 0
mail_uid = $UIDN
mail_gid = $GIDN
$(for s in anvil imap-login pop3-login $(has submission-login && echo submission-login) $(has managesieve-login && echo managesieve-login) imap-urlauth-login imap-hibernate ipc old-stats; do printf 'service %s {\n  chroot =\n}\n' $s; done)
service imap-login {
  process_min_avail = 0
  inet_listener imap {
    port = $IMAP
  }
  inet_listener imaps {
    port = $IMAPS
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = $POP3
  }
  inet_listener pop3s {
    port = $POP3S
    ssl = yes
  }
}
$(ifhas lmtp <<PART
service lmtp { 
  inet_listener lmtp {
    port = $LMTP
  }
}
PART
)
$(ifhas managesieve-login <<PART
service managesieve-login { 
  inet_listener sieve {
    port = $SIEVE
  }
}
PART
)
$(ifhas submission-login <<PART
service submission-login {
  inet_listener submission {
    port = $SUBMISSION
  }
  inet_listener submissions {
    port = $SUBMISSIONS
    ssl = yes
  }
}
PART
)
service imap {
  process_limit = 1024
}
service imap-urlauth-login {
  unix_listener imap-urlauth {
    user = $ME
  }
}
service stats {
  unix_listener stats-writer {
    user = $ME
  }
  unix_listener stats-reader {
    user = $ME
  }
}
default_process_limit = 500
service auth {
  client_limit = 5000
  # for an MTA's SASL (postfix: smtpd_sasl_path)
  unix_listener auth-smtp {
    mode = 0666
  }
}
service anvil {
  client_limit = 5000
  # no growing delay after failed logins
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
default_vsz_limit = 1G
# no fixed waits: tests must be quick
auth_failure_delay = 0
login_trusted_networks =
mail_max_userip_connections = 200
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer
auth_verbose = yes
auth_username_format = %Ln
disable_plaintext_auth = $([ "$PLAINAUTH" = yes ] && echo no || echo yes)
ssl = yes
ssl_cert = <$DIR/tls/server.pem
ssl_key = <$DIR/tls/server.key
ssl_min_protocol = TLSv1.2
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $DIR/oauth2.conf
}
passdb {
  driver = passwd-file
  args = username_format=%Ln $DIR/users
}
userdb {
  driver = passwd-file
  args = username_format=%Ln $DIR/users
}
mail_location = $LOC
mail_home = $DIR/home/%n
mailbox_list_index = yes
mail_attachment_detection_options = add-flags
mail_plugins = quota zlib acl notify mail_log
mail_attribute_dict = file:%h/dovecot-attributes
imap_metadata = yes
imap_urlauth_host = localhost
imap_idle_notify_interval = 2 mins
$(ifhas submission-login <<PART
submission_relay_host = ${RELAY%:*}
submission_relay_port = ${RELAY##*:}
submission_relay_ssl = no
submission_host = localhost
submission_max_mail_size = 200M
PART
)
hostname = localhost
postmaster_address = postmaster@localhost
recipient_delimiter = +
lda_mailbox_autocreate = yes
quota_full_tempfail = no
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    auto = subscribe
    special_use = \Drafts
  }
  mailbox Sent {
    auto = subscribe
    special_use = \Sent
  }
  mailbox Trash {
    auto = subscribe
    special_use = \Trash
  }
  mailbox Junk {
    auto = subscribe
    special_use = \Junk
  }
  mailbox Archive {
    auto = subscribe
    special_use = \Archive
  }
}
protocol imap {
  mail_plugins = \$mail_plugins imap_quota imap_zlib imap_acl
$([ -n "$RAWLOG" ] && echo "  rawlog_dir = $DIR/rawlog/%n")
}
protocol pop3 {
$([ -n "$RAWLOG" ] && echo "  rawlog_dir = $DIR/rawlog/%n")
}
$(has lmtp && has managesieve-login && printf 'protocol lmtp {\n  mail_plugins = $mail_plugins sieve\n}\n')
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_grace = 0
  acl = vfile
  acl_shared_dict = file:$DIR/shared-mailboxes
$(has managesieve-login && printf '  sieve = file:~/sieve;active=~/.dovecot.sieve\n  sieve_extensions = +vacation-seconds +editheader +imapflags\n')
  mail_log_events = delete undelete expunge copy save mailbox_create mailbox_delete mailbox_rename flag_change
  mail_log_fields = uid box msgid size flags
}
$([ -n "$EXTRA" ] && echo "!include $(realpath "$EXTRA")")
CFG
  cat >"$DIR/oauth2.conf" <<CFG
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$DIR/jwtkeys/
username_attribute = sub
username_format = %Ln
force_introspection = no
CFG
  # HS256 secret for XOAUTH2/OAUTHBEARER tokens: JWT signed with the bytes of jwt.secret, sub = user name, exp required
  if [ ! -s "$DIR/jwt.secret" ]; then head -c 32 /dev/urandom | base64 -w0 | head -c 40 >"$DIR/jwt.secret"; fi
  mkdir -p "$DIR/jwtkeys/default/HS256"; base64 -w0 "$DIR/jwt.secret" >"$DIR/jwtkeys/default/HS256/default"
  chmod -R a+rX "$DIR/jwtkeys"; }

waitport(){ local i; for i in $(seq 200); do (exec 3<>/dev/tcp/"$LISTEN"/"$1") 2>/dev/null && return 0; sleep 0.05; done; return 1; }
start(){ 
  load; alive && die "already running: pid $(mpid)"
  mkdir -p "$DIR"; chmod 755 "$DIR"
  if [ ! -e "$DIR/settings" ]; then settings_default; for kv in "$@"; do case $kv in [A-Z]*=*) printf '%s=%q\n' "${kv%%=*}" "${kv#*=}";; *) die "bad argument $kv";; esac; done >"$DIR/settings"; 
  elif [ $# -gt 0 ]; then for kv in "$@"; do printf '%s=%q\n' "${kv%%=*}" "${kv#*=}"; done >>"$DIR/settings"; fi
  load; mkcerts; usecert "$CERT"
  # unix socket paths are limited to 107 bytes: keep run files short
  if [ -z "$RUN" ]; then if [ ${#DIR} -le 60 ]; then RUN=$DIR/run; else RUN=$(mktemp -d /tmp/dv.XXXXXX); fi; echo "RUN=$RUN" >>"$DIR/settings"; fi
  mkdir -p "$RUN/state" "$DIR/home"; chmod 755 "$RUN"; own "$ME:$GRP" "$DIR" "$RUN" "$RUN/state" "$DIR/home"
  exec 9>/tmp/.mailtest-ports."$(id -u)".lock; flock 9
  if [ ! -s "$PORTS" ]; then set -- $(freeports 8); { for n in $PORTNAMES; do eval v=\$$n; if [ -n "$v" ]; then echo "$n=$v"; else echo "$n=$1"; shift; fi; done; } >"$PORTS"; fi
  . "$PORTS"
  [ -e "$DIR/users" ] || { i=1; while [ $i -le "$USERS" ]; do adduser user$i pass$i; i=$((i+1)); done; }
  if [ -n "$RAWLOG" ]; then mkdir -p "$DIR/rawlog"; cut -d: -f1 "$DIR/users" | while read -r u; do mkdir -p "$DIR/rawlog/$u"; done; own -R "$ME:$GRP" "$DIR/rawlog"; fi
  writeconf; own "$ME:$GRP" "$CONF" "$DIR/oauth2.conf" "$DIR/jwt.secret"; touch "$DIR/dovecot.log"; own "$ME:$GRP" "$DIR/dovecot.log"; chmod 644 "$CONF"
  rm -f "$RUN/master.pid"
  (cd "$DIR" && exec 9>&- && $AS dovecot -c "$CONF" </dev/null >"$DIR/start.out" 2>&1) || { cat "$DIR/start.out" >&2; die "dovecot did not start"; }
  for n in $PORTNAMES; do eval "waitport \$$n" || die "$n does not answer; see $DIR/dovecot.log"; done
  flock -u 9
  local l; exec 3<>/dev/tcp/"$LISTEN"/"$IMAP" && read -r -t 10 l <&3; exec 3>&-
  case ${l:-} in "* OK"*) ;; *) tail -3 "$DIR/dovecot.log" >&2; stopsig TERM; die "IMAP greeting: ${l:-none}";; esac
  cat "$PORTS"; }
stopsig(){ load; local p all i; p=$(mpid) || return 0; [ -n "$p" ] && kill -0 "$p" 2>/dev/null || return 0; all=$(tree "$p")
  kill -"$1" $([ "$1" = KILL ] && echo $all || echo "$p") 2>/dev/null
  [ "$1" = KILL ] || kill -CONT $all 2>/dev/null
  for i in $(seq 200); do kill -0 $all 2>/dev/null || break; sleep 0.05; done
  kill -KILL $all 2>/dev/null; rm -f "$RUN/master.pid"; return 0; }

case $CMD in
start) start "$@";;
stop) stopsig TERM;;
kill9) stopsig KILL;;
restart) stopsig TERM; start;;
crashstart) stopsig KILL; start;;
pause) load; kill -STOP $(tree "$(mpid)");;
resume) load; kill -CONT $(tree "$(mpid)");;
pids) load; tree "$(mpid)";;
status) load; if alive; then echo "running $(mpid)"; else echo stopped; exit 1; fi;;
env) cat "$PORTS";;
log) cat "$DIR/dovecot.log";;
adduser) load; adduser "$@"; if [ -n "$RAWLOG" ]; then mkdir -p "$DIR/rawlog/$1"; own "$ME:$GRP" "$DIR/rawlog/$1"; fi; if alive; then for i in $(seq 60); do sleep 0.25; $AS doveadm -c "$CONF" auth test "$1" "$2" >/dev/null 2>&1 && exit 0; done; die 'user not seen'; fi;;
uidvalidity) load; $AS doveadm -c "$CONF" mailbox update -u "$1" --uid-validity "$3" "$2";;
doveadm) load; cd "$DIR" && $AS doveadm -c "$CONF" "$@";;
fill) load; u=$1 b=$2 n=$3 z=${4:-500}; t=$DIR/fill.$$; mkdir -p "$t"
  awk -v n="$n" -v z="$z" 'BEGIN{srand(1); l="the quick brown fox jumps over the lazy dog 0123456789 abcdefghij\n"; for(i=0;i<z/length(l);i++) body=body l; for(i=0;i<n;i++){ d=1600000000+i*60; p=i-i%5; printf "From a@localhost %s\nFrom: Person %d <p%d@example.org>\nTo: user1@localhost\nSubject: %smessage %d about topic %d\nMessage-ID: <%d@gen.test>\n%sDate: %s\n\nbody %d\n%s\n", strftime("%a %b %e %H:%M:%S %Y",d,1), i%977, i%977, (i%5?"Re: ":""), p, p%1013, i, (i%5?"In-Reply-To: <" p "@gen.test>\nReferences: <" p "@gen.test>\n":""), strftime("%a, %d %b %Y %H:%M:%S +0000",d,1), i, body }}' >"$t/$b"
  own -R "$ME:$GRP" "$t"; chmod 644 "$t/$b"; (cd "$DIR" && $AS doveadm -c "$CONF" -o mail_fsync=never -o plugin/mail_log_events= -o mail_plugins=zlib import -u "$u" -s "mbox:$t:INBOX=$t/INBOX" "" mailbox "$b" all) >/dev/null 2>"$DIR/fill.log" || { tail -3 "$DIR/fill.log" >&2; exit 1; }
  rm -rf "$t"; $AS doveadm -c "$CONF" mailbox status -u "$u" messages "$b";;
cert) load; usecert "$1"; $AS doveadm -c "$CONF" reload;;
destroy) stopsig KILL; load; case $RUN in /tmp/dv.*) rm -rf "$RUN";; esac; rm -rf "$DIR";;
*) die "unknown command $CMD";;
esac
