/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;

/** One run of the {@link TransferSimulation}: three accounts on servers of their own, of which the third is a maildrop. */
final class TransferRun {
  private static final int STEPS = 30;
  private static final int ROUNDS = 5;
  private static final List<String> HOSTS = List.of("one", "two", "drop");
  private static final String INBOX = "INBOX";

  /** Where a process dies. */
  enum Death { BEFORE_TRANSACTION, AFTER_TRANSACTION, AT_A_SERVER }

  /** Something to be tried. */
  interface Trial<T> {
    T run() throws Exception;
  }

  private final TrialFrame frame;
  private final long seed;
  private final Random random;
  private final MailStore disk;
  private final List<ModelServer> servers = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final InMemoryCredentials credentials = new InMemoryCredentials();
  private final List<String> story = new ArrayList<>();
  private Map<String, List<String>> wanted = new TreeMap<>(); // where each message is to be seen
  private FaultyStore store;
  private MailService service;
  private boolean refused;
  private int serial;

  TransferRun(TrialFrame frame, long seed) {
    this.frame = frame;
    this.seed = seed;
    this.random = new Random(seed);
    this.disk = frame.store();
    ModelServer.Kind[] kinds = ModelServer.Kind.values();
    ModelServer.Deltas[] deltas = ModelServer.Deltas.values();
    for (int i = 0; i < HOSTS.size(); i++) {
      int kind = (int) (i == 0 ? seed % kinds.length : seed / kinds.length % kinds.length);
      var server = new ModelServer(kinds[kind]).deltas(deltas[random.nextInt(deltas.length)]);
      boolean drop = i == 2;
      server.folder(INBOX, FolderRole.INBOX, drop ? Keeping.DELIVERED : Keeping.MIRRORED);
      if (!drop) {
        server.folder("Archive", FolderRole.ARCHIVE, Keeping.MIRRORED);
      }
      servers.add(server);
      accounts.add(new Account(AccountId.create(), HOSTS.get(i) + ' ' + AccountId.create(), "", "", Protocol.IMAP,
          new Endpoint(HOSTS.get(i), 993, Security.TLS, "t"), Optional.empty(), new AccountOptions(Duration.ZERO, false, BodyPolicy.HEADERS)));
    }
    servers.get(0).neighbour("two", servers.get(1)).neighbour("drop", servers.get(2));
  }

