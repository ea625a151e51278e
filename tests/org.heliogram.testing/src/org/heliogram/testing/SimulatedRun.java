/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.ModelServer.Mail;
import org.heliogram.testing.ModelServer.Moment;

/** One run of the {@link LawSimulation}. The user changes SEEN, FLAGGED and a keyword; other clients change ANSWERED and another. */
final class SimulatedRun {
  private static final Flags OURS = Flags.parse(List.of("\\Seen", "\\Flagged", "$Mine"));
  private static final Flags THEIRS = Flags.parse(List.of("\\Answered", "$Theirs"));
  private static final int STEPS = 40;

  /** What the user should see of a message. @param folder empty once deleted */
  private record Expected(String name, Optional<FolderKey> folder, Flags ours) {}

  private final TrialFrame frame;
  private final Random random;
  private final ModelServer server;
  private final MailStore disk;
  private final InMemoryCredentials credentials = new InMemoryCredentials();
  private final AccountId account = AccountId.create();
  private final List<String> story = new ArrayList<>();
  private final Map<MessageKey, Expected> expected = new HashMap<>();
  private final Set<String> meddled = new HashSet<>();
  private final Set<String> copied = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> doubtful = new HashSet<>();
  private FaultyStore store;
  private MailService service;
  private Optional<Ticket> ticket = Optional.empty();
  private boolean refusedNow;
  private boolean foldersMeddled = true; // nothing is known yet
  private Map<FolderKey, String> shownFolders = Map.of();
  private int serial;
  private int serialOfFolders;
  private boolean lastingIds;

  SimulatedRun(TrialFrame frame, long seed) throws Exception {
    this.frame = frame;
    this.random = new Random(seed);
    ModelServer.Kind[] kinds = ModelServer.Kind.values();
    ModelServer.Deltas[] deltas = ModelServer.Deltas.values();
    this.server = new ModelServer(kinds[(int) Math.floorMod(seed, kinds.length)])
        .deltas(deltas[(int) Math.floorMod(Math.floorDiv(seed, kinds.length), deltas.length)]);
    server.folder("INBOX", FolderRole.INBOX, Keeping.MIRRORED).folder("Archive", FolderRole.ARCHIVE, Keeping.MIRRORED)
        .folder("Trash", FolderRole.TRASH, Keeping.MIRRORED);
    this.disk = frame.store();
    this.lastingIds = seed % 3 != 0;
    server.objectIds(lastingIds);
  }

  String story() {
    return String.join("\n", story);
  }

  void run() throws Exception {
    open();
    var options = new AccountOptions(Duration.ZERO, false, BodyPolicy.HEADERS);
    service.add(new Account(account, "Sim " + account, "", "", Protocol.IMAP, new Endpoint("localhost", 993, Security.TLS, "sim"), Optional.empty(),
        options), Optional.of(new Credentials("secret")), Optional.empty());
    for (int i = 0; i < 5; i++) {
      deliver();
    }
    for (int step = 0; step < STEPS; step++) {
      step();
      compare();
    }
    settleDown();
    agree();
    service.remove(account, new NullProgressMonitor());
    frame.close(service);
  }

  private void open() {
    store = new FaultyStore(disk);
    service = frame.service(store, new PlainCodec(), credentials, server);
    service.observe(event -> refusedNow |= event instanceof ServiceEvent.OperationRefused);
  }

  private void reopen() {
    frame.close(service);
    open();
  }

  private void step() throws Exception {
    switch (random.nextInt(13)) {
      case 12 -> changeFolder();
      case 0, 1, 2 -> flag();
      case 3, 4 -> move();
      case 5 -> copyOrDelete();
      case 6 -> undo();
      case 7, 8 -> meddle();
      default -> synchronise();
    }
  }

  private void tell(String what) {
    story.add(what);
  }

  // The user

  private List<MessageSummary> visible() throws StoreException {
    var all = new ArrayList<MessageSummary>();
    for (Folder folder : disk.read(r -> r.folders(account)).stream().filter(Folder::selectable).toList()) {
      all.addAll(disk.read(r -> r.summaries(r.list(Query.newestFirst(folder.key())))));
    }
    all.sort(Comparator.comparing(m -> m.key().value()));
    return all;
  }

  private List<MessageKey> some() throws StoreException {
    List<MessageSummary> all = visible();
    var chosen = new ArrayList<MessageKey>();
    for (int i = random.nextInt(3); i >= 0 && !all.isEmpty(); i--) {
      chosen.add(all.get(random.nextInt(all.size())).key());
    }
    return chosen;
  }

  private FolderKey anyFolder() throws StoreException {
    List<Folder> all = disk.read(r -> r.folders(account)).stream().filter(Folder::selectable).toList();
    return all.get(random.nextInt(all.size())).key();
  }

