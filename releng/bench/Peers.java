/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs of other programs, as whole processes. Seconds; 0 where the program is not installed. */
final class Peers {
  private final Path work;

  Peers(Path work) {
    this.work = work;
  }

  /** Start to list, of user1's inbox. */
  double mutt(int port) throws Exception {
    Path settings = work.resolve("muttrc");
    Files.writeString(settings, """
        set folder="imap://user1:pass1@127.0.0.1:%d/"
        set spoolfile="+INBOX"
        set ssl_starttls=no
        set ssl_force_tls=no
        set quit=yes
        unset header_cache
        push q
        """.formatted(port));
    return process("mutt", "script", "-qec", "stty cols 120 rows 40; mutt -n -F " + settings, "/dev/null");
  }

  /** @param anew whether into an empty folder */
  double mbsync(int port, boolean anew) throws Exception {
    Path folder = work.resolve("mbsync");
    if (anew) {
      delete(folder);
      Files.createDirectories(folder.resolve("mail"));
    }
    Path settings = folder.resolve("rc");
    Files.writeString(settings, """
        IMAPAccount a
        Host 127.0.0.1
        Port %d
        User user1
        Pass pass1
        SSLType None
        AuthMechs LOGIN

        IMAPStore far
        Account a

        MaildirStore near
        Path %2$s/mail/
        Inbox %2$s/mail/INBOX

        Channel c
        Far :far:
        Near :near:
        Patterns INBOX
        Create Near
        Expunge Near
        Sync Pull
        SyncState *
        """.formatted(port, folder));
    return process("mbsync", "mbsync", "-c", settings.toString(), "c");
  }

  /** Everything, pipelined, into an empty folder. */
  double mpop(int port, String user) throws Exception {
    Path folder = work.resolve("mpop");
    delete(folder);
    for (String name : new String[] {"cur", "new", "tmp"}) {
      Files.createDirectories(folder.resolve("mail").resolve(name));
    }
    return process("mpop", "mpop", "--host=127.0.0.1", "--port=" + port, "--user=" + user, "--auth=user",
        "--passwordeval=echo " + BenchClient.password(user), "--tls=off", "--keep=on", "--pipelining=on", "--uidls-file=" + folder.resolve("uidls"),
        "--delivery=maildir," + folder.resolve("mail"), "--timeout=120", "--quiet");
  }

  private double process(String wanted, String... command) throws Exception {
    if (Stream.of(System.getenv("PATH").split(":")).noneMatch(folder -> Files.isExecutable(Path.of(folder, wanted)))) {
      return 0;
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(work.resolve("peer.log").toFile())
        .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("TERM", "xterm");
    long begin = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = Table.since(begin);
    if (status != 0) {
      throw new IllegalStateException(wanted + " ended with " + status + ": " + Files.readString(work.resolve("peer.log")));
    }
    return seconds;
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
