/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reading and changing mail on a real server. */
@Tag("server")
class DovecotMailTest {
  private static DovecotServer server;
  private static int users;
  private String user;
  private Backend backend;

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

  @BeforeEach
  void signIn() throws MailException {
    user = "m" + ++users;
    server.addUser(user, "secret");
    backend = open(AccountOptions.DEFAULT);
  }

  @AfterEach
  void signOut() {
    backend.close();
  }

  private Backend open(AccountOptions options) throws MailException {
    return new ImapBackendFactory().open(Basket.account(server.imap(Security.TLS, user), options), new Credentials("secret"), monitor());
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private RemoteFolder folder(String path) throws MailException {
    return backend.folders(monitor()).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow();
  }

  private void deliver(String mailbox, String... subjects) {
    for (String subject : subjects) {
      server.deliver(user, mailbox, message(subject, "hello\r\n"));
    }
  }

  private static byte[] message(String subject, String body) {
    return ("From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject + "@example.org>\r\n"
        + "Date: Mon, 1 Jan 2024 00:00:00 +0000\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
  }

  private static List<RemoteId> ids(News news) {
    return news.states().stream().map(RemoteState::id).toList();
  }

  private Map<String, Flags> flagsBySubject(RemoteFolder folder) throws Exception {
    News news = backend.news(folder, Known.NOTHING, monitor());
    Basket basket = new Basket();
    backend.fetch(folder, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());
    return basket.envelopes.stream().collect(Collectors.toMap(DovecotMailTest::subject, message -> new Flags(message.flags().bits(), Collections.emptySortedSet())));
  }

  private static String subject(FetchedMessage message) {
    return new String(message.header(), StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("Subject: ")).findFirst().orElse("")
        .replace("Subject: ", "");
  }

  @Test
  void foldersComeWithRolesAndParentsFirst() throws MailException {
    server.doveadm("mailbox", "create", "-u", user, "Projekte/Größe & Co", "Projekte");

    List<RemoteFolder> folders = backend.folders(monitor());

    Map<String, FolderRole> roles = folders.stream().collect(Collectors.toMap(f -> f.path().text(), RemoteFolder::role));
    assertEquals(FolderRole.INBOX, roles.get("INBOX"));
    assertEquals(FolderRole.TRASH, roles.get("Trash"));
    assertEquals(FolderRole.SENT, roles.get("Sent"));
    assertEquals(FolderRole.NONE, roles.get("Projekte/Größe & Co"));
    List<String> paths = folders.stream().map(f -> f.path().text()).toList();
    assertTrue(paths.indexOf("Projekte") < paths.indexOf("Projekte/Größe & Co"));
    assertEquals("Projekte/Gr&APYA3w-e &- Co", folder("Projekte/Größe & Co").name());
  }

  @Test
  void newsListNewestFirstAndEnvelopesComeInThatOrder() throws Exception {
    deliver("INBOX", "one", "two", "three");

    News news = backend.news(folder("INBOX"), Known.NOTHING, monitor());
    Basket basket = new Basket();
    backend.fetch(folder("INBOX"), news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());

    assertTrue(news.complete());
    assertFalse(news.renumbered());
    assertEquals(List.of("three", "two", "one"), basket.envelopes.stream().map(DovecotMailTest::subject).toList());
    assertEquals(message("one", "hello\r\n").length, basket.envelopes.get(2).sizeInBytes());
  }

  @Test
  void aBodyIsTheMessageByteForByte() throws Exception {
    byte[] message = message("big", "x".repeat(70) + "\r\n" + "y\r\n".repeat(200_000));
    server.deliver(user, "INBOX", message);

    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());
    Basket basket = new Basket();
    backend.fetch(inbox, news.cursor(), ids(news), Depth.WHOLE, basket, monitor());

    assertArrayEquals(message, basket.bodies.get(ids(news).get(0)));
    assertEquals(BodyState.WHOLE, basket.states.get(ids(news).get(0)));
  }

  @Test
  void textLeavesLargeAttachmentsOut() throws Exception {
    String attachment = "QUJD\r\n".repeat(50_000);
    byte[] message = ("From: a@example.org\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n"
        + "--b1\r\nContent-Type: text/plain\r\n\r\nthe text\r\n--b1\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\n"
        + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\r\n" + attachment
        + "\r\n--b1\r\nContent-Type: text/plain; name=\"s.txt\"\r\nContent-Disposition: attachment\r\n\r\nsmall\r\n--b1--\r\n").getBytes(StandardCharsets.US_ASCII);
    server.deliver(user, "INBOX", message);
    backend.close();
    backend = open(new AccountOptions(AccountOptions.DEFAULT.fetchInterval(), false, new BodyPolicy(BodyPolicy.Keep.TEXT, 12, 10_000)));

    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());
    Basket basket = new Basket();
    backend.fetch(inbox, news.cursor(), ids(news), Depth.TEXT, basket, monitor());
    backend.fetch(inbox, news.cursor(), ids(news), Depth.ENVELOPE, basket, monitor());

    String body = new String(basket.bodies.get(ids(news).get(0)), StandardCharsets.US_ASCII);
    assertEquals(BodyState.PARTIAL, basket.states.get(ids(news).get(0)));
    assertTrue(basket.envelopes.get(0).attachments());
    assertEquals("From: a@example.org\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n"
        + "--b1\r\nContent-Type: text/plain\r\n\r\nthe text\r\n--b1\r\nX-Heliogram-Omitted: " + attachment.length()
        + "\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\n"
        + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\r\n"
        + "\r\n--b1\r\nContent-Type: text/plain; name=\"s.txt\"\r\nContent-Disposition: attachment\r\n\r\nsmall\r\n--b1--\r\n", body);
  }

