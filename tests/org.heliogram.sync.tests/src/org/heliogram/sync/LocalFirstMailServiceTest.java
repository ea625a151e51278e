/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.QuietHours;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.FakeClock;
import org.heliogram.testing.InMemoryCredentials;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer;
import org.heliogram.testing.ModelServer.Kind;
import org.heliogram.testing.ModelServer.Moment;
import org.heliogram.testing.PlainCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalFirstMailServiceTest {
  private static final NullProgressMonitor MONITOR = new NullProgressMonitor();
  private final ModelServer server = new ModelServer(Kind.MOVE_UIDPLUS).folder("INBOX", FolderRole.INBOX, Keeping.MIRRORED)
      .folder("Archive", FolderRole.ARCHIVE, Keeping.MIRRORED);
  private final InMemoryMailStore store = new InMemoryMailStore();
  private final InMemoryCredentials credentials = new InMemoryCredentials();
  private final List<ServiceEvent> events = new CopyOnWriteArrayList<>();
  private final AccountId id = AccountId.create();
  private LocalFirstMailService service;

  @BeforeEach
  void startService() {
    service = new LocalFirstMailService(
        new Ports(store, new PlainCodec(), credentials, Connection.factories(), java.time.Clock.systemUTC(), new Random(1)));
    service.addBackend(server, Map.of("protocol", "imap"));
    service.observe(events::add);
  }

  @AfterEach
  void endService() {
    service.close();
  }

  private Account account() {
    return account(Duration.ZERO);
  }

  private Account account(Duration interval) {
    var options = new AccountOptions(interval, false, BodyPolicy.DEFAULT);
    return new Account(id, "Work", "Ada", "ada@example.org", Protocol.IMAP, new Endpoint("mail.example.org", 993, Security.TLS, "ada"),
        Optional.empty(), options);
  }

  private void add() throws Exception {
    service.add(account(), Optional.of(new Credentials("secret")), Optional.empty());
  }

  private SyncResult synchronise() throws Exception {
    return service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.POLICY), MONITOR);
  }

  private Folder folder(String path) throws StoreException {
    return store.read(r -> r.folders(id)).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow(AssertionError::new);
  }

  private Set<String> shown(String path) throws StoreException {
    FolderKey key = folder(path).key();
    return store.read(r -> r.summaries(r.list(Query.newestFirst(key)))).stream().map(MessageSummary::subject).collect(Collectors.toSet());
  }

  private MessageKey key(String path, String subject) throws StoreException {
    FolderKey key = folder(path).key();
    return store.read(r -> r.summaries(r.list(Query.newestFirst(key)))).stream().filter(s -> s.subject().equals(subject)).findFirst()
        .orElseThrow(AssertionError::new).key();
  }

  private static void breakAt(String call, Moment moment, String actual, Moment now) throws MailException {
    if (call.equals(actual) && moment == now) {
      throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "cut", null);
    }
  }

  @Test
  void whatAServerRefusedAndIsNowhereElseIsTriedAgainWhenTheUserAsks() throws Exception {
    add();
    synchronise();
    service.start();
    FolderKey archive = folder("Archive").key();
    byte[] made = "Message-ID: <made@example.org>\r\nSubject: made\r\n\r\nhere".getBytes(StandardCharsets.US_ASCII);
    StagedBody content = store.stage(new ByteArrayInputStream(made), BodyState.WHOLE);
    var envelope = new PlainCodec().envelope(made);
    server.interfere((call, moment) -> {
      if (call.equals("append")) {
        throw new MailException.Refused("NO", "full", null);
      }
    });
    store.write(w -> w.deposit(archive, new Deposit(Flags.NONE, Instant.EPOCH, false, envelope, content)));
    service.refresh(id);
    waitFor(() -> assertEquals(List.of(Queued.Standing.REFUSED), store.read(r -> r.queue(id)).stream().map(Queued::standing).toList()));

    server.interfere((call, moment) -> { });
    service.refresh(id);

    waitFor(() -> assertEquals(1, server.names("Archive").size()));
    waitFor(() -> assertEquals(List.of(), store.read(r -> r.queue(id))));
  }

  @Test
  void synchronisingFetchesFoldersHeadersAndBodies() throws Exception {
    server.deliver("INBOX", "one");
    server.deliver("Archive", "two");
    add();

    SyncResult result = synchronise();

    assertEquals(new SyncResult(2, 2, 0, 0, 2, 0, List.of()), result);
    assertEquals(Set.of("one"), shown("INBOX"));
    var body = store.read(r -> r.body(key("INBOX", "one"))).orElseThrow();
    assertTrue(new String(body.bytes(1_000), StandardCharsets.UTF_8).contains("Text of one"));
  }

  @Test
  void synchronisingAgainFindsNothingNew() throws Exception {
    server.deliver("INBOX", "one");
    add();
    synchronise();

    assertEquals(new SyncResult(2, 0, 0, 0, 0, 0, List.of()), synchronise());
  }

  @Test
  void startFetchesEveryAccount() throws Exception {
    server.deliver("INBOX", "one");
    add();

    service.start();

    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));
    assertTrue(service.activity(id).lastFetch().isPresent());
  }

  @Test
  void anAccountIsFetchedAgainAfterItsInterval() throws Exception {
    service.add(account(Duration.ofMillis(50)), Optional.of(new Credentials("secret")), Optional.empty());
    service.start();
    waitFor(() -> assertTrue(service.activity(id).lastFetch().isPresent()));

    server.deliver("INBOX", "later");

    waitFor(() -> assertEquals(Set.of("later"), shown("INBOX")));
  }

  @Test
  void theScheduleGoesOnAfterACancel() throws Exception {
    service.add(account(Duration.ofMillis(50)), Optional.of(new Credentials("secret")), Optional.empty());
    var cancelled = new java.util.concurrent.atomic.AtomicBoolean();
    server.interfere((call, moment) -> {
      if (call.equals("news") && !cancelled.getAndSet(true)) {
        service.cancel(id);
      }
    });
    service.start();
    waitFor(() -> assertTrue(cancelled.get()));

    server.deliver("INBOX", "later");

    waitFor(() -> assertEquals(Set.of("later"), shown("INBOX")));
  }

  @Test
  void theScheduleGoesOnAfterACancelBeforeTheFetchBegan() throws Exception {
    service.add(account(Duration.ofMinutes(5)), Optional.of(new Credentials("secret")), Optional.empty());
    var rule = new AccountRule(id);
    org.eclipse.core.runtime.jobs.Job.getJobManager().beginRule(rule, MONITOR);
    try {
      service.start();
      waitFor(() -> assertEquals(1, java.util.Arrays.stream(org.eclipse.core.runtime.jobs.Job.getJobManager().find(id))
          .filter(job -> job.getState() == org.eclipse.core.runtime.jobs.Job.WAITING).count()));

      service.cancel(id);
    } finally {
      org.eclipse.core.runtime.jobs.Job.getJobManager().endRule(rule);
    }

    waitFor(() -> assertTrue(service.activity(id).nextFetch().isPresent()));
    assertEquals(List.of(), server.calls());
  }

  @Test
  void jobsAreFoundByTheirAccountAndBearItsLabel() throws Exception {
    add();
    var reached = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.interfere((call, moment) -> {
      reached.countDown();
      await(go);
    });
    service.refresh(id);
    assertTrue(reached.await(20, TimeUnit.SECONDS));

    var jobs = org.eclipse.core.runtime.jobs.Job.getJobManager().find(id);
    go.countDown();

    assertEquals(1, jobs.length);
    assertEquals("Work", jobs[0].getName());
    assertFalse(jobs[0].isSystem());
  }

  @Test
  void refreshingAFolderReadsThatFolderOnly() throws Exception {
    add();
    synchronise();
    server.deliver("Archive", "one");
    server.deliver("INBOX", "two");
    server.forgetCalls();

    service.refresh(folder("Archive").key());

    waitFor(() -> assertEquals(Set.of("one"), shown("Archive")));
    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));
    assertEquals(1, server.calls().stream().filter("news"::equals).count());
  }

  @Test
  void aFolderMissingFromOneListingIsNotForgotten() throws Exception {
    server.deliver("Archive", "one");
    add();
    synchronise();
    server.forgetCalls();
    server.interfere((call, moment) -> {
      if (call.equals("folders")) {
        server.hideFolder(server.calls().stream().filter("folders"::equals).count() == 1 ? "Archive" : "");
      }
    });

    synchronise();

    assertEquals(Set.of("one"), shown("Archive"));
  }

  @Test
  void aFolderMissingFromTwoListingsIsGone() throws Exception {
    add();
    synchronise();
    server.hideFolder("Archive");

    synchronise();

    assertEquals(List.of("INBOX"), store.read(r -> r.folders(id)).stream().map(f -> f.path().text()).toList());
  }

  @Test
  void nothingHappensBeforeStart() throws Exception {
    add();

    service.perform(new Operation.ChangeFlags(id, List.of(new MessageKey(1)), FlagChange.set(Flag.SEEN)));

    assertEquals(List.of(), server.calls());
  }

  @Test
  void anOperationReachesTheServer() throws Exception {
    long uid = server.deliver("INBOX", "one");
    add();
    synchronise();

    service.perform(new Operation.ChangeFlags(id, List.of(key("INBOX", "one")), FlagChange.set(Flag.SEEN)));
    service.perform(new Operation.Move(id, List.of(key("INBOX", "one")), folder("Archive").key()));
    assertEquals(2, synchronise().operations());

    assertEquals(Set.of(), server.uids("INBOX"));
    assertFalse(server.uids("INBOX").contains(uid));
    assertTrue(server.mails("Archive").get(1L).flags().has(Flag.SEEN));
    assertEquals(Set.of("one"), shown("Archive"));
  }

  @Test
  void aQueuedOperationIsSentByItselfAfterAMoment() throws Exception {
    server.deliver("INBOX", "one");
    add();
    service.start();
    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));

    service.perform(new Operation.ChangeFlags(id, List.of(key("INBOX", "one")), FlagChange.set(Flag.FLAGGED)));

    waitFor(() -> assertTrue(server.mails("INBOX").get(1L).flags().has(Flag.FLAGGED)));
  }

  @Test
  void undoIsPossibleBeforeTheServerSawIt() throws Exception {
    server.deliver("INBOX", "one");
    add();
    synchronise();
    var ticket = service.perform(new Operation.Delete(id, List.of(key("INBOX", "one"))));
    assertEquals(Set.of(), shown("INBOX"));

    assertTrue(service.undo(ticket));

    assertEquals(Set.of("one"), shown("INBOX"));
    synchronise();
    assertEquals(List.of("one"), server.names("INBOX"));
  }

  @Test
  void arrivalsAreToldAfterTheFirstFetchOnly() throws Exception {
    server.deliver("INBOX", "old");
    add();
    synchronise();
    assertEquals(List.of(), arrivals());
    server.deliver("INBOX", "new");
    server.deliver("INBOX", "read elsewhere", Flags.of(Flag.SEEN));
    server.deliver("Archive", "not in the inbox");

    synchronise();

    assertEquals(List.of(new ServiceEvent.MailArrived(id, List.of(key("INBOX", "new")))), arrivals());
  }

  private List<ServiceEvent> arrivals() {
    return events.stream().filter(ServiceEvent.MailArrived.class::isInstance).toList();
  }

  @Test
  void aRefusedOperationIsTakenBackAndTold() throws Exception {
    server.deliver("INBOX", "one");
    add();
    synchronise();
    server.interfere((call, moment) -> {
      if (call.equals("perform Move") && moment == Moment.BEFORE) {
        throw new MailException.Refused("NO", "over quota", null);
      }
    });
    var move = new Operation.Move(id, List.of(key("INBOX", "one")), folder("Archive").key());
    service.perform(move);

    synchronise();

    assertEquals(Set.of("one"), shown("INBOX"));
    assertTrue(events.contains(new ServiceEvent.OperationRefused(move, "over quota")));
  }

  @Test
  void anOpenedMessageIsFetchedWhole() throws Exception {
    server.deliver("INBOX", "one");
    add();
    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), MONITOR);

    var body = service.body(key("INBOX", "one")).toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertTrue(new String(body.bytes(1_000), StandardCharsets.UTF_8).contains("Text of one"));
    assertEquals(body.sizeInBytes(), store.read(r -> r.body(key("INBOX", "one"))).orElseThrow().sizeInBytes());
  }

  @Test
  void anOpenedMessageOvertakesARunningFetch() throws Exception {
    for (int i = 0; i < 120; i++) {
      server.deliver("INBOX", "m" + i);
    }
    add();
    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), MONITOR);
    var reached = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.interfere((call, moment) -> {
      if (call.equals("fetch") && moment == Moment.BEFORE) {
        reached.countDown();
        await(go);
      }
    });
    service.refresh(id);
    reached.await(20, TimeUnit.SECONDS);
    MessageKey last = key("INBOX", "m0");

    var body = service.body(last).toCompletableFuture();
    go.countDown();
    body.get(20, TimeUnit.SECONDS);

    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));
    List<MessageKey> all = store.read(r -> r.list(Query.newestFirst(folder("INBOX").key())));
    assertEquals(120, all.stream().filter(this::hasBody).count());
  }

  private boolean hasBody(MessageKey key) {
    try {
      return store.read(r -> r.body(key)).isPresent();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aMessageThatIsGoneCannotBeOpened() throws Exception {
    long uid = server.deliver("INBOX", "one");
    add();
    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), MONITOR);
    server.expunge("INBOX", uid);

    var body = service.body(key("INBOX", "one")).toCompletableFuture();

    var failure = assertThrows(ExecutionException.class, () -> body.get(20, TimeUnit.SECONDS));
    assertInstanceOf(MailException.Refused.class, failure.getCause());
  }

  @Test
  void aWrongPasswordIsTriedOnce() throws Exception {
    server.deliver("INBOX", "one");
    service.add(account(), Optional.of(new Credentials("wrong")), Optional.empty());
    service.start();
    waitFor(() -> assertInstanceOf(MailException.SignInRefused.class, service.activity(id).trouble().orElseThrow(AssertionError::new)));
    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));

    var body = service.body(new MessageKey(1)).toCompletableFuture();
    assertThrows(ExecutionException.class, () -> body.get(20, TimeUnit.SECONDS));

    assertEquals(List.of("open"), server.calls());
    assertEquals(Optional.empty(), service.activity(id).nextFetch());
  }

  @Test
  void aCorrectedPasswordStartsAgain() throws Exception {
    server.deliver("INBOX", "one");
    service.add(account(), Optional.of(new Credentials("wrong")), Optional.empty());
    service.start();
    waitFor(() -> assertTrue(service.activity(id).trouble().isPresent()));

    service.update(account(), Optional.of(new Credentials("secret")), Optional.empty());

    waitFor(() -> assertEquals(Optional.empty(), service.activity(id).trouble()));
    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
  }

  @Test
  void withoutPasswordNothingIsSent() throws Exception {
    service.add(account(), Optional.empty(), Optional.empty());

    assertThrows(MailException.SignInRefused.class, this::synchronise);

    assertEquals(List.of(), server.calls());
  }

  @Test
  void aLockedKeyringIsATroubleOfTheAccount() throws Exception {
    add();
    credentials.lock(true);
    service.start();

    waitFor(() -> assertInstanceOf(org.heliogram.core.service.CredentialException.class,
        service.activity(id).trouble().orElseThrow(AssertionError::new)));
    credentials.lock(false);
    service.refresh(id);
    waitFor(() -> assertEquals(Optional.empty(), service.activity(id).trouble()));
  }

  @Test
  void whatIsUnreachableIsTriedAgain() throws Exception {
    server.deliver("INBOX", "one");
    add();
    server.interfere((call, moment) -> breakAt("news", Moment.BEFORE, call, moment));
    service.start();
    waitFor(() -> assertInstanceOf(MailException.Unreachable.class, service.activity(id).trouble().orElseThrow(AssertionError::new)));
    waitFor(() -> assertTrue(service.activity(id).nextFetch().isPresent()));

    server.interfere((call, moment) -> {});

    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    waitFor(() -> assertEquals(Optional.empty(), service.activity(id).trouble()));
  }

  @Test
  void aKeptConnectionThatDiedIsReplacedQuietly() throws Exception {
    add();
    synchronise();
    server.deliver("INBOX", "one");
    var first = new java.util.concurrent.atomic.AtomicBoolean(true);
    server.interfere((call, moment) -> {
      if (first.getAndSet(false)) {
        throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "idle too long", null);
      }
    });

    synchronise();

    assertEquals(Set.of("one"), shown("INBOX"));
    assertEquals(Optional.empty(), service.activity(id).trouble());
    assertEquals(2, server.calls().stream().filter("open"::equals).count());
  }

  @Test
  void oneConnectionServesManySynchronisations() throws Exception {
    add();
    synchronise();
    synchronise();

    assertEquals(1, server.calls().stream().filter("open"::equals).count());
  }

  @Test
  void aMaildropIsClosedAfterEachVisit() throws Exception {
    var drop = new ModelServer(Kind.PLAIN).folder("INBOX", FolderRole.INBOX, Keeping.DELIVERED);
    service.addBackend(drop, Map.of("protocol", "pop3"));
    drop.deliver("INBOX", "one");
    var popAccount = new Account(id, "Drop", "", "ada@example.org", Protocol.POP3, account().incoming(), Optional.empty(), account().options());
    service.add(popAccount, Optional.of(new Credentials("secret")), Optional.empty());

    synchronise();
    synchronise();

    assertEquals(2, drop.calls().stream().filter("open"::equals).count());
    assertEquals(Set.of("one"), shown("INBOX"));
    assertTrue(store.read(r -> r.body(key("INBOX", "one"))).isPresent());
  }

  @Test
  void cancellingEndsAFetch() throws Exception {
    server.deliver("INBOX", "one");
    add();
    var reached = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.interfere((call, moment) -> {
      if (call.equals("news")) {
        reached.countDown();
        await(go);
      }
    });
    service.start();
    assertTrue(reached.await(20, TimeUnit.SECONDS));

    service.cancel(id);
    go.countDown();

    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));
    assertEquals(Optional.empty(), service.activity(id).trouble());
    assertEquals(Set.of(), shown("INBOX"));
  }

  @Test
  void aSynchronisationCanBeCancelled() throws Exception {
    add();
    var monitor = new NullProgressMonitor();
    server.interfere((call, moment) -> monitor.setCanceled(call.equals("folders")));

    assertThrows(OperationCanceledException.class, () -> service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), monitor));
  }

  @Test
  void trap91ScheduledAndWantedFetchesDoNotOverlap() throws Exception {
    service.add(account(Duration.ofMillis(1)), Optional.of(new Credentials("secret")), Optional.empty());
    var running = new java.util.concurrent.atomic.AtomicInteger();
    var most = new java.util.concurrent.atomic.AtomicInteger();
    server.interfere((call, moment) -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      Thread.yield();
      running.decrementAndGet();
    });
    service.start();

    for (int i = 0; i < 10; i++) {
      service.refresh(id);
      synchronise();
    }

    waitFor(() -> assertTrue(server.calls().stream().filter("folders"::equals).count() > 30));
    assertEquals(1, most.get());
  }

  /** The same on a machine with another clock, and with other options. */
  private void restart(java.time.Clock clock, AccountOptions options) throws Exception {
    service.close();
    service = new LocalFirstMailService(new Ports(store, new PlainCodec(), credentials, Connection.factories(), clock, new Random(1)));
    service.addBackend(server, Map.of("protocol", "imap"));
    service.add(account().withOptions(options), Optional.of(new Credentials("secret")), Optional.empty());
    service.start();
    waitFor(() -> assertTrue(service.activity(id).lastFetch().isPresent()));
    waitFor(() -> assertEquals(Phase.IDLE, service.activity(id).phase()));
  }

  @Test
  void inQuietHoursMailIsFetchedWhenTheUserWantsIt() throws Exception {
    var clock = new FakeClock(java.time.Instant.parse("2026-11-23T12:00:00Z"));
    var quiet = new QuietHours(java.time.LocalTime.of(11, 0), java.time.LocalTime.of(13, 0));
    restart(clock, account(Duration.ofMinutes(5)).options().withQuiet(Optional.of(quiet)));
    server.deliver("INBOX", "one");

    service.refresh(id);

    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    waitFor(() -> assertTrue(service.activity(id).nextFetch().isPresent()));
    assertFalse(service.activity(id).nextFetch().get().isBefore(java.time.Instant.parse("2026-11-23T13:00:00Z")));
  }

  @Test
  void aServersDelayHoldsForTheScheduleAndNotForTheUser() throws Exception {
    var clock = new FakeClock(java.time.Instant.parse("2026-11-23T12:00:00Z"));
    server.signInDelay(Duration.ofMinutes(40));
    restart(clock, account(Duration.ofMinutes(5)).options());
    server.deliver("INBOX", "one");

    service.refresh(id);

    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    waitFor(() -> assertEquals(Optional.of(java.time.Instant.parse("2026-11-23T12:40:00Z")), service.activity(id).nextFetch()));
  }

  @Test
  void refreshingAllReachesEveryAccount() throws Exception {
    var all = new java.util.ArrayList<AccountId>();
    for (int i = 0; i < 10; i++) {
      var one = new Account(AccountId.create(), "Work " + i, "", "ada@example.org", Protocol.IMAP, account().incoming(), Optional.empty(),
          account().options());
      all.add(one.id());
      service.add(one, Optional.of(new Credentials("secret")), Optional.empty());
    }

    service.refreshAll();

    for (AccountId one : all) {
      waitFor(() -> assertTrue(service.activity(one).lastFetch().isPresent()));
    }
  }

  @Test
  void whoWantsOneAccountNowNeedNotWaitForItsTurn() throws Exception {
    add();
    AccountWorker worker = new AccountWorker(account(),
        new Ports(store, new PlainCodec(), credentials, Map.of("imap", server), java.time.Clock.systemUTC(), new Random(1)),
        new ActivityBoard(System::nanoTime));
    server.deliver("INBOX", "one");

    worker.refresh(Duration.ofHours(1));
    worker.refresh(Duration.ZERO);

    waitFor(() -> assertEquals(Set.of("one"), store.read(r -> r.folders(id)).isEmpty() ? Set.of() : shown("INBOX")));
    worker.stop();
    assertTrue(worker.join(Duration.ofSeconds(20)));
  }

  @Test
  void twoSynchronisationsDoNotOverlap() throws Exception {
    add();
    var inside = new java.util.concurrent.atomic.AtomicInteger();
    var most = new java.util.concurrent.atomic.AtomicInteger();
    server.interfere((call, moment) -> {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Thread.yield();
      inside.decrementAndGet();
    });
    service.start();
    for (int i = 0; i < 20; i++) {
      service.refresh(id);
      synchronise();
    }

    assertEquals(1, most.get());
  }

  @Test
  void anAccountThatIsRemovedLeavesNothingHere() throws Exception {
    server.deliver("INBOX", "one");
    add();
    synchronise();

    service.remove(id, MONITOR);

    assertEquals(List.of(), store.read(r -> r.accounts()));
    assertEquals(Optional.empty(), credentials.find(id, Purpose.INCOMING));
    assertEquals(List.of("one"), server.names("INBOX"));
  }

  @Test
  void testingSignsInAndLooksForAMailbox() throws Exception {
    service.test(account(), Purpose.INCOMING, new Credentials("secret"), MONITOR);
    assertThrows(MailException.SignInRefused.class, () -> service.test(account(), Purpose.INCOMING, new Credentials("wrong"), MONITOR));
    server.removeFolder("INBOX");
    server.removeFolder("Archive");
    assertThrows(MailException.Refused.class, () -> service.test(account(), Purpose.INCOMING, new Credentials("secret"), MONITOR));
    assertThrows(MailException.Refused.class, () -> service.test(account(), Purpose.SUBMISSION, new Credentials("secret"), MONITOR));
    assertEquals(List.of(), store.read(r -> r.accounts()));
  }

  @Test
  void aFolderThatCannotBeReadDoesNotStopTheRest() throws Exception {
    server.deliver("Archive", "one");
    add();
    synchronise();
    server.deliver("Archive", "two");
    var first = new java.util.concurrent.atomic.AtomicBoolean(true);
    server.interfere((call, moment) -> {
      if (call.equals("news") && first.getAndSet(false)) {
        throw new MailException.Refused("NO", "permission denied", null);
      }
    });

    SyncResult result = synchronise();

    assertEquals(List.of("INBOX: permission denied"), result.refused());
    assertEquals(Set.of("one", "two"), shown("Archive"));
  }
}
