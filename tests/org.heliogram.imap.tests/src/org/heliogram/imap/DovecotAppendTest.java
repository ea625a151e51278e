/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages put on a real server, which says it can do more or less. */
@Tag("server")
@Timeout(180)
class DovecotAppendTest {
  /** What the server says it can do. */
  enum Offer {
    ALL(""),
    SINGLE("IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS MOVE CONDSTORE QRESYNC"),
    PLAIN("IMAP4rev1 SASL-IR IDLE");

    private final String capabilities;
    private DovecotServer server;

    Offer(String capabilities) {
      this.capabilities = capabilities;
    }

    DovecotServer server() throws IOException {
      if (server == null && capabilities.isEmpty()) {
        server = DovecotServer.start();
      } else if (server == null) {
        Path extra = Files.createTempFile("heliogram", ".conf");
        Files.writeString(extra, "protocol imap {\n  imap_capability = " + capabilities + "\n}\n");
        Files.setPosixFilePermissions(extra, PosixFilePermissions.fromString("rw-r--r--"));
        extra.toFile().deleteOnExit();
        server = DovecotServer.start("EXTRA=" + extra);
      }
      return server;
    }
  }

  private static final RemoteFolder ARCHIVE = ScriptedImap.folder("Archive", FolderRole.ARCHIVE);
  private static int users;

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

  private record There(FetchedMessage summary, byte[] content) {}