  @Test
  void flagsAreStoredOnTheMessagesNamed() throws Exception {
    deliver("INBOX", "one", "two", "three");
    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());

    backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news).subList(0, 2), FlagChange.set(Flag.SEEN, Flag.FLAGGED)), monitor());
    backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news).subList(0, 1), FlagChange.clear(Flag.FLAGGED)), monitor());

    Map<String, Flags> flags = flagsBySubject(inbox);
    assertEquals(Flags.of(Flag.SEEN), flags.get("three"));
    assertEquals(Flags.of(Flag.SEEN, Flag.FLAGGED), flags.get("two"));
    assertEquals(Flags.NONE, flags.get("one"));
  }

  @Test
  void aMoveHandsOutTheNewIds() throws Exception {
    deliver("INBOX", "one", "two", "three");
    RemoteFolder inbox = folder("INBOX");
    RemoteFolder trash = folder("Trash");
    News news = backend.news(inbox, Known.NOTHING, monitor());

    Map<RemoteId, RemoteId> receipt = backend.perform(new RemoteOperation.Move(inbox, news.cursor(), ids(news).subList(0, 2), trash), monitor());

    News inTrash = backend.news(trash, Known.NOTHING, monitor());
    assertEquals(receipt.values().stream().sorted((a, b) -> a.value().compareTo(b.value())).toList(),
        ids(inTrash).stream().sorted((a, b) -> a.value().compareTo(b.value())).toList());
    assertEquals(2, flagsBySubject(trash).size());
    assertEquals(List.of("one"), List.copyOf(flagsBySubject(inbox).keySet()));
  }

  @Test
  void copyAndExpungeTouchOnlyWhatIsNamed() throws Exception {
    deliver("INBOX", "one", "two", "three");
    RemoteFolder inbox = folder("INBOX");
    RemoteFolder archive = folder("Archive");
    News news = backend.news(inbox, Known.NOTHING, monitor());
    backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news).subList(2, 3), FlagChange.set(Flag.DELETED)), monitor());

    Map<RemoteId, RemoteId> receipt = backend.perform(new RemoteOperation.Copy(inbox, news.cursor(), ids(news).subList(0, 1), archive), monitor());
    backend.perform(new RemoteOperation.Expunge(inbox, news.cursor(), ids(news).subList(1, 2)), monitor());

    assertEquals(ids(backend.news(archive, Known.NOTHING, monitor())), List.copyOf(receipt.values()));
    assertEquals(List.of("one", "three"), flagsBySubject(inbox).keySet().stream().sorted().toList());
  }

  @Test
  void messagesAreFoundByMessageId() throws Exception {
    deliver("INBOX", "one", "two", "one-more");
    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());

    assertEquals(List.of(ids(news).get(2)), backend.find(inbox, "<one@example.org>", monitor()));
    assertEquals(List.of(), backend.find(inbox, "<e@example.org>", monitor()));
  }

  @Test
  void anotherUidValidityMakesIdsStale() throws Exception {
    deliver("INBOX", "one");
    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());
    backend.close();
    server.uidValidity(user, "INBOX", 4_000_000_001L);
    backend = open(AccountOptions.DEFAULT);

    assertThrows(MailException.Stale.class,
        () -> backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news), FlagChange.set(Flag.SEEN)), monitor()));
    assertThrows(MailException.Stale.class, () -> backend.fetch(inbox, news.cursor(), ids(news), Depth.ENVELOPE, new Basket(), monitor()));
    News again = backend.news(inbox, Known.of(java.util.Optional.of(news.cursor()), Map.of(ids(news).get(0), Flags.NONE)), monitor());
    assertTrue(again.renumbered());
    assertTrue(again.complete());
  }

  @Test
  void idsThatAreGoneAreTold() throws Exception {
    deliver("INBOX", "one", "two");
    RemoteFolder inbox = folder("INBOX");
    News news = backend.news(inbox, Known.NOTHING, monitor());
    RemoteId nobody = RemoteId.of(99);
    Basket basket = new Basket();

    backend.fetch(inbox, news.cursor(), List.of(nobody, ids(news).get(0)), Depth.ENVELOPE, basket, monitor());
    backend.fetch(inbox, news.cursor(), List.of(nobody, ids(news).get(1)), Depth.WHOLE, basket, monitor());

    assertEquals(Arrays.asList(nobody, nobody), basket.gone);
    assertEquals(1, basket.envelopes.size());
    assertEquals(1, basket.bodies.size());
  }

  @Test
  void aFolderThatIsGoneIsRefused() throws Exception {
    server.doveadm("mailbox", "create", "-u", user, "Soon gone");
    RemoteFolder folder = folder("Soon gone");
    server.doveadm("mailbox", "delete", "-u", user, "Soon gone");

    MailException.Refused refused = assertThrows(MailException.Refused.class, () -> backend.news(folder, Known.NOTHING, monitor()));

    assertFalse(refused.serverText().isEmpty());
    assertTrue(backend.alive());
    assertEquals(new SyncCursor("1/2").getClass(), backend.news(folder("INBOX"), Known.NOTHING, monitor()).cursor().getClass());
  }
}
