/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.store.StoreException;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialogue with a scripted server. */
@Timeout(120)
class Pop3BackendTest {
  private static final Timeouts QUICK = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(3));
  private static final NullProgressMonitor MONITOR = new NullProgressMonitor();
  private static final String HELLO = "Subject: hello\nMessage-ID: <1@x>\n\nBody\n.dot\n..\n";
  private final FakeMaildrop drop = new FakeMaildrop();
  private final RecordingSink sink = new RecordingSink();
  private ScriptedServer server;
  private Backend backend;

  @AfterEach
  void end() {
    if (backend != null) {
      backend.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private Backend open() throws MailException, StoreException {
    return open(drop, Security.NONE);
  }

  private Backend open(ScriptedServer.Script script, Security security) throws MailException, StoreException {
    server = ScriptedServer.start(script);
    backend = new Pop3BackendFactory(QUICK).open(account(server.endpoint(security, "joe")), new Credentials("se cret"), MONITOR);
    return backend;
  }

  static Account account(Endpoint endpoint) {
    return new Account(AccountId.create(), "test", "", "joe@localhost", Protocol.POP3, endpoint, Optional.empty(), AccountOptions.DEFAULT);
  }

  private News news() throws MailException, StoreException {
    return backend.news(inbox(), Known.NOTHING, MONITOR);
  }

  private RemoteFolder inbox() throws MailException, StoreException {
    return backend.folders(MONITOR).get(0);
  }

  private void fetch(Depth depth, String... ids) throws MailException, StoreException {
    backend.fetch(inbox(), new SyncCursor(""), IntStream.range(0, ids.length).mapToObj(i -> new RemoteId(ids[i])).toList(), depth, sink, MONITOR);
  }

  private static List<String> ids(News news) {
    return news.states().stream().map(state -> state.id().value()).toList();
  }

  @Test
  void signsInWithPasswordsThatHaveSpaces() throws MailException, StoreException {
    open();

    assertTrue(server.received().containsAll(List.of("USER joe", "PASS se cret")), server.received()::toString);
    assertTrue(backend.alive());
    assertEquals(Set.of(Feature.MAILDROP), backend.features());
  }

  @Test
  void foldersAreTheInboxAndLocalOnesWithStableNames() throws MailException, StoreException {
    open();

    List<RemoteFolder> folders = backend.folders(MONITOR);

    assertEquals(List.of("INBOX", "local:drafts", "local:sent", "local:archive", "local:trash"), folders.stream().map(RemoteFolder::name).toList());
    assertEquals(Keeping.DELIVERED, folders.get(0).keeping());
    assertEquals(Set.of(Keeping.LOCAL), folders.stream().skip(1).map(RemoteFolder::keeping).collect(Collectors.toSet()));
    assertEquals(FolderRole.TRASH, folders.get(4).role());
  }

  @Test
  void newsAreCompleteAndNewestFirst() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO).mail("c", HELLO);
    open();

    News news = news();

    assertEquals(List.of("c", "b", "a"), ids(news));
    assertTrue(news.complete());
    assertFalse(news.renumbered());
  }

  @Test
  void theCursorTellsOneMaildropFromAnother() throws MailException, StoreException {
    drop.mail("a", HELLO);
    open();
    SyncCursor one = news().cursor();
    SyncCursor again = news().cursor();
    drop.mail("b", HELLO);

    SyncCursor other = news().cursor();

    assertEquals(one, again);
    assertNotEquals(one, other);
    assertEquals(3, server.connections(), "each news is a session of its own: a session never sees what came after it began");
  }

  @Test
  void bodiesComeWithoutStuffedDotsAndInOrder() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", "Subject: other\n\n.\n\n..two\nend without line end");
    open();

    fetch(Depth.WHOLE, "b", "a");

    assertEquals(List.of("b", "a"), List.copyOf(sink.bodies.keySet()));
    assertEquals(HELLO.replace("\n", "\r\n"), sink.bodies.get("a"));
    assertEquals("Subject: other\r\n\r\n.\r\n\r\n..two\r\nend without line end\r\n", sink.bodies.get("b"));
  }

  @Test
  void bareLineFeedsBecomeLineEnds() throws MailException, StoreException {
    drop.lineEnd = "\n";
    drop.mail("a", HELLO);
    open();

    fetch(Depth.WHOLE, "a");

    assertEquals(HELLO.replace("\n", "\r\n"), sink.bodies.get("a"));
  }

  /** Lines of all lengths, ended anywhere in what one packet brings; dots, and carriage returns within lines. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void anyContentComesAsItWas(String lineEnd) throws MailException, StoreException {
    drop.lineEnd = lineEnd;
    var contents = new LinkedHashMap<String, String>();
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var content = new StringBuilder("Subject: any\n\n");
      for (int size = 1 << random.nextInt(16); content.length() < size;) {
        content.append(List.of("a", ".", "\n", "\r.", "\n.", "\u00e4\u00ff".repeat(random.nextInt(700)), "\n\n").get(random.nextInt(7)));
      }
      contents.put("id" + seed, content.append('\n').toString());
      drop.mail("id" + seed, contents.get("id" + seed));
    }
    open();

    fetch(Depth.WHOLE, contents.keySet().toArray(String[]::new));

    contents.forEach((id, content) -> assertEquals(content.replace("\n", "\r\n"), sink.bodies.get(id), id));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyMessagesComeWithAndWithoutPipelining(boolean pipelining) throws MailException, StoreException {
    drop.capabilities = pipelining ? List.of("PIPELINING", "UIDL") : List.of("UIDL");
    for (int i = 0; i < 333; i++) {
      drop.mail("id" + i, "Subject: " + i + "\n\n" + "x".repeat(i * 10) + "\n");
    }
    open();

    fetch(Depth.WHOLE, ids(news()).toArray(String[]::new));

    assertEquals(333, sink.bodies.size());
    for (int i = 0; i < 333; i++) {
      assertEquals("Subject: " + i + "\r\n\r\n" + "x".repeat(i * 10) + "\r\n", sink.bodies.get("id" + i));
    }
    assertTrue(sink.received.get("id332").isAfter(sink.received.get("id0")), "later messages count as received later");
  }

  @Test
  void envelopesComeByTop() throws MailException, StoreException {
    drop.mail("a", HELLO);
    open();

    fetch(Depth.ENVELOPE, "a");

    assertEquals("Subject: hello\r\nMessage-ID: <1@x>\r\n\r\n", new String(sink.envelopes.get(0).header()));
    assertEquals(HELLO.length(), sink.envelopes.get(0).sizeInBytes());
    assertFalse(server.received().stream().anyMatch(line -> line.startsWith("RETR")));
  }

  @Test
  void aSinkThatReadsOnlyTheBeginningDoesNotShiftTheNextMessage() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO.replace("hello", "second"));
    sink.octetsToRead = 10;
    open();

    fetch(Depth.TEXT, "a", "b");

    assertEquals(List.of("Subject: h", "Subject: s"), List.copyOf(sink.bodies.values()));
  }

  @Test
  void whatIsNotThereAnyMoreIsGone() throws MailException, StoreException {
    drop.mail("a", HELLO);
    open();

    fetch(Depth.WHOLE, "x", "a");

    assertEquals(List.of("x"), sink.gone);
    assertEquals(Set.of("a"), sink.bodies.keySet());
  }

  @Test
  void aMessageTheServerRefusesDoesNotEndTheFetch() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    drop.toRetr = "-ERR no such message";
    open();

    fetch(Depth.WHOLE, "a", "b");

    assertEquals(List.of("a", "b"), sink.gone);
    assertTrue(backend.alive());
  }

  @Test
  void temporaryTroubleEndsTheFetchAndTheSession() throws MailException, StoreException {
    drop.mail("a", HELLO);
    drop.toRetr = "-ERR [SYS/TEMP] disk trouble";
    open();

    var busy = assertThrows(MailException.Busy.class, () -> fetch(Depth.WHOLE, "a"));

    assertEquals("disk trouble", busy.serverText());
    assertFalse(backend.alive());
  }

  @Test
  void aFullDiskEndsTheFetchAndTheSession() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    sink.failAfter = 1;
    open();

    assertThrows(StoreException.DiskFull.class, () -> fetch(Depth.WHOLE, "a", "b"));

    assertFalse(backend.alive());
  }

  @Test
  void duplicateIdsKeepBothAndTheFirstKeepsItsName() throws MailException, StoreException {
    drop.mail("same", HELLO).mail("same", HELLO.replace("hello", "other")).mail("same", HELLO.replace("hello", "other"));
    open();

    List<String> ids = ids(news());
    fetch(Depth.WHOLE, ids.toArray(String[]::new));

    assertEquals(3, Set.copyOf(ids).size(), ids::toString);
    assertEquals("same", ids.get(2));
    assertTrue(ids.get(1).matches("same#[0-9a-f]{32}"), ids::toString);
    assertEquals(ids.get(1) + "#2", ids.get(0));
    assertEquals(3, sink.bodies.size());
  }

  @Test
  void messagesWithoutAnIdAreNamedByTheirHeader() throws MailException, StoreException {
    drop.mail("a", HELLO).mail(null, "Status: O\n" + HELLO).mail("", HELLO.replace("hello", "two")).mail("\u0007bad", HELLO.replace("hello", "three"));
    open();
    List<String> first = ids(news());
    drop.mails.set(1, new FakeMaildrop.Mail(null, "Status: RO\nX-Status: A\n" + HELLO));

    List<String> second = ids(news());

    assertEquals(4, Set.copyOf(first).size());
    assertEquals(first, second, "what a server changes in a header does not make it another message");
    assertEquals(3, first.stream().filter(id -> id.matches("header-[0-9a-f]{32}")).count(), first::toString);
  }

  @Test
  void aServerWithoutUidlIsReadByItsHeaders() throws MailException, StoreException {
    drop.capabilities = List.of();
    drop.toUidl = "-ERR what?";
    drop.mail("-", HELLO).mail("-", HELLO.replace("hello", "two"));
    open();

    List<String> ids = ids(news());
    fetch(Depth.WHOLE, ids.get(0));

    assertEquals(2, Set.copyOf(ids).size());
    assertTrue(sink.bodies.get(ids.get(0)).startsWith("Subject: two"));
  }

  @Test
  void aServerWithNeitherUidlNorTopIsRefusedInWords() throws MailException, StoreException {
    drop.capabilities = List.of();
    drop.toUidl = "-ERR what?";
    drop.toTop = "-ERR what?";
    drop.mail("-", HELLO);
    open();

    var refused = assertThrows(MailException.Refused.class, this::news);

    assertTrue(refused.getMessage().contains("neither UIDL nor TOP"), refused::getMessage);
  }

  @Test
  void aUidlThatFailsThoughPromisedIsTriedLater() throws MailException, StoreException {
    drop.toUidl = "-ERR try later";
    drop.mail("a", HELLO);
    open();

    assertThrows(MailException.Busy.class, this::news);
  }

  @Test
  void anIdTooLongForAKeyIsShortened() throws MailException, StoreException {
    drop.mail("u".repeat(1_000), HELLO).mail("u".repeat(1_001), HELLO);
    open();

    List<String> ids = ids(news());

    assertEquals(2, Set.copyOf(ids).size());
    assertTrue(ids.get(0).startsWith("long-"), ids::toString);
  }

  @ParameterizedTest
  @CsvSource({"-ERR [AUTH] no, SignInRefused", "-ERR bad password, SignInRefused", "-ERR [IN-USE] locked, Busy", "-ERR [LOGIN-DELAY] wait, Busy",
      "-ERR [SYS/TEMP] later, Busy", "-ERR [SYS/PERM] never, Refused", "-ERR maildrop already locked, Busy", "-ERR account locked, SignInRefused"})
  void refusalsOfSignInAreToldApart(String answer, String kind) {
    drop.toPass = answer;

    var refused = assertThrows(MailException.class, this::open);

    assertEquals(kind, refused.getClass().getSimpleName());
    assertEquals(answer.replaceAll("^-ERR (\\[.*\\] )?", ""), refused.serverText());
  }

  @Test
  void theLoginDelayIsHandedOn() {
    drop.capabilities = List.of("UIDL", "LOGIN-DELAY 900 USER");
    drop.toPass = "-ERR [LOGIN-DELAY] minimum time between mail checks violation";

    var busy = assertThrows(MailException.Busy.class, this::open);

    assertEquals(Optional.of(Duration.ofMinutes(15)), busy.retryAfter());
  }

  @Test
  void theLoginDelayIsToldBeforeAnybodyBreaksIt() throws MailException, StoreException {
    drop.capabilities = List.of("UIDL", "LOGIN-DELAY 900 USER");

    open();

    assertEquals(Optional.of(Duration.ofMinutes(15)), backend.signInDelay());
  }

  @Test
  void aGreetingOfAnotherProtocolIsSaidSo() {
    drop.greeting = "* OK IMAP4rev1 ready";

    var refused = assertThrows(Unreachable.class, this::open);

    assertEquals(Unreachable.Reason.NOT_A_MAIL_SERVER, refused.reason());
  }

  @Test
  void anUnfriendlyGreetingIsBusy() {
    drop.greeting = "-ERR too many connections";

    assertEquals("too many connections", assertThrows(MailException.Busy.class, this::open).serverText());
  }

  @Test
  void withoutStlsNothingIsSaid() {
    var refused = assertThrows(Unreachable.class, () -> open(drop, Security.STARTTLS));

    assertEquals(Unreachable.Reason.NO_TLS, refused.reason());
    assertFalse(server.received().stream().anyMatch(line -> line.startsWith("USER") || line.startsWith("PASS")), server.received()::toString);
  }

  @Test
  void wordsBetweenStlsAndTlsEndTheConnection() {
    drop.capabilities = List.of("STLS");
    drop.toStls = "+OK begin\r\n+OK injected";

    var refused = assertThrows(Unreachable.class, () -> open(drop, Security.STARTTLS));

    assertEquals(Unreachable.Reason.NO_TLS, refused.reason());
    assertFalse(server.received().stream().anyMatch(line -> line.startsWith("USER")));
  }

  @Test
  void aLineBreakInThePasswordIsNeverSent() {
    server = ScriptedServer.start(drop);

    assertThrows(MailException.SignInRefused.class, () -> new Pop3BackendFactory(QUICK)
        .open(account(server.endpoint(Security.NONE, "joe")), new Credentials("a\r\nDELE 1"), MONITOR));

    assertEquals(0, server.connections());
  }

  @Test
  void aServerThatEndsAtAnyOctetLeavesOnlyWholeMessages() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    String whole = HELLO.replace("\n", "\r\n");
    String answers = "+OK\r\n" + whole.replace("\r\n.", "\r\n..") + ".\r\n+OK\r\n" + whole.replace("\r\n.", "\r\n..") + ".\r\n";

    for (int end = 0; end < answers.length(); end++) {
      String sent = answers.substring(0, end);
      sink.bodies.clear();
      open(client -> untilRetr(client, sent), Security.NONE);

      var broken = assertThrows(MailException.class, () -> fetch(Depth.WHOLE, "a", "b"), "after " + end);

      assertInstanceOf(Unreachable.class, broken);
      assertFalse(backend.alive());
      sink.bodies.values().forEach(body -> assertEquals(whole, body));
      assertEquals(end >= answers.length() / 2 ? 1 : 0, sink.bodies.size(), "after " + end);
      end();
    }
  }

  private void untilRetr(ScriptedServer.Dialogue client, String answers) throws IOException {
    client.reply(drop.greeting);
    for (String line = client.line(); !line.startsWith("RETR"); line = client.line()) {
      switch (line.split(" ")[0]) {
        case "CAPA" -> client.reply("+OK", "PIPELINING", "UIDL", ".");
        case "LIST" -> client.reply("+OK", "1 50", "2 50", ".");
        case "UIDL" -> client.reply("+OK", "1 a", "2 b", ".");
        default -> client.reply("+OK");
      }
    }
    client.send(answers);
  }

  @Test
  void anEndlessStatusLineEndsTheConnection() {
    assertThrows(MailException.Unreachable.class, () -> open(client -> client.sendEndlessly("+OK endless ".getBytes(), 100_000_000), Security.NONE));
  }

  @Test
  void anEndlessListingLineEndsTheConnection() throws MailException, StoreException {
    open(client -> {
      client.reply("+OK");
      for (String line = client.line(); !line.equals("LIST"); line = client.line()) {
        client.reply(line.equals("CAPA") || line.equals("UIDL") ? "-ERR" : "+OK");
      }
      client.reply("+OK").sendEndlessly("1 2 3 4 ".getBytes(), 100_000_000);
    }, Security.NONE);

    assertThrows(MailException.Malformed.class, this::news);
    assertFalse(backend.alive());
  }

  @Test
  void anEndlessMessageEndsTheConnection() throws MailException, StoreException {
    sink.octetsToRead = 0;
    open(client -> {
      untilRetr(client, "+OK\r\n");
      client.sendEndlessly("endless\r\n".repeat(1_000).getBytes(), 1L << 30);
    }, Security.NONE);

    assertThrows(MailException.Malformed.class, () -> fetch(Depth.WHOLE, "a"));
    assertFalse(backend.alive());
  }

  @Test
  void aSizeThatIsTooSmallIsForgiven() throws MailException, StoreException {
    String big = "Subject: big\n\n" + "0123456789\n".repeat(100_000);
    open(client -> {
      client.reply("+OK");
      for (String line = client.line(); !line.startsWith("RETR"); line = client.line()) {
        client.reply(line.equals("CAPA") ? "-ERR" : "+OK");
        if (line.equals("LIST")) {
          client.reply("1 3", "rubbish", "x y", ".");
        } else if (line.equals("UIDL")) {
          client.reply("1 a", ".");
        }
      }
      client.reply("+OK").send(big.replace("\n", "\r\n") + ".\r\n");
      client.silence();
    }, Security.NONE);

    fetch(Depth.WHOLE, "a");

    assertEquals(big.replace("\n", "\r\n"), sink.bodies.get("a"));
  }

  @Test
  void aServerThatFallsSilentTimesOut() throws MailException, StoreException {
    open(client -> {
      untilRetr(client, "+OK\r\nSubject: x");
      client.silence();
    }, Security.NONE);

    var late = assertThrows(Unreachable.class, () -> fetch(Depth.WHOLE, "a"));

    assertEquals(Unreachable.Reason.TIMED_OUT, late.reason());
  }

  @Test
  void cancellingEndsTheConnection() throws MailException, StoreException {
    var monitor = new NullProgressMonitor();
    open(client -> {
      untilRetr(client, "+OK\r\nSubject: x");
      monitor.setCanceled(true);
      client.silence();
    }, Security.NONE);

    assertThrows(OperationCanceledException.class,
        () -> backend.fetch(inbox(), new SyncCursor(""), List.of(new RemoteId("a")), Depth.WHOLE, sink, monitor));
    assertFalse(backend.alive());
  }

  private Set<RemoteId> discard(Map<String, Fingerprint> messages) throws MailException, StoreException {
    var asked = new HashMap<RemoteId, Fingerprint>();
    messages.forEach((id, print) -> asked.put(new RemoteId(id), print));
    return backend.discard(inbox(), asked, MONITOR);
  }

  private static Fingerprint sized(String content) {
    return Fingerprint.ofSize(content.length());
  }

  @Test
  void trap79DeletingGoesByTheNumbersOfThisSession() throws MailException, StoreException {
    drop.mail("x", HELLO).mail("a", HELLO).mail("b", HELLO);
    open();
    news();

    Set<RemoteId> gone = discard(Map.of("a", sized(HELLO), "elsewhere", sized(HELLO)));

    assertEquals(Set.of(new RemoteId("a"), new RemoteId("elsewhere")), gone);
    assertEquals(List.of("DELE 2"), said("DELE"));
    assertEquals("QUIT", server.received().get(server.received().size() - 1));
    assertFalse(backend.alive());
  }

  private List<String> said(String verb) {
    return server.received().stream().filter(line -> line.startsWith(verb)).toList();
  }

  @Test
  void trap80AnotherMessageUnderTheIdIsNotDeleted() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    open();

    Set<RemoteId> gone = discard(Map.of("a", new Fingerprint(7, "0123"), "b", new Fingerprint(7, Fingerprint.header(HELLO.replace("\n", "\r\n").getBytes()))));

    assertEquals(Set.of(new RemoteId("b")), gone, "the size is counted otherwise, but the header is the same");
    assertEquals(List.of("DELE 2"), said("DELE"));
  }

  @Test
  void withoutTopAMessageOfAnotherSizeIsNotDeleted() throws MailException, StoreException {
    drop.mail("a", HELLO);
    drop.toTop = "-ERR unknown";
    open();

    assertEquals(Set.of(), discard(Map.of("a", new Fingerprint(7, "0123"))));

    assertEquals(List.of(), said("DELE"));
  }

  @Test
  void trap77WhatTheServerDoesNotConfirmIsNotDeleted() throws MailException, StoreException {
    drop.mail("a", HELLO);
    drop.toQuit = "-ERR some messages were not removed";
    open();

    assertThrows(MailException.Busy.class, () -> discard(Map.of("a", sized(HELLO))));
    assertFalse(backend.alive());
  }

  @Test
  void aMessageTheServerWillNotDeleteStays() throws MailException, StoreException {
    drop.mail("a", HELLO);
    drop.toDele = "-ERR no";
    open();

    assertEquals(Set.of(), discard(Map.of("a", sized(HELLO))));
  }

  @Test
  void trap88AnOpenSessionIsKeptByNoop() throws MailException, StoreException {
    open();

    backend.keepAlive(MONITOR);

    assertEquals(List.of("NOOP"), said("NOOP"));
    assertTrue(backend.alive());
  }

  @Test
  void listingsTellSizes() throws MailException, StoreException {
    drop.mail("a", HELLO);
    open();

    assertEquals(HELLO.length(), news().states().get(0).sizeInBytes());
    assertEquals(List.of("STAT", "UIDL", "LIST"), server.received().subList(server.received().size() - 3, server.received().size()));
  }

  @Test
  void whereNothingHappenedSizesAreNotAskedFor() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    open();
    Known known = Known.of(Optional.of(news().cursor()), Map.of());

    News second = backend.news(inbox(), known, MONITOR);

    assertEquals(known.cursor(), Optional.of(second.cursor()));
    assertEquals(1, said("LIST").size());
    assertEquals(Set.of(new RemoteId("a")), discard(Map.of("a", sized(HELLO))));
    assertEquals(2, said("LIST").size(), "what is to be deleted is measured");
    assertEquals(List.of(), said("TOP"));
  }

  @Test
  void trap80AnotherMessageUnderAnOldIdIsSeenByTheSizeOfTheWhole() throws MailException, StoreException {
    drop.mail("a", HELLO).mail("b", HELLO);
    open();
    Known known = Known.of(Optional.of(news().cursor()), Map.of());
    drop.replace("b", HELLO + "more\n");

    News second = backend.news(inbox(), known, MONITOR);

    assertNotEquals(known.cursor(), Optional.of(second.cursor()));
    assertEquals(List.of(HELLO.length() + 5L, (long) HELLO.length()), second.states().stream().map(RemoteState::sizeInBytes).toList());
  }

  @Test
  void nothingIsDeletedOnTheServerUnasked() throws MailException, StoreException {
    drop.mail("a", HELLO);
    open();
    fetch(Depth.WHOLE, ids(news()).toArray(String[]::new));
    var delete = new RemoteOperation.Expunge(inbox(), new SyncCursor(""), List.of(new RemoteId("a")));

    assertThrows(IllegalStateException.class, () -> backend.perform(delete, MONITOR));
    backend.close();

    assertFalse(backend.alive());
    assertFalse(server.received().stream().anyMatch(line -> line.startsWith("DELE")));
    assertTrue(server.received().contains("QUIT"), server.received()::toString);
  }
}