  @AfterAll
  static void stopServers() {
    for (Offer offer : Offer.values()) {
      if (offer.server != null) {
        offer.server.close();
      }
    }
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static String user(DovecotServer server) {
    String user = "a" + ++users;
    server.addUser(user, "secret");
    return user;
  }

  private static Backend open(Endpoint endpoint) throws MailException {
    return new ImapBackendFactory().open(Basket.account(endpoint, AccountOptions.DEFAULT), new Credentials("secret"), monitor());
  }

  private static Upload upload(int number, String body) {
    String text = "From: A <a@example.org>\r\nSubject: " + number + "\r\nMessage-ID: <" + number + "@example.org>\r\n\r\n" + body;
    Flags flags = switch (number % 4) {
      case 0 -> Flags.parse(List.of("\\Seen", "$Forwarded", "holiday"));
      case 1 -> Flags.parse(List.of("\\Flagged", "\\Answered"));
      case 2 -> Flags.parse(List.of("Ready-2"));
      default -> Flags.NONE;
    };
    return new Upload(new Content(text.getBytes(StandardCharsets.UTF_8)), flags, Instant.parse("2001-09-09T01:46:40Z").plusSeconds(86_400L * number));
  }

  private static byte[] octets(Upload upload) {
    return ((Content) upload.content()).octets();
  }

  /** What is in the folder, by id. */
  private static Map<RemoteId, There> read(Backend backend) throws Exception {
    News news = backend.news(ARCHIVE, Known.NOTHING, monitor());
    List<RemoteId> ids = news.states().stream().map(RemoteState::id).toList();
    var summaries = new HashMap<RemoteId, FetchedMessage>();
    var all = new HashMap<RemoteId, There>();
    Sink sink = new Sink() {
      @Override
      public void envelope(FetchedMessage message) {
        summaries.put(message.id(), message);
      }

      @Override
      public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
        all.put(id, new There(summaries.get(id), content.readAllBytes()));
      }

      @Override
      public void gone(RemoteId id) {
        throw new AssertionError("gone: " + id);
      }
    };
    backend.fetch(ARCHIVE, news.cursor(), ids, Depth.ENVELOPE, sink, monitor());
    backend.fetch(ARCHIVE, news.cursor(), ids, Depth.WHOLE, sink, monitor());
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void trap58WhatIsPutThereIsThereToTheLastByte(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    List<Upload> uploads = IntStream.range(0, 230).mapToObj(i -> upload(i, switch (i % 5) {
      case 0 -> "";
      case 1 -> "Gr\u00fc\u00dfe \u2600\r\n";
      case 2 -> "no line end";
      case 3 -> ".\r\n..\r\n {5}\r\n{5+}\r\n".repeat(i * 10);
      default -> "x".repeat(70) + "\r\n";
    })).toList();
    try (Backend backend = open(server.imap(Security.TLS, user(server)))) {
      News before = backend.news(ARCHIVE, Known.NOTHING, monitor());
      var receipts = new TreeMap<Integer, Optional<RemoteId>>();

      backend.append(ARCHIVE, Optional.of(before.cursor()), uploads, receipts::put, monitor());

      Map<RemoteId, There> there = read(backend);
      assertEquals(uploads.size(), receipts.size());
      assertEquals(uploads.size(), backend.news(ARCHIVE, Known.NOTHING, monitor()).states().size());
      assertEquals(uploads.size(), there.size());
      var bySubject = new HashMap<String, RemoteId>();
      there.forEach((id, one) -> bySubject.put(subject(one), id));
      for (int i = 0; i < uploads.size(); i++) {
        RemoteId id = bySubject.get("Subject: " + i);
        assertEquals(Optional.of(id), receipts.get(i)); // Dovecot tells it whatever it says it can.
        assertArrayEquals(octets(uploads.get(i)), there.get(id).content());
        assertEquals(uploads.get(i).received(), there.get(id).summary().received());
        assertEquals(uploads.get(i).flags(), withoutDovecots(there.get(id).summary().flags()));
      }
    }
  }

  /** Dovecot looks into what it is given, and says what it saw. */
  private static Flags withoutDovecots(Flags flags) {
    return Flags.parse(flags.imapNames().stream().filter(name -> !name.matches("\\$Has(No)?Attachment")).toList());
  }

  private static String subject(There one) {
    return new String(one.content(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aLargeMessageGoesInPieces(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    Upload large = upload(1, ("0123456789".repeat(7) + "\r\n").repeat(100_000));
    try (Backend backend = open(server.imap(Security.TLS, user(server)))) {
      backend.append(ARCHIVE, Optional.empty(), List.of(upload(0, "a"), large, upload(2, "b")), (index, id) -> assertEquals(Optional.empty(), id), monitor());

      Map<RemoteId, There> there = read(backend);
      assertEquals(3, there.size());
      assertTrue(there.values().stream().anyMatch(one -> java.util.Arrays.equals(octets(large), one.content())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFolderThatIsNotThereTakesNothingAndTheConnectionStays(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    try (Backend backend = open(server.imap(Security.TLS, user(server)))) {
      RemoteFolder nowhere = ScriptedImap.folder("Nowhere", FolderRole.NONE);

      assertThrows(MailException.Refused.class, () -> backend.append(nowhere, Optional.empty(), List.of(upload(0, "a"), upload(1, "b")), (index, id) -> {
        throw new AssertionError("taken");
      }, monitor()));

      backend.append(ARCHIVE, Optional.empty(), List.of(upload(0, "a")), (index, id) -> { }, monitor());
      assertEquals(1, read(backend).size());
    }
  }

  /** However the connection breaks, no more is told to be there than is, and nothing is there in half. */
  @ParameterizedTest
  @EnumSource
  void aBreakAnywhereLeavesNoHalfMessages(Offer offer) throws Exception {
    DovecotServer server = offer.server();
    List<Upload> uploads = IntStream.range(0, 40).mapToObj(i -> upload(i, "x".repeat(70).concat("\r\n").repeat(20))).toList();
    Set<String> whole = Set.copyOf(uploads.stream().map(one -> new String(octets(one), StandardCharsets.UTF_8)).toList());
    for (int at = 100; at < 60_000; at += 9_973) {
      String user = user(server);
      try (FaultProxy proxy = new FaultProxy(server.imapPort()); Backend backend = open(new Endpoint("localhost", proxy.port(), Security.NONE, user))) {
        var receipts = new TreeMap<Integer, Optional<RemoteId>>();
        proxy.set(FaultProxy.fault(FaultProxy.Kind.CUT, FaultProxy.Way.TO_SERVER, at));

        assertThrows(MailException.Unreachable.class, () -> backend.append(ARCHIVE, Optional.empty(), uploads, receipts::put, monitor()), "cut at " + at);

        try (Backend fresh = open(server.imap(Security.TLS, user))) {
          Map<RemoteId, There> there = read(fresh);
          assertTrue(receipts.size() <= there.size(), () -> receipts.size() + " receipts of " + there.size());
          there.values().forEach(one -> assertTrue(whole.contains(new String(one.content(), StandardCharsets.UTF_8)), () -> "half of " + subject(one)));
        }
      }
    }
  }

  @Test
  void aThousandSmallMessagesAreNoThousandRoundTrips() throws Exception {
    List<Upload> uploads = IntStream.range(0, 1_000).mapToObj(i -> upload(i, "x\r\n")).toList();
    for (Offer offer : List.of(Offer.ALL, Offer.SINGLE)) {
      DovecotServer server = offer.server();
      try (FaultProxy proxy = new FaultProxy(server.imapPort());
          Backend backend = open(new Endpoint("localhost", proxy.port(), Security.NONE, user(server)))) {
        proxy.set(FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_SERVER, 20), FaultProxy.fault(FaultProxy.Kind.DELAY, FaultProxy.Way.TO_CLIENT, 20));
        long begun = System.nanoTime();

        backend.append(ARCHIVE, Optional.empty(), uploads, (index, id) -> { }, monitor());

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertTrue(seconds < 20, () -> offer + ": " + seconds + " s, where a thousand round trips are 40");
        int commands = (int) Pattern.compile("APPEND \"Archive\"").matcher(proxy.sent()).results().count();
        assertTrue(offer == Offer.SINGLE ? commands == 1_000 : commands <= 20, () -> offer + ": " + commands + " commands");
      }
    }
  }
}
