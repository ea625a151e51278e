/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.imap.ImapBackendFactory;
import org.heliogram.testing.server.FaultProxy;

/**
 * Messages put on a server, against mbsync pushing the same, in turns: near, and 40 ms away. Ours from the connection to the last receipt,
 * the peer a whole run. Arguments: work folder, IMAP port of a Dovecot with user1, how many messages, runs. Prints medians and ratios.
 */
public final class UploadBench {
  private static final int ROUND_TRIP_MILLIS = 40;
  private static final int OCTETS = 5_000;
  private final Path work;
  private final int port;
  private final List<Content> messages;
  private int mailboxes;

  private record Content(byte[] octets) implements Body {
    @Override
    public long sizeInBytes() {
      return octets.length;
    }

    @Override
    public BodyState state() {
      return BodyState.WHOLE;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }
  }

  private UploadBench(Path work, int port, int count) {
    this.work = work;
    this.port = port;
    this.messages = IntStream.range(0, count).mapToObj(UploadBench::message).toList();
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new UploadBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    int runs = Integer.parseInt(arguments[3]);
    bench.ours(bench.port); // the compiler warms up
    bench.compare("upload", bench.port, runs);
    try (var proxy = new FaultProxy(bench.port)) {
      proxy.set(FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_SERVER, ROUND_TRIP_MILLIS / 2),
          FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_CLIENT, ROUND_TRIP_MILLIS / 2));
      bench.compare("upload, " + ROUND_TRIP_MILLIS + " ms away", proxy.port(), runs);
    }
    System.exit(0);
  }

  private static Content message(int number) {
    var text = new StringBuilder("From: Ada <ada@example.org>\r\nTo: user1@example.org\r\nSubject: message " + number + "\r\nMessage-ID: <bench." + number
        + "@example.org>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\n");
    while (text.length() < OCTETS) {
      text.append("The quick brown fox jumps over the lazy dog, and then again.\r\n");
    }
    return new Content(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private void compare(String name, int at, int runs) throws Exception {
    double[] us = new double[runs];
    double[] them = new double[runs];
    for (int i = 0; i < runs; i++) {
      us[i] = ours(at);
      them[i] = mbsync(at);
    }
    Arrays.sort(us);
    Arrays.sort(them);
    System.out.printf("%-40s %8.3f s   %-8s %6.3f s   %s%n", messages.size() + " messages, " + name, us[runs / 2], "mbsync", them[runs / 2],
        them[runs / 2] > 0 ? String.format("%.2f", us[runs / 2] / them[runs / 2]) : "(not measured)");
  }

  private double ours(int at) throws Exception {
    String mailbox = create();
    var account = new Account(AccountId.create(), "bench", "", "user1@example.org", Protocol.IMAP, new Endpoint("127.0.0.1", at, Security.NONE, "user1"),
        Optional.empty(), AccountOptions.DEFAULT);
    var folder = new RemoteFolder(mailbox, FolderPath.of(mailbox), FolderRole.NONE, Keeping.MIRRORED, true);
    List<Upload> uploads = messages.stream().map(one -> new Upload(one, Flags.NONE, Instant.parse("2026-11-23T10:00:00Z"))).toList();
    int[] stored = {0};
    long begin = System.nanoTime();
    try (Backend backend = new ImapBackendFactory().open(account, new Credentials("pass1"), new NullProgressMonitor())) {
      backend.append(folder, Optional.empty(), uploads, (index, id) -> stored[0]++, new NullProgressMonitor());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    require(mailbox, stored[0]);
    return seconds;
  }

  /** @return seconds; 0 where it is not installed */
  private double mbsync(int at) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/mbsync"))) {
      return 0;
    }
    String mailbox = create();
    Path folder = Files.createTempDirectory(work, "push");
    for (String part : List.of("cur", "new", "tmp")) {
      Files.createDirectories(folder.resolve("mail").resolve(mailbox).resolve(part));
    }
    for (int i = 0; i < messages.size(); i++) {
      Files.writeString(folder.resolve("mail").resolve(mailbox).resolve("cur/" + (1_700_000_000 + i) + ".bench.host:2,"),
          new String(messages.get(i).octets(), StandardCharsets.US_ASCII).replace("\r", ""));
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

        Channel c
        Far :far:%3$s
        Near :near:%3$s
        Sync Push
        SyncState *
        """.formatted(at, folder, mailbox));
    var builder = new ProcessBuilder("mbsync", "-c", settings.toString(), "c").redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    long begin = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (status != 0) {
      throw new IllegalStateException("mbsync ended with " + status + ": " + Files.readString(folder.resolve("log")));
    }
    require(mailbox, messages.size());
    return seconds;
  }

  private String create() throws IOException {
    String mailbox = "up" + ++mailboxes;
    ask("CREATE " + mailbox);
    return mailbox;
  }

  private void require(String mailbox, int told) throws IOException {
    String there = ask("STATUS " + mailbox + " (MESSAGES)");
    if (told != messages.size() || !there.contains("MESSAGES " + messages.size() + ")")) {
      throw new IllegalStateException(told + " were told to be stored; " + there);
    }
  }

  private String ask(String command) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      socket.getOutputStream().write(("a LOGIN user1 pass1\r\nb " + command + "\r\nc LOGOUT\r\n").getBytes(StandardCharsets.US_ASCII));
      var said = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.append(line).append('\n');
      }
      return said.toString();
    }
  }
}
