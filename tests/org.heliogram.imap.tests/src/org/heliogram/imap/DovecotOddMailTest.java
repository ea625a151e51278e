/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages and folders that are not as they should be, on a real server. */
@Tag("server")
@Timeout(120)
class DovecotOddMailTest {
  private static DovecotServer server;

  @BeforeAll
  static void startServer() {
    server = DovecotServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static Backend signIn() throws MailException {
    return new ImapBackendFactory().open(Basket.account(server.imap(Security.NONE, "user1"), AccountOptions.DEFAULT), new Credentials("pass1"), monitor());
  }

  private static RemoteFolder create(Backend backend, String name) throws MailException {
    server.doveadm("mailbox", "create", "-u", "user1", name);
    return backend.folders(monitor()).stream().filter(folder -> folder.path().text().equals(name)).findFirst().orElseThrow();
  }

  private static List<RemoteId> ids(News news) {
    return news.states().stream().map(RemoteState::id).toList();
  }

  /** Delivers each to a folder of its own and reads it back at every depth. */
  private static FetchedMessage roundTrip(String folderName, byte[] message) throws Exception {
    Basket basket = new Basket();
    try (Backend backend = signIn()) {
      RemoteFolder folder = create(backend, folderName);
      server.deliver("user1", folderName, message);
      News news = backend.news(folder, Known.NOTHING, monitor());
      backend.fetch(folder, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());
      backend.fetch(folder, news.cursor(), ids(news), Depth.WHOLE, basket, monitor());
      assertArrayEquals(message, basket.bodies.get(ids(news).get(0)));
      backend.fetch(folder, news.cursor(), ids(news), Depth.TEXT, basket, monitor());
      assertEquals(1, basket.bodies.size());
    }
    assertEquals(1, basket.envelopes.size());
    return basket.envelopes.get(0);
  }

  @Test
  void eightBitHeadersComeAsTheyAre() throws Exception {
    byte[] message = "From: J\u00f6rg <j@example.org>\r\nSubject: gr\u00fc\u00df\r\n\r\nh\u00e4\r\n".getBytes(StandardCharsets.ISO_8859_1);
    FetchedMessage envelope = roundTrip("eightbit", message);
    assertTrue(new String(envelope.header(), StandardCharsets.ISO_8859_1).contains("Subject: gr\u00fc\u00df\r\n"));
  }

  @Test
  void aMessageWithoutHeadersIsAMessage() throws Exception {
    assertEquals(2, roundTrip("headless", "\r\njust a body\r\n".getBytes(StandardCharsets.US_ASCII)).header().length);
  }

  @Test
  void anEmptyHeaderFieldAndRubbishDoNoHarm() throws Exception {
    roundTrip("rubbish", "Subject:\r\nNo colon here\r\n: no name\r\nDate: yesterday\r\nFrom: \r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void trap72BrokenMimeDoesNoHarm() throws Exception {
    roundTrip("broken", ("Subject: x\r\nContent-Type: multipart/mixed; boundary=\"a\"\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        + "Content-Type: text/plain; charset=\"\r\nContent-Disposition: attachment; filename=\"\\\"(){5}\"\r\n\r\nno end").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void fiveThousandNestedPartsDoNoHarm() throws Exception {
    var text = new StringBuilder("Subject: nested\r\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\r\n\r\n--b").append(i).append("\r\n");
    }
    roundTrip("nested", text.append("\r\nx\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void fiftyMegabytesAreStreamed() throws Exception {
    var message = new ByteArrayOutputStream();
    message.write("Subject: big\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] lines = "0123456789abcdefghijklmnopqrstuvwxyz\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    while (message.size() < 50_000_000) {
      message.write(lines);
    }
    try (Backend backend = signIn()) {
      RemoteFolder folder = create(backend, "big");
      server.deliver("user1", "big", message.toByteArray());
      News news = backend.news(folder, Known.NOTHING, monitor());
      var digest = new Digest();
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();

      backend.fetch(folder, news.cursor(), ids(news), Depth.WHOLE, digest, monitor());

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(message.toByteArray()), digest.sha256);
      assertTrue(allocated < 10_000_000, () -> allocated + " bytes allocated for " + message.size());
    }
  }

  @Test
  void aReaderThatHasEnoughDoesNotDisturbTheNext() throws Exception {
    try (Backend backend = signIn()) {
      RemoteFolder folder = create(backend, "lazy");
      for (int i = 0; i < 3; i++) {
        server.deliver("user1", "lazy", ("Subject: " + i + "\r\n\r\n" + "x\r\n".repeat(10_000)).getBytes(StandardCharsets.US_ASCII));
      }
      News news = backend.news(folder, Known.NOTHING, monitor());
      var firsts = new StringBuilder();
      backend.fetch(folder, news.cursor(), ids(news), Depth.WHOLE, new Basket() {
        @Override
        public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
          firsts.append(new String(content.readNBytes(10), StandardCharsets.US_ASCII)).append(' ');
        }
      }, monitor());
      assertEquals("Subject: 2 Subject: 1 Subject: 0 ", firsts.toString());
      assertTrue(backend.alive());
    }
  }

  @Test
  void foldersOfEveryNameAreOpened(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) throws Exception {
    java.nio.file.Path dotted = java.nio.file.Files.writeString(folder.resolve("dotted.conf"), "namespace inbox {\n  separator = .\n}\n");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    List<String> names = Arrays.asList("two words", " \u00c4rger & Freude", "a/b", "100%", "quote\"back\\slash", "\u65e5\u672c\u8a9e", "star*", "{5}", "(a)");
    try (DovecotServer other = DovecotServer.start("EXTRA=" + dotted, "MAIL=sdbox");
        Backend backend = new ImapBackendFactory().open(Basket.account(other.imap(Security.NONE, "user1"), AccountOptions.DEFAULT), new Credentials("pass1"), monitor())) {
      List<String> made = new java.util.ArrayList<>();
      for (String name : names) {
        try {
          other.doveadm("mailbox", "create", "-u", "user1", "top." + name);
          made.add(name);
        } catch (AssertionError e) {
          assertTrue(name.contains("/"), name + ": " + e.getMessage()); // the file system's own separator
        }
      }
      List<RemoteFolder> folders = backend.folders(monitor());
      for (String name : made) {
        RemoteFolder found = folders.stream().filter(f -> f.path().segments().equals(List.of("top", name))).findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not in " + folders));
        assertTrue(backend.news(found, Known.NOTHING, monitor()).complete());
      }
    }
  }

  /** Reads and forgets. */
  private static final class Digest implements Sink {
    private byte[] sha256;

    @Override
    public void envelope(FetchedMessage message) {
      throw new AssertionError("no envelope was asked for");
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
      try {
        var in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
        byte[] buffer = new byte[64 * 1024];
        int count = 0;
        while (count >= 0) {
          count = in.read(buffer);
        }
        sha256 = in.getMessageDigest().digest();
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void gone(RemoteId id) {
      throw new AssertionError("gone");
    }
  }
}