  private static FlagChange change(Random random, Flags among) {
    List<String> names = among.imapNames();
    Flags one = Flags.parse(List.of(names.get(random.nextInt(names.size()))));
    return random.nextInt(3) > 0 ? new FlagChange(one, Flags.NONE) : new FlagChange(Flags.NONE, one);
  }

  private void perform(Operation.OnMessages operation) throws StoreException {
    tell("user: " + operation.getClass().getSimpleName() + " " + operation.messages() + "=" + names(operation.messages()) + target(operation));
    ticket = Optional.of(service.perform(operation));
  }

  private static String target(Operation.OnMessages operation) {
    return switch (operation) {
      case Operation.ChangeFlags change -> " " + change.change().add().imapNames() + " not " + change.change().remove().imapNames();
      case Operation.Move move -> " to " + move.to();
      case Operation.Copy copy -> " to " + copy.to();
      case Operation.Transfer transfer -> " to " + transfer.to();
      case Operation.Delete delete -> "";
    };
  }

  private void flag() throws StoreException {
    List<MessageKey> keys = some();
    FlagChange change = change(random, OURS);
    if (!keys.isEmpty()) {
      perform(new Operation.ChangeFlags(account, keys, change));
      keys.forEach(k -> expected.computeIfPresent(k, (x, e) -> new Expected(e.name(), e.folder(), e.ours().with(change))));
    }
  }

  private void move() throws StoreException {
    List<MessageKey> keys = some();
    if (!keys.isEmpty()) {
      FolderKey to = anyFolder();
      perform(new Operation.Move(account, keys, to));
      keys.forEach(k -> expected.computeIfPresent(k, (x, e) -> new Expected(e.name(), Optional.of(to), e.ours())));
    }
  }

  private void copyOrDelete() throws StoreException {
    List<MessageKey> keys = some();
    if (keys.isEmpty()) {
      return;
    }
    if (random.nextBoolean()) {
      copied.addAll(names(keys));
      perform(new Operation.Copy(account, keys, anyFolder()));
    } else {
      deleted.addAll(names(keys));
      perform(new Operation.Delete(account, keys));
      keys.forEach(k -> expected.computeIfPresent(k, (x, e) -> new Expected(e.name(), Optional.empty(), e.ours())));
    }
  }

  private String anyName() {
    // Where folders have lasting ids, a name may be used again; where they have none, nobody could tell.
    serialOfFolders++;
    return lastingIds && random.nextBoolean() ? "S" + random.nextInt(3) : "N" + serialOfFolders;
  }

  private void changeFolder() throws StoreException {
    List<Folder> all = disk.read(r -> r.folders(account));
    if (all.isEmpty()) {
      return;
    }
    Folder one = all.get(random.nextInt(all.size()));
    String name = anyName();
    FolderPath place = random.nextBoolean() ? FolderPath.of(name) : all.get(random.nextInt(all.size())).path().child(name);
    Operation.OnFolder operation = switch (random.nextInt(6)) {
      case 0, 1 -> new Operation.CreateFolder(account, place);
      case 2, 3 -> new Operation.RenameFolder(account, one.key(), place);
      case 4 -> new Operation.Subscribe(account, one.key(), !one.subscribed());
      default -> new Operation.DeleteFolder(account, one.key());
    };
    try {
      ticket = Optional.of(service.perform(operation));
      tell("user: " + operation + " of " + one.path());
      shownFolders = folders();
      Set<FolderKey> open = disk.read(r -> r.folders(account)).stream().filter(Folder::selectable).map(Folder::key).collect(Collectors.toSet());
      expected.values().removeIf(e -> e.folder().isPresent() && !open.contains(e.folder().get()));
    } catch (StoreException e) {
      tell("user: " + operation + " makes no sense"); // a folder in itself, two of one name, the inbox
    }
  }

  private Map<FolderKey, String> folders() throws StoreException {
    var all = new HashMap<FolderKey, String>();
    disk.read(r -> r.folders(account)).forEach(f -> all.put(f.key(), f.path().text()));
    return all;
  }

  private void undo() throws StoreException {
    if (ticket.isPresent() && service.undo(ticket.get())) {
      tell("user: undo");
      believeAll();
      shownFolders = folders();
    }
    ticket = Optional.empty();
  }

  // Other clients

  private void deliver() {
    serial++;
    server.deliver(anyPath(), "m" + serial, random.nextBoolean() ? Flags.NONE : Flags.of(Flag.SEEN));
  }

  private String anyPath() {
    List<String> all = server.openable();
    return all.get(random.nextInt(all.size()));
  }

