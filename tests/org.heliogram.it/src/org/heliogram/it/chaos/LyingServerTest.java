/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.it.accounts.Client;
import org.heliogram.it.chaos.AccountBook.Entry;
import org.heliogram.it.chaos.AccountBook.Intent;
import org.heliogram.it.chaos.AccountBook.Kind;
import org.heliogram.it.chaos.OtherDevice.Stored;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.LyingProxy;
import org.heliogram.testing.server.LyingProxy.Lie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole account on a server that lies, hangs up and contradicts itself. While it does, there may be trouble, soon and with a name; when
 * it is honest again nothing is lost or doubled, what the user had asked for is done, and all agree.
 */
@Tag("server")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingServerTest {
  private static final boolean ALL = "all".equals(System.getProperty("heliogram.crashpoints"));
  private static final int ONE_IN = 9;
  private static final Duration SOON = Duration.ofSeconds(45);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final String DONE = "(?s)^h\\d+ OK .*";
  private final Random random = new Random(1);
  private boolean well;
  private Path work;
  private AccountBook book;
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private DovecotServer server;
  private LyingProxy proxy;
  private Client client;
  private Account account;
  private Entry marked;
  private List<Entry> moved;
  private int turn;

  /** A server for all, unless something went wrong. */
  @BeforeEach
  void start() throws Exception {
    if (well) {
      well = false;
      return;
    }
    begin();
  }

  private void begin() throws Exception {
    end();
    work = Files.createTempDirectory("lying");
    book = new AccountBook(random, 1);
    server = DovecotServer.start();
    proxy = new LyingProxy(server.imapPort());
    for (String folder : List.of("Work", AccountBook.COPIES)) {
      server.doveadm("mailbox", "create", "-u", "user1", folder);
    }
    client = new Client(work.resolve("home"));
    client.patience(PATIENCE, PATIENCE, PATIENCE.multipliedBy(2));
    client.store.open();
    client.service.observe(event -> {
      if (event instanceof ServiceEvent.OperationRefused refusal) {
        refused.add(refusal.operation() + ": " + refusal.why());
      }
    });
    account = client.add(Protocol.IMAP, new Endpoint("localhost", proxy.port(), Security.NONE, "user1"));
    marked = deliver(Kind.STAYS);
    moved = List.of(deliver(Kind.STAYS), deliver(Kind.STAYS));
    deliver(Kind.STAYS);
    synchronise();
  }

  @AfterAll
  void end() throws Exception {
    if (client != null) {
      client.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
      try (var all = Files.walk(work)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Lies. */
  enum Told {
    TOO_MANY(each("\\* (\\d+) EXISTS", m -> "* " + (Integer.parseInt(m.group(1)) + 3) + " EXISTS")),
    TOO_FEW(each("\\* (\\d+) EXISTS", m -> "* " + Math.max(0, Integer.parseInt(m.group(1)) - 2) + " EXISTS")),
    NONE_AT_ALL(each("\\* (\\d+) EXISTS", m -> "* 0 EXISTS")),
    UIDNEXT_SHRINKS(each("UIDNEXT \\d+", m -> "UIDNEXT 1")),
    NO_UIDNEXT(each("\\[UIDNEXT \\d+\\]", m -> "[NONSENSE]")),
    NO_UIDVALIDITY(each("\\[UIDVALIDITY \\d+\\]", m -> "[NONSENSE]")),
    ANOTHER_UIDVALIDITY(each("UIDVALIDITY (\\d+)", m -> "UIDVALIDITY 7")),
    NO_MODSEQ(each("\\[HIGHESTMODSEQ \\d+\\]", m -> "[NOMODSEQ]")),
    ALL_VANISHED(before(DONE, "* VANISHED 1:4294967295\r\n")),
    ALL_VANISHED_EARLIER(before(DONE, "* VANISHED (EARLIER) 1:4294967295\r\n")),
    FIRST_EXPUNGED(before(DONE, "* 1 EXPUNGE\r\n")),
    BEYOND_THE_END(before(DONE, "* 999 FETCH (FLAGS (\\Seen))\r\n* 0 FETCH (UID 4294967295 FLAGS ())\r\n")),
    SIZE_TOO_LARGE(each("RFC822.SIZE (\\d+)", m -> "RFC822.SIZE " + (Long.parseLong(m.group(1)) + 1_000))),
    SIZE_NOTHING(each("RFC822.SIZE (\\d+)", m -> "RFC822.SIZE 0")),
    LITERAL_TOO_LARGE(each("\\{(\\d+)\\}\r\n", m -> "{" + (Integer.parseInt(m.group(1)) + 7) + "}\r\n")),
    LITERAL_HUGE(each("\\{(\\d+)\\}\r\n", m -> "{4294967296}\r\n")),
    NO_COPYUID(each("\\[COPYUID [^\\]]*\\] ?", m -> "")),
    COPYUID_DESCENDING(each("\\[COPYUID (\\d+) (\\d+):(\\d+) (\\d+):(\\d+)\\]", m -> "[COPYUID " + m.group(1) + ' ' + m.group(3) + ':' + m.group(2) + ' '
        + m.group(5) + ':' + m.group(4) + ']')),
    COPYUID_OF_NOBODY(each("\\[COPYUID (\\d+) \\S+ \\S+\\]", m -> "[COPYUID " + m.group(1) + " 4294967295 4294967295]")),
    NO_HITS(each("\\* (E?)SEARCH.*\r\n", m -> "* " + m.group(1) + "SEARCH\r\n")),
    A_FOLDER_IS_MISSING(without("(?s)\\* LIST .*Work.*", 1)),
    NO_FOLDERS(without("(?s)\\* LIST .*", 1)),
    UNAVAILABLE(each("(?s)^(h\\d+) OK (?!\\[CAPABILITY).*", m -> m.group(1) + " NO [UNAVAILABLE] later\r\n")),
    MODSEQ_BACKWARDS(each("HIGHESTMODSEQ \\d+", m -> "HIGHESTMODSEQ 1")),
    NO_FETCH(without("(?s)\\* \\d+ FETCH .*", 1)),
    EVERY_OTHER_FETCH(without("(?s)\\* \\d+ FETCH .*", 2)),
    FETCH_WITHOUT_UID(each("FETCH \\(UID \\d+ ?", m -> "FETCH (")),
    DONE_TOO_SOON(LyingServerTest.swapped());

    private final Lie lie;

    Told(Lie lie) {
      this.lie = lie;
    }

    /** Whoever hides changes of flags and says that there were no others cannot be found out, only healed by the next change. These are last. */
    boolean blinds() {
      return compareTo(MODSEQ_BACKWARDS) >= 0;
    }
  }

  private static Lie each(String regex, java.util.function.Function<Matcher, String> by) {
    Pattern pattern = Pattern.compile(regex);
    return (number, response) -> List.of(pattern.matcher(response).replaceAll(result -> Matcher.quoteReplacement(by.apply((Matcher) matcher(pattern, response, result.start())))));
  }

  private static Matcher matcher(Pattern pattern, String text, int start) {
    Matcher matcher = pattern.matcher(text);
    matcher.find(start);
    return matcher;
  }

  private static Lie before(String regex, String more) {
    return (number, response) -> response.matches(regex) ? List.of(more, response) : List.of(response);
  }

  private static Lie without(String regex, int oneIn) {
    return (number, response) -> response.matches(regex) && number % oneIn == 0 ? List.of() : List.of(response);
  }

  /** The last answer comes after the command's end. */
  private static Lie swapped() {
    var held = new StringBuilder();
    return (number, response) -> {
      synchronized (held) {
        if (response.startsWith("* ") && !response.startsWith("* OK") && held.isEmpty()) {
          held.append(response);
          return List.of();
        }
        String before = held.toString();
        held.setLength(0);
        return response.matches(DONE) ? List.of(response, before) : List.of(before, response);
      }
    };
  }

  private Entry deliver(Kind kind) throws Exception {
    String token = book.newToken();
    byte[] content = ("From: Ada <ada@example.org>\r\nSubject: " + token + "\r\nMessage-ID: " + AccountBook.messageId(token) + "\r\n\r\nText of " + token + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
    try (var device = new OtherDevice(server.imapPort())) {
      device.append("INBOX", content);
    }
    book.delivery(token, kind, "INBOX", content).accepted();
    return book.living(e -> e.token.equals(token)).get(0);
  }

  private SyncResult synchronise() throws Exception {
    return client.synchronise(account, SyncRequest.Bodies.ALL);
  }

  private MessageKey key(Entry entry) throws Exception {
    return client.store.read(r -> {
      for (Folder folder : r.folders(account.id())) {
        if (!folder.path().text().equals(AccountBook.COPIES)) {
          for (MessageSummary row : r.summaries(r.first(org.heliogram.core.store.Query.newestFirst(folder.key()), 1_000))) {
            if (row.messageIdHeader().equals(AccountBook.messageId(entry.token))) {
              return row.key();
            }
          }
        }
      }
      throw new AssertionError(entry.token + " is not to be seen");
    });
  }

  /** A mark, a move of two, a copy, something deleted; and from elsewhere new mail and a mark. */
  private void doThings() throws Exception {
    turn++;
    boolean set = turn % 2 == 1;
    Flags flag = Flags.parse(List.of("\\Seen"));
    var intents = new ArrayList<Intent>();
    intents.add(book.flag(marked, "\\Seen", set));
    client.service.perform(new Operation.ChangeFlags(account.id(), List.of(key(marked)), set ? new FlagChange(flag, Flags.NONE) : new FlagChange(Flags.NONE, flag)));
    String to = set ? "Work" : "INBOX";
    for (Entry entry : moved) {
      intents.add(book.place(entry, to));
    }
    client.service.perform(new Operation.Move(account.id(), List.of(key(moved.get(0)), key(moved.get(1))), client.folder(account, to).key()));
    if (turn % 3 == 0) {
      intents.add(book.copy(marked));
      client.service.perform(new Operation.Copy(account.id(), List.of(key(marked)), client.folder(account, AccountBook.COPIES).key()));
    }
    Entry last = book.living(e -> !moved.contains(e) && e != marked).get(0);
    intents.add(book.place(last, AccountBook.GONE));
    client.service.perform(new Operation.Delete(account.id(), List.of(key(last))));
    intents.forEach(Intent::accepted);
    deliver(Kind.STAYS);
    try (var device = new OtherDevice(server.imapPort())) {
      device.select("INBOX");
      Intent mark = book.flag(marked, "\\Answered", set);
      device.command("UID STORE " + device.find(marked.token).get(0) + (set ? " +" : " -") + "FLAGS (\\Answered)");
      mark.accepted();
    }
  }

  /** One round with a lie. @return what came of it */
  private String round(String what, Lie lie) throws Exception {
    doThings();
    long start = System.nanoTime();
    proxy.tell(lie);
    String outcome = "done";
    try {
      synchronise();
    } catch (MailException e) {
      outcome = e.getClass().getSimpleName();
    }
    int responses = proxy.responses();
    proxy.tell(LyingProxy.HONEST);
    assertTrue(System.nanoTime() - start < SOON.toNanos(), () -> what + " took " + (System.nanoTime() - start) / 1_000_000 + " ms");
    assertTrue(responses > 0, what);
    return outcome;
  }

  private void reckon(String what, boolean blinded) throws Exception {
    synchronise();
    synchronise();
    SyncResult again = synchronise();
    List<Stored> stored = new ArrayList<>();
    try (var device = new OtherDevice(server.imapPort())) {
      for (String folder : device.folders()) {
        stored.addAll(device.read(folder));
      }
    }
    assertEquals(List.of(), book.compare(stored), what + " (refused: " + refused + ")");
    assertEquals(rows(stored, blinded), seen(blinded), what);
    assertEquals(0, again.added() + again.changed() + again.removed() + again.operations(), what + ": once more did " + again);
    assertEquals(List.of(), client.store.read(r -> r.queue(account.id())), what);
    assertEquals(List.of(), List.copyOf(refused), what);
    well = true;
  }

  private static Set<String> rows(List<Stored> stored, boolean blinded) {
    return stored.stream().map(s -> s.folder() + ' ' + s.token() + ' ' + s.uid() + ' ' + (blinded ? "" : s.flags())).collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> seen(boolean blinded) throws Exception {
    var rows = new TreeSet<String>();
    for (Folder folder : client.store.read(r -> r.folders(account.id()))) {
      for (MessageSummary row : client.rows(account, folder.path().text())) {
        String uid = client.store.read(r -> r.locate(List.of(row.key()))).get(0).id().map(id -> id.value()).orElse("?");
        var flags = row.flags().imapNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
        rows.add(folder.path().text() + ' ' + AccountBook.token(row.messageIdHeader()) + ' ' + uid + ' ' + (blinded ? "" : flags));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Told.class)
  void aLieCostsNothing(Told told) throws Exception {
    String outcome = round(told + "", told.lie);

    boolean blinded = told.blinds();
    reckon(told + " (" + outcome + ")", blinded);

    well = false;
    round(told + " again", told.lie);
    reckon(told + " again", blinded);
  }

  /** Says good-bye, or only goes, in place of the n-th response: of each there is. */
  @Test
  void aByeAtAnyPointCostsNothing() throws Exception {
    begin();
    Map<String, Integer> outcomes = new HashMap<>();
    boolean fired = true;
    for (int at = 0; fired; at += ALL ? 1 : 1 + random.nextInt(ONE_IN)) {
      int point = at;
      boolean polite = random.nextBoolean();
      boolean[] there = {false};
      String outcome = round("bye at " + at, (number, response) -> {
        if (number != point) {
          return List.of(response);
        }
        there[0] = true;
        return polite ? List.of("* BYE enough\r\n") : null;
      });
      well = false;
      fired = there[0];
      outcomes.merge(outcome, 1, Integer::sum);
      reckon((polite ? "bye at " : "cut at ") + at, false);
    }
    assertEquals(List.of(), client.store.check(new NullProgressMonitor()));
    assertTrue(outcomes.size() > 0, () -> outcomes.toString());
  }
}
