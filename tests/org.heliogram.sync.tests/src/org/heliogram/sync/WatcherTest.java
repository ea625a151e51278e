/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.heliogram.testing.Waiting.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.Activity.Push;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncRequest.Bodies;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.InMemoryCredentials;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer;
import org.heliogram.testing.PlainCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatcherTest {
  private static final MailException CUT = new MailException.Unreachable(Reason.BROKEN, "cut", null);
  private final ModelServer server = new ModelServer(ModelServer.Kind.MOVE_UIDPLUS);
  private final FakeWatches watches = new FakeWatches(FakeWatches.Kind.EVERYTHING);
  private final InMemoryMailStore store = new InMemoryMailStore();
  private final AccountId id = AccountId.create();
  private LocalFirstMailService service;
  private Ports ports;

  @BeforeEach
  void startService() {
    server.folder("INBOX", FolderRole.INBOX, Keeping.MIRRORED);
    for (String name : List.of("Archive", "Work", "Lists", "Family", "Bills", "Travel")) {
      server.folder(name, FolderRole.NONE, Keeping.MIRRORED);
    }
    ports = new Ports(store, new PlainCodec(), new InMemoryCredentials(), Connection.factories(), Clock.systemUTC(), new Random(1));
    service = new LocalFirstMailService(ports);
    service.addBackend(server, Map.of("protocol", "imap"));
    service.addWatch(watches, Map.of("protocol", "imap"));
  }

  @AfterEach
  void endService() {
    service.close();
  }

  private Account account(ServerOptions options) {
    return new Account(id, "Work", "Ada", "ada@example.org", Protocol.IMAP, new Endpoint("mail.example.org", 993, Security.TLS, "ada"),
        Optional.empty(), new AccountOptions(Duration.ZERO, false, BodyPolicy.DEFAULT).withServer(options));
  }

  private void add(ServerOptions options) throws Exception {
    service.add(account(options), Optional.of(new Credentials("secret")), Optional.empty());
  }

  private void start(Push expected) throws Exception {
    add(ServerOptions.DEFAULT);
    service.start();
    quiet(expected);
  }

  private void quiet(Push expected) throws Exception {
    waitFor(() -> assertEquals(expected, service.activity(id).push()));
    waitFor(() -> assertTrue(service.activity(id).lastFetch().isPresent()));
    waitFor(this::nothingRuns);
  }

  private void nothingRuns() {
    assertEquals(Phase.IDLE, service.activity(id).phase());
    for (var job : org.eclipse.core.runtime.jobs.Job.getJobManager().find(id)) {
      assertTrue(job.getState() == org.eclipse.core.runtime.jobs.Job.SLEEPING, job + " is at work");
    }
  }

  private Folder folder(String path) throws StoreException {
    return store.read(r -> r.folders(id)).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow(AssertionError::new);
  }

  private List<MessageSummary> rows(String path) throws StoreException {
    var key = folder(path).key();
    return store.read(r -> r.summaries(r.list(Query.newestFirst(key))));
  }

  private Set<String> shown(String path) throws StoreException {
    return rows(path).stream().map(MessageSummary::subject).collect(Collectors.toSet());
  }

  private void choose(String... paths) throws StoreException {
    for (String path : paths) {
      var key = folder(path).key();
      store.<Void>write(w -> {
        w.options(key, new FolderOptions(Optional.empty(), true));
        return null;
      });
    }
  }

  private int unread(String path) {
    try {
      return folder(path).unread();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  /** Names of the account's threads. */
  private List<String> own() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("heliogram-watch-" + id)).toList();
  }

  @Test
  void newsOfAFolderAreReadAtOnceAndNothingElseIs() throws Exception {
    start(Push.ALL_FOLDERS);
    server.deliver("Archive", "one");
    server.deliver("INBOX", "not told of");
    server.forgetCalls();

    watches.tell("Archive");

    waitFor(() -> assertEquals(Set.of("one"), shown("Archive")));
    waitFor(this::nothingRuns);
    assertEquals(Set.of(), shown("INBOX"));
    assertEquals(1, server.calls().stream().filter("news"::equals).count());
    assertEquals(0, server.calls().stream().filter(c -> c.equals("folders") || c.equals("open")).count());
  }

  @Test
  void whatHappenedBeforeAWatchStoodIsReadToo() throws Exception {
    start(Push.ALL_FOLDERS);
    server.deliver("INBOX", "while the connection was lost");

    watches.lose(CUT);

    waitFor(() -> assertEquals(Set.of("while the connection was lost"), shown("INBOX")));
  }

  @Test
  void newsOfAFolderNobodyKnowsReadTheListOfFolders() throws Exception {
    start(Push.ALL_FOLDERS);
    server.folder("New", FolderRole.NONE, Keeping.MIRRORED);
    server.deliver("New", "one");

    watches.tell("New");

    waitFor(() -> assertEquals(Set.of("one"), shown("New")));
  }

  @Test
  void aBurstOfNewsIsReadOnce() throws Exception {
    start(Push.ALL_FOLDERS);
    var reached = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.interfere((call, moment) -> {
      reached.countDown();
      await(go);
    });
    watches.tell("INBOX");
    assertTrue(reached.await(20, TimeUnit.SECONDS));
    server.forgetCalls();

    for (int i = 0; i < 100; i++) {
      server.deliver("INBOX", "m" + i);
      watches.tell("INBOX");
    }
    watches.tell("Archive");
    waitFor(() -> assertEquals(0, watches.unheard()));
    go.countDown();

    waitFor(() -> assertEquals(100, shown("INBOX").size()));
    waitFor(this::nothingRuns);
    assertTrue(server.calls().stream().filter("news"::equals).count() <= 3, server.calls()::toString);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void newsOvertakeALongDownloadOfBodies() throws Exception {
    start(Push.ALL_FOLDERS);
    for (int i = 0; i < 400; i++) {
      server.deliver("Work", "w" + i);
    }
    var reached = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    server.interfere((call, moment) -> {
      if (call.equals("fetch") && unread("Work") == 400) {
        reached.countDown();
        await(go);
      }
    });
    watches.tell("Work");
    assertTrue(reached.await(20, TimeUnit.SECONDS));
    server.deliver("INBOX", "new");
    server.forgetCalls();
    watches.tell("INBOX");
    waitFor(() -> assertEquals(0, watches.unheard()));
    go.countDown();

    waitFor(() -> assertEquals(Set.of("new"), shown("INBOX")));
    waitFor(this::nothingRuns);
    List<String> after = server.calls().subList(server.calls().indexOf("news"), server.calls().size());
    assertEquals(List.of("news", "fetch", "fetch", "fetch"), after); // the header, the rest of the bodies, the new body
    var key = rows("INBOX").get(0).key();
    assertTrue(store.read(r -> r.body(key)).isPresent());
  }

  @Test
  void newsDoNotTakeAwayTheTimeForUndo() throws Exception {
    server.deliver("INBOX", "one");
    start(Push.ALL_FOLDERS);
    var ticket = service.perform(new Operation.ChangeFlags(id, List.of(rows("INBOX").get(0).key()), FlagChange.set(Flag.FLAGGED)));
    server.deliver("INBOX", "two");

    watches.tell("INBOX");

    waitFor(() -> assertEquals(Set.of("one", "two"), shown("INBOX")));
    assertTrue(service.undo(ticket));
  }

  @Test
  void onlyTheWorkerConnectsWhereOneConnectionIsAllowed() throws Exception {
    add(new ServerOptions(Optional.empty(), false, true, 1));
    service.start();

    quiet(Push.OFF);

    assertEquals(0, watches.opened());
  }

  @Test
  void whereTheUserDoesNotWantPushNothingIsWatched() throws Exception {
    add(new ServerOptions(Optional.empty(), false, false, 5));
    service.start();

    quiet(Push.OFF);

    assertEquals(0, watches.opened());
  }

  @Test
  void aScriptThatSynchronisesWatchesNothing() throws Exception {
    add(ServerOptions.DEFAULT);

    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), new NullProgressMonitor());

    assertEquals(0, watches.opened());
  }

  @Test
  void aServerThatCannotIsAskedOnce() throws Exception {
    watches.kind(FakeWatches.Kind.NONE);
    start(Push.UNSUPPORTED);

    service.refresh(id);
    waitFor(() -> assertTrue(server.calls().stream().filter("folders"::equals).count() >= 2));
    waitFor(this::nothingRuns);

    assertEquals(1, watches.opened());
  }

  @Test
  void withoutNotifyTheInboxAndChosenFoldersAreWatched() throws Exception {
    watches.kind(FakeWatches.Kind.ONE_FOLDER);
    add(ServerOptions.DEFAULT);
    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), new NullProgressMonitor());
    choose("Archive", "Work");

    service.start();

    quiet(Push.SOME_FOLDERS);
    waitFor(() -> assertEquals(Set.of("INBOX", "Archive", "Work"), watches.watched()));
    server.deliver("Work", "one");
    watches.tell("Work");
    waitFor(() -> assertEquals(Set.of("one"), shown("Work")));
  }

  @Test
  void choosingAFolderBeginsToWatchIt() throws Exception {
    watches.kind(FakeWatches.Kind.ONE_FOLDER);
    start(Push.SOME_FOLDERS);
    assertEquals(Set.of("INBOX"), watches.watched());

    choose("Archive");
    waitFor(() -> assertEquals(Set.of("INBOX", "Archive"), watches.watched()));
    var key = folder("Archive").key();
    store.<Void>write(w -> {
      w.options(key, FolderOptions.DEFAULT);
      return null;
    });

    waitFor(() -> assertEquals(Set.of("INBOX"), watches.watched()));
  }

  @Test
  void trap62ConnectionsOfAnAccountAreLimited() throws Exception {
    watches.kind(FakeWatches.Kind.ONE_FOLDER);
    add(new ServerOptions(Optional.empty(), false, true, 3));
    service.synchronise(new SyncRequest(id, Optional.empty(), Bodies.NONE), new NullProgressMonitor());
    choose("Archive", "Work", "Lists", "Family", "Bills", "Travel");

    service.start();

    quiet(Push.SOME_FOLDERS);
    waitFor(() -> assertEquals(2, watches.standing()));
    watches.lose(CUT);
    waitFor(() -> assertTrue(watches.opened() >= 4));
    waitFor(() -> assertEquals(2, watches.standing()));
    assertEquals(2, watches.most()); // and the worker's own
    assertTrue(watches.watched().contains("INBOX"));
  }

  @Test
  void noThreadIsLeftOfAnAccountThatWasRemoved() throws Exception {
    watches.kind(FakeWatches.Kind.ONE_FOLDER);
    start(Push.SOME_FOLDERS);
    choose("Archive");
    waitFor(() -> assertEquals(2, own().size()));

    service.remove(id, new NullProgressMonitor());

    assertEquals(List.of(), own());
    assertEquals(0, watches.standing());
  }

  @Test
  void trap61AWatchThatIsLostAtRandomIsOpenedAgainQuietly() throws Exception {
    start(Push.ALL_FOLDERS);

    watches.lose(CUT);

    waitFor(() -> assertEquals(2, watches.opened()));
    waitFor(() -> assertEquals(1, watches.standing()));
    assertEquals(Optional.empty(), service.activity(id).trouble());
  }

  @Test
  void aRefusedSignInIsNotRepeatedBeforeTheWorkerHasSignedInAnew() throws Exception {
    watches.refuse(new MailException.SignInRefused("no", null));
    add(ServerOptions.DEFAULT);
    service.start();
    waitFor(() -> assertEquals(1, watches.opened()));
    waitFor(() -> assertEquals(List.of(), own()));

    service.refresh(id); // on the connection the worker has
    waitFor(() -> assertTrue(server.calls().stream().filter("folders"::equals).count() >= 2));
    waitFor(this::nothingRuns);
    assertEquals(1, watches.opened());

    watches.refuse(null);
    service.update(account(ServerOptions.DEFAULT), Optional.of(new Credentials("secret")), Optional.empty());
    quiet(Push.ALL_FOLDERS);
  }

  @Test
  void aRefusedWorkerEndsItsWatches() throws Exception {
    start(Push.ALL_FOLDERS);
    server.interfere((call, moment) -> {
      if (call.equals("folders") && moment == ModelServer.Moment.BEFORE) {
        throw new MailException.SignInRefused("expired", null);
      }
    });

    service.refresh(id);

    waitFor(() -> assertInstanceOf(MailException.SignInRefused.class, service.activity(id).trouble().orElseThrow(AssertionError::new)));
    waitFor(() -> assertEquals(List.of(), own()));
    waitFor(() -> assertEquals(Push.OFF, service.activity(id).push()));
  }

  @Test
  void theWorkersLuckHurriesAWatchThatWaits() throws Exception {
    var outage = new MailException.Unreachable(Reason.NO_TLS, "a portal in between", null); // waits for minutes
    watches.refuse(outage);
    add(ServerOptions.DEFAULT);
    service.start();
    waitFor(() -> assertEquals(1, watches.opened()));
    waitFor(() -> assertEquals(Push.CONNECTING, service.activity(id).push()));
    watches.refuse(null);

    waitFor(() -> {
      service.refresh(id);
      assertEquals(1, watches.standing());
    });
  }

  @Test
  void aWorkerThatLostItsConnectionHasTheWatchProbed() throws Exception {
    start(Push.ALL_FOLDERS);
    var broken = new AtomicBoolean();
    server.interfere((call, moment) -> {
      if (call.equals("folders") && !broken.getAndSet(true)) {
        throw CUT;
      }
    });

    service.refresh(id);

    waitFor(() -> assertEquals(2, watches.probes())); // when the user asked, and when it was lost
  }

  @Test
  void noThreadIsLeftWhenTheServiceEnds() throws Exception {
    start(Push.ALL_FOLDERS);
    assertEquals(1, own().size());

    service.close();

    assertEquals(List.of(), own());
    assertEquals(0, watches.standing());
  }

  @Test
  void aThreadThatIsJustLeavingIsWaitedForToo() throws Exception {
    var held = new CountDownLatch(1);
    var leaving = new CountDownLatch(1);
    var closing = new AtomicBoolean();
    var board = new ActivityBoard(() -> { // asked by the watch's thread when it shows that it is gone
      if (closing.get()) {
        leaving.countDown();
        awaitQuietly(held);
      }
      return System.nanoTime();
    });
    start(Push.ALL_FOLDERS);
    service.close();
    var watcher = new Watcher(account(ServerOptions.DEFAULT), ports, board, wake -> { });
    watcher.workerIsWell(1);
    waitFor(() -> assertTrue(watcher.standing()));

    closing.set(true);
    watcher.close();
    assertTrue(leaving.await(30, TimeUnit.SECONDS));

    assertFalse(watcher.join(Duration.ofMillis(1)));
    held.countDown();
    assertTrue(watcher.join(Duration.ofSeconds(30)));
    assertEquals(List.of(), own());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAccountThatIsChangedIsWatchedAnew() throws Exception {
    start(Push.ALL_FOLDERS);

    service.update(account(new ServerOptions(Optional.empty(), false, false, 5)), Optional.empty(), Optional.empty());

    quiet(Push.OFF);
    assertEquals(List.of(), own());
    service.update(account(ServerOptions.DEFAULT), Optional.empty(), Optional.empty());
    quiet(Push.ALL_FOLDERS);
    assertEquals(1, own().size());
  }

  @Test
  void cancellingEndsTheWorkButNotTheWatch() throws Exception {
    start(Push.ALL_FOLDERS);

    service.cancel(id);
    server.deliver("INBOX", "one");
    watches.tell("INBOX");

    waitFor(() -> assertEquals(Set.of("one"), shown("INBOX")));
    assertEquals(1, watches.opened());
  }
}