  private void meddleWithFolders() {
    String path = anyPath();
    String name = anyName();
    foldersMeddled = true;
    switch (random.nextInt(4)) {
      case 0 -> {
        tell("other: makes " + name);
        server.create(FolderPath.of(name));
      }
      case 1 -> {
        if (!path.equals("INBOX") && server.paths().stream().noneMatch(p -> p.startsWith(path + "/"))) {
          tell("other: deletes folder " + path);
          server.mails(path).values().forEach(mail -> meddled.add(mail.name()));
          server.loseFolder(path);
        }
      }
      default -> {
        if (!path.equals("INBOX")) {
          tell("other: renames folder " + path + " to " + name + ": " + server.rename(path, name));
        }
      }
    }
  }

  private void meddle() {
    if (random.nextInt(8) == 0) {
      meddleWithFolders();
      return;
    }
    String folder = anyPath();
    List<Long> uids = new ArrayList<>(server.mails(folder).keySet());
    int what = random.nextInt(10);
    if (what == 0) {
      tell("server: renumbers " + folder);
      server.renumber(folder);
    } else if (what < 3 || uids.isEmpty()) {
      tell("server: new message");
      deliver();
    } else {
      meddle(what, folder, uids.get(random.nextInt(uids.size())));
    }
  }

  private void meddle(int what, String folder, long uid) {
    Mail mail = server.mails(folder).get(uid);
    if (what < 8 || mail.flags().has(Flag.DELETED)) {
      FlagChange change = change(random, THEIRS);
      tell("other: " + change + " on " + mail.name() + " in " + folder);
      server.change(folder, uid, change);
      return;
    }
    meddled.add(mail.name());
    if (what == 8) {
      String to = anyPath();
      tell("other: moves " + mail.name() + " from " + folder + " to " + to);
      server.move(folder, uid, to);
    } else {
      tell("other: deletes " + mail.name() + " in " + folder);
      server.expunge(folder, uid);
    }
  }

  // The network and the machine

  private void synchronise() throws Exception {
    refusedNow = false;
    boolean unseen = foldersMeddled;
    foldersMeddled = false;
    Set<String> waiting = queuedNames();
    server.interfere(weather());
    if (random.nextInt(4) == 0) {
      FaultyStore.Fault[] faults = FaultyStore.Fault.values();
      store.failAfter(random.nextInt(8), faults[random.nextInt(faults.length)]);
    }
    try {
      tell("synchronises: " + service.synchronise(new SyncRequest(account, Optional.empty(), SyncRequest.Bodies.POLICY), new NullProgressMonitor()));
    } catch (MailException | StoreException e) {
      tell("synchronising failed: " + e.getMessage());
      foldersMeddled |= unseen;
    } catch (FaultyStore.Death e) {
      tell("dies");
      foldersMeddled |= unseen;
    }
    server.interfere((call, moment) -> {});
    if (unseen || foldersMeddled || refusedNow) {
      believeAll();
      shownFolders = folders();
    }
    if (refusedNow) {
      // A server that does the first half of a move and refuses the second has two of it: that is what it is, and what is shown.
      doubtful.addAll(waiting);
      believeAll();
    }
    reopen();
  }

  private Set<String> queuedNames() throws StoreException {
    var names = new HashSet<String>();
    for (Queued entry : disk.read(r -> r.queue(account))) {
      names.addAll(names(entry.messages()));
    }
    return names;
  }

  private List<String> names(List<MessageKey> keys) throws StoreException {
    var names = new ArrayList<String>();
    for (MessageKey key : keys) {
      disk.read(r -> r.envelope(key)).ifPresent(e -> names.add(e.subject()));
    }
    return names;
  }