  <T> T guarded(Trial<T> trial) throws Exception {
    try {
      open();
      for (Account account : accounts) {
        service.add(account, Optional.of(new Credentials("secret")), Optional.empty());
      }
      return trial.run();
    } catch (AssertionError | RuntimeException | MailException | StoreException | FaultyStore.Death e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + String.join("\n", story), e);
    } finally {
      end();
    }
  }

  private void end() throws Exception {
    store = new FaultyStore(disk);
    reopen();
    for (Account account : accounts) {
      service.remove(account.id(), new NullProgressMonitor());
    }
    frame.close(service);
  }

  private void open() {
    store = new FaultyStore(disk);
    service = frame.service(store, new PlainCodec(), credentials, servers.get(0));
    service.observe(event -> refused |= event instanceof ServiceEvent.OperationRefused);
  }

  private void reopen() {
    frame.close(service);
    open();
  }

  private void tell(String what) {
    story.add(what);
  }

  private static void fair(ModelServer server) {
    server.interfere((call, moment) -> { });
  }

  /** Random users and random weather. @return nothing of interest */
  Boolean random() throws Exception {
    for (int i = 0; i < 9; i++) {
      deliver(i % 3, random.nextBoolean() ? Flags.NONE : Flags.parse(List.of("\\Seen", "word")));
    }
    synchroniseAll();
    compare();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> transfer(random.nextInt(3), random.nextInt(3), random.nextInt(4) > 0, 1 + random.nextInt(3));
        case 2 -> meddle();
        default -> synchroniseInWeather();
      }
      compare();
    }
    settleDown();
    return true;
  }

  /** One message goes every way; the process dies at a point. @return whether there was such a point */
  boolean dying(Death death, int point) throws Exception {
    for (int i = 0; i < 3; i++) {
      deliver(i, Flags.NONE);
      deliver(i, Flags.of(Flag.SEEN));
    }
    synchroniseAll();
    compare();
    for (int from = 0; from < 3; from++) {
      transfer(from, (from + 1) % 3, true, 1);
      transfer(from, (from + 2) % 3, from == 1, 1);
    }
    compare();
    boolean died = false;
    try {
      arm(death, point);
      synchroniseAll();
      synchroniseAll();
    } catch (FaultyStore.Death e) {
      tell("dies " + death + " " + point);
      died = true;
    }
    servers.forEach(TransferRun::fair);
    reopen();
    settleDown();
    return died;
  }

  private void arm(Death death, int point) {
    int[] countdown = {point};
    switch (death) {
      case BEFORE_TRANSACTION -> store.failAfter(point, FaultyStore.Fault.DIES_BEFORE);
      case AFTER_TRANSACTION -> store.failAfter(point, FaultyStore.Fault.DIES_AFTER);
      case AT_A_SERVER -> servers.forEach(server -> server.interfere((call, moment) -> {
        if (countdown[0]-- == 0) {
          throw store.die();
        }
      }));
    }
  }

  private void deliver(int to, Flags flags) {
    serial++;
    tell("m" + serial + " is delivered to " + HOSTS.get(to));
    servers.get(to).deliver(INBOX, "m" + serial, flags);
  }

  private FolderKey anyFolder(int account) throws StoreException {
    List<Folder> all = folders(account);
    return all.get(random.nextInt(all.size())).key();
  }

  private List<Folder> folders(int account) throws StoreException {
    return disk.read(r -> r.folders(accounts.get(account).id())).stream().filter(f -> f.path().text().equals(INBOX) || f.path().text().equals("Archive")).toList();
  }

  private String place(FolderKey key) throws StoreException {
    Folder folder = disk.read(r -> r.folder(key)).orElseThrow();
    return accounts.stream().filter(a -> a.id().equals(folder.account())).findFirst().orElseThrow().incoming().host() + '/' + folder.path().text();
  }

  private void transfer(int from, int to, boolean removing, int count) throws StoreException {
    if (from == to) {
      return;
    }
    List<MessageSummary> rows = new ArrayList<>();
    for (Folder folder : folders(from)) {
      rows.addAll(rows(folder.key()));
    }
    Collections.shuffle(rows, random);
    List<MessageSummary> some = rows.subList(0, Math.min(count, rows.size()));
    if (some.isEmpty()) {
      return;
    }
    FolderKey target = anyFolder(to);
    List<MessageKey> keys = some.stream().map(MessageSummary::key).toList();
    Ticket ticket = service.perform(new Operation.Transfer(accounts.get(to).id(), keys, target, removing));
    tell((removing ? "moves " : "copies ") + some.stream().map(MessageSummary::subject).toList() + " from " + HOSTS.get(from) + " to " + place(target));
    if (random.nextInt(8) == 0 && service.undo(ticket)) {
      tell("undoes it"); // What needed no server was done at once, and stays.
      refused = true;
      believe();
      return;
    }
    for (MessageSummary row : some) {
      List<String> places = wanted.get(row.subject());
      if (removing) {
        places.remove(place(row.folder()));
      }
      places.add(place(target));
      Collections.sort(places);
    }
  }

  private void meddle() {
    int which = random.nextInt(3);
    if (which < 2 && random.nextInt(3) == 0) {
      String folder = random.nextBoolean() ? INBOX : "Archive";
      tell(HOSTS.get(which) + " renumbers " + folder);
      servers.get(which).renumber(folder);
    } else {
      deliver(which, Flags.NONE);
    }
  }

  private void synchroniseAll() throws Exception {
    for (Account account : accounts) {
      synchronise(account);
    }
  }

  private void synchronise(Account account) throws Exception {
    tell("synchronises " + account.incoming().host() + ": "
        + service.synchronise(new SyncRequest(account.id(), Optional.empty(), SyncRequest.Bodies.POLICY), new NullProgressMonitor()));
  }

  private void synchroniseInWeather() throws Exception {
    int kind = random.nextInt(4);
    int[] countdown = {random.nextInt(16)};
    boolean[] no = {false};
    for (ModelServer server : servers) {
      server.interfere((call, moment) -> {
        if (countdown[0]-- == 0 && kind < 2) {
          tell("breaks at " + call + " " + moment);
          throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "cut", null);
        }
        if (kind == 2 && countdown[0] < 0 && call.equals("append") && moment == ModelServer.Moment.BEFORE) {
          tell("refuses " + call);
          no[0] = true;
          throw new MailException.Refused("NO", "no", null);
        }
      });
    }
    if (random.nextInt(4) == 0) {
      FaultyStore.Fault[] faults = FaultyStore.Fault.values();
      store.failAfter(random.nextInt(12), faults[random.nextInt(faults.length)]);
    }
    refused = false;
    try {
      synchronise(accounts.get(random.nextInt(3)));
    } catch (MailException | StoreException e) {
      tell("synchronising failed: " + e.getMessage());
    } catch (FaultyStore.Death e) {
      tell("dies");
      refused |= no[0]; // Whoever dies just then cannot tell any more what was refused.
    }
    servers.forEach(TransferRun::fair);
    reopen();
    believe();
  }

  /** After a refusal what was moved is back, after undoing most of it: that is what is wanted now. */
  private void believe() throws StoreException {
    if (refused) {
      refused = false;
      Map<String, List<String>> seen = seen();
      wanted.keySet().forEach(name -> assertEquals(true, seen.containsKey(name), "after a refusal " + name + " is nowhere"));
      wanted = seen;
    }
  }

  private List<MessageSummary> rows(FolderKey folder) throws StoreException {
    return disk.read(r -> r.summaries(r.list(Query.newestFirst(folder)))).stream().filter(row -> !row.flags().has(Flag.DELETED)).toList();
  }

  private Map<String, List<String>> seen() throws StoreException {
    Map<String, List<String>> seen = new TreeMap<>();
    for (int i = 0; i < accounts.size(); i++) {
      for (Folder folder : folders(i)) {
        for (MessageSummary row : rows(folder.key())) {
          seen.computeIfAbsent(row.subject(), name -> new ArrayList<>()).add(place(folder.key()));
        }
      }
    }
    seen.values().forEach(Collections::sort);
    return seen;
  }

  /** At any time the user sees every message where he wants it, and it is somewhere where it is not lost with this process. */
  private void compare() throws StoreException {
    assertEquals(List.of(), disk.check(new NullProgressMonitor()));
    Map<String, List<String>> seen = seen();
    seen.forEach((name, places) -> wanted.computeIfAbsent(name, n -> new ArrayList<>(places)));
    assertEquals(wanted, seen, "what is seen");
  }

  /** In the end it is there on the server, too, and nowhere else. */
  private void settleDown() throws Exception {
    tell("all is quiet");
    disk.<Void>write(w -> {
      for (Account account : accounts) {
        w.retry(account.id()); // What is nowhere else and was refused waits for the user.
      }
      return null;
    });
    for (int i = 0; i < ROUNDS; i++) {
      synchroniseAll();
      believe();
      compare();
    }
    for (Account account : accounts) {
      assertEquals(List.of(), disk.read(r -> r.queue(account.id())), "queue of " + account.incoming().host());
    }
    Map<String, List<String>> there = new TreeMap<>();
    for (int i = 0; i < 2; i++) {
      for (String path : servers.get(i).paths()) {
        String place = HOSTS.get(i) + '/' + path;
        servers.get(i).mails(path).values().stream().filter(mail -> !mail.flags().has(Flag.DELETED))
            .forEach(mail -> there.computeIfAbsent(mail.name(), name -> new ArrayList<>()).add(place));
      }
    }
    seen().forEach((name, places) -> places.stream().filter(place -> place.startsWith("drop"))
        .forEach(place -> there.computeIfAbsent(name, n -> new ArrayList<>()).add(place)));
    there.values().forEach(Collections::sort);
    assertEquals(wanted, there, "what is on the servers");
    for (int i = 1; i <= serial; i++) {
      assertEquals(true, there.containsKey("m" + i), "m" + i + " is lost");
    }
  }
}