  /** What goes wrong during one synchronisation. */
  private ModelServer.Interference weather() {
    int kind = random.nextInt(4);
    int[] countdown = {random.nextInt(14)};
    return (call, moment) -> {
      if (countdown[0]-- != 0) {
        return;
      }
      switch (kind) {
        case 0 -> {
          tell("breaks at " + call + " " + moment);
          throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "cut", null);
        }
        case 1 -> {
          if (call.startsWith("perform") && moment == Moment.BEFORE) {
            tell("refuses " + call);
            refusedNow = true;
            throw new MailException.Refused("NO", "no", null);
          }
          countdown[0] = 1;
        }
        case 2 -> meddle();
        default -> tell("fair at " + call);
      }
    };
  }

  // What must hold

  /** Takes what is seen for what is wanted: after a refusal or an undo. */
  private void believeAll() throws StoreException {
    expected.clear();
  }

  /** At any time the user sees what he did to every message that nobody else moved or deleted. */
  private void compare() throws StoreException {
    assertEquals(List.of(), disk.check(new NullProgressMonitor()));
    assertEquals(shownFolders, folders(), "folders");
    Map<MessageKey, MessageSummary> seen = new HashMap<>();
    visible().forEach(m -> seen.put(m.key(), m));
    // What was marked as deleted before the rest was refused stays marked, and the mark hides what arrives elsewhere with it.
    expected.values().removeIf(e -> meddled.contains(e.name()) || doubtful.contains(e.name()));
    expected.forEach((key, wanted) -> {
      if (!copied.contains(wanted.name())) {
        compare(key, wanted, seen.get(key));
      }
    });
    copied.stream().filter(name -> !doubtful.contains(name)).forEach(name -> compareCopies(name, seen));
    seen.forEach((key, row) -> {
      if (!meddled.contains(row.subject()) && !doubtful.contains(row.subject())) {
        expected.putIfAbsent(key, new Expected(row.subject(), Optional.of(row.folder()), ours(row.flags())));
      }
    });
  }

  private static void compare(MessageKey key, Expected wanted, MessageSummary row) {
    Optional<FolderKey> folder = Optional.ofNullable(row).map(MessageSummary::folder);
    assertEquals(wanted.folder(), folder, "folder of message " + key + " (" + wanted.name() + ")");
    if (row != null) {
      assertEquals(wanted.ours().imapNames(), ours(row.flags()).imapNames(), "flags of message " + key + " (" + wanted.name() + ")");
    }
  }

  /** Copies are alike: which key is whose cannot always be told after a renumbering, but each folder must show as many. */
  private void compareCopies(String name, Map<MessageKey, MessageSummary> seen) {
    List<FolderKey> there = new ArrayList<>(seen.values().stream().filter(m -> m.subject().equals(name)).map(MessageSummary::folder).toList());
    for (Expected wanted : expected.values()) {
      if (wanted.name().equals(name) && wanted.folder().isPresent()) {
        assertTrue(there.remove(wanted.folder().get()), "no copy of " + name + " left in " + wanted.folder().get());
      }
    }
  }

  private static Flags ours(Flags flags) {
    Flags others = flags.with(new FlagChange(Flags.NONE, OURS));
    return flags.with(new FlagChange(Flags.NONE, others));
  }

  private void settleDown() throws Exception {
    tell("all is quiet");
    for (int i = 0; i < 3; i++) {
      refusedNow = false;
      tell("synchronises: " + service.synchronise(new SyncRequest(account, Optional.empty(), SyncRequest.Bodies.POLICY), new NullProgressMonitor()));
      if (foldersMeddled || refusedNow) {
        believeAll();
        shownFolders = folders();
      }
      foldersMeddled = false;
      compare();
    }
  }

  /** In the end the client shows what the server has, and nothing that only we touched is lost or doubled. */
  private void agree() throws StoreException {
    assertEquals(List.of(), disk.read(r -> r.queue(account)), "queue");
    assertEquals(Set.copyOf(server.paths()), Set.copyOf(folders().values()), "folders");
    Map<String, Integer> copies = new TreeMap<>();
    for (String path : server.paths()) {
      var there = new ArrayList<String>();
      server.mails(path).forEach((uid, mail) -> {
        if (!mail.flags().has(Flag.DELETED)) {
          there.add(uid + " " + mail.name() + " " + mail.flags().imapNames());
          copies.merge(mail.name(), 1, Integer::sum);
        }
      });
      there.sort(Comparator.naturalOrder());
      assertEquals(there, here(path), "messages in " + path);
    }
    for (int i = 1; i <= serial; i++) {
      String name = "m" + i;
      if (!meddled.contains(name) && !copied.contains(name) && !deleted.contains(name) && !server.lost().contains(name)) {
        int count = copies.getOrDefault(name, 0);
        assertTrue(count == 1 || count == 2 && doubtful.contains(name), "the server has " + count + " of " + name);
      }
    }
  }

  private List<String> here(String path) throws StoreException {
    Folder folder = disk.read(r -> r.folders(account)).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow();
    var here = new ArrayList<String>();
    for (MessageSummary row : disk.read(r -> r.summaries(r.list(Query.newestFirst(folder.key()))))) {
      var located = disk.read(r -> r.locate(List.of(row.key())));
      assertTrue(located.size() == 1 && located.get(0).id().isPresent(), "message " + row.key() + " (" + row.subject() + ") has no id");
      if (!row.flags().has(Flag.DELETED)) {
        here.add(located.get(0).id().get() + " " + row.subject() + " " + row.flags().imapNames());
      }
    }
    here.sort(Comparator.naturalOrder());
    return here;
  }
}
