/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
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
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Deposit;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.testing.InMemoryMailStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations on this store and on the small one in memory: after each they show the same, tell of the same changes, and the
 * store's own check finds nothing at the end. {@code -Dheliogram.seed=N} repeats one run.
 */
class SameAsInMemoryTest {
  private static final int STEPS = 120;
  private static final String[] MIRRORED = {"INBOX", "Archive", "Trash"};
  @TempDir
  private static Path home;
  private static DerbyMailStore derby;
  private Side left;
  private Side right;
  private final List<Long> pairs = new ArrayList<>(); // index is the name of a message; the keys are in the sides
  private Random random;
  private long nextId;

  /** One store, and what its keys are called. */
  private static final class Side {
    final MailStore store;
    final Map<Integer, MessageKey> keys = new HashMap<>();
    final Map<MessageKey, Integer> names = new HashMap<>();
    final List<Change> heard = new ArrayList<>();
    final List<Ticket> tickets = new ArrayList<>();
    AccountId account;
    AccountId home;

    Side(MailStore store) {
      this.store = store;
      store.subscribe(change -> heard.addAll(change.changes()));
    }

    /** Of both accounts. */
    List<Folder> folders() throws StoreException {
      return store.read(this::folders);
    }

    List<Folder> folders(StoreReader reader) throws StoreException {
      var all = new ArrayList<Folder>(reader.folders(account));
      all.addAll(reader.folders(home));
      return all;
    }

    /** Both queues in one. */
    List<Queued> queue(StoreReader reader) throws StoreException {
      var all = new ArrayList<Queued>(reader.queue(account));
      all.addAll(reader.queue(home));
      return all;
    }

    FolderKey folder(String path) throws StoreException {
      return store.read(reader -> folder(reader, path));
    }

    FolderKey folder(StoreReader reader, String path) throws StoreException {
      return folders(reader).stream().filter(f -> f.path().text().equals(path)).map(Folder::key).findFirst().orElseThrow();
    }

    AccountId owner(StoreReader reader, String path) throws StoreException {
      return folders(reader).stream().filter(f -> f.path().text().equals(path)).map(Folder::account).findFirst().orElseThrow();
    }

    String path(FolderKey key) throws StoreException {
      return store.read(r -> r.folder(key)).map(f -> f.path().text()).orElse("gone");
    }

    void name(int name, MessageKey key) {
      keys.put(name, key);
      names.put(key, name);
    }

    Set<MessageKey> everything() throws StoreException {
      var all = new TreeSet<MessageKey>((a, b) -> Long.compare(a.value(), b.value()));
      for (Folder folder : folders()) {
        all.addAll(store.read(r -> r.list(Query.newestFirst(folder.key()))));
      }
      return all;
    }
  }

  /** Something done to one side. */
  private interface Step {
    void run(StoreWriter writer, Side side) throws StoreException;
  }

  @BeforeAll
  static void openOnce() {
    derby = new DerbyMailStore(home);
  }

  @AfterAll
  static void closeOnce() {
    derby.close();
  }

  static List<Long> seeds() {
    String set = System.getProperty("heliogram.seed");
    return set != null ? List.of(Long.parseLong(set)) : java.util.stream.LongStream.rangeClosed(1, Integer.getInteger("heliogram.seeds", 8)).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomOperationsShowTheSame(long seed) throws Exception {
    random = new Random(seed);
    begin();

    for (int step = 0; step < STEPS; step++) {
      String what = step();
      String where = "seed " + seed + ", step " + step + ": " + what;
      pair(where);
      assertEquals(state(left), state(right), where);
      assertEquals(heard(left), heard(right), where);
      left.heard.clear();
      right.heard.clear();
    }

    assertEquals(List.of(), derby.check(new NullProgressMonitor()), "seed " + seed);
  }

  private void begin() throws StoreException {
    derby.write(writer -> {
      for (Account old : writer.accounts()) {
        writer.remove(old.id());
      }
      return null;
    });
    left = new Side(new InMemoryMailStore());
    right = new Side(derby);
    for (Side side : List.of(left, right)) {
      side.account = AccountId.create();
      side.store.write(writer -> {
        writer.put(new Account(side.account, "Work", "Ada", "ada@example.org", Protocol.IMAP,
            new Endpoint("mail.example.org", 993, Security.TLS, "ada"), Optional.empty(), AccountOptions.DEFAULT));
        writer.folders(side.account, folders(true));
        side.home = AccountId.create();
        writer.put(new Account(side.home, "Home", "Ada", "ada@example.net", Protocol.IMAP,
            new Endpoint("mail.example.net", 993, Security.TLS, "ada"), Optional.empty(), AccountOptions.DEFAULT));
        writer.folders(side.home, List.of(new RemoteFolder("Home", FolderPath.of("Home"), FolderRole.INBOX, Keeping.MIRRORED, true), mirrored("Away"),
            new RemoteFolder("Cellar", FolderPath.of("Cellar"), FolderRole.NONE, Keeping.LOCAL, true)));
        return null;
      });
      side.heard.clear();
    }
    pairs.clear();
    nextId = 1;
  }

  private static List<RemoteFolder> folders(boolean extra) {
    var all = new ArrayList<RemoteFolder>();
    for (String path : MIRRORED) {
      all.add(new RemoteFolder(path, FolderPath.of(path), path.equals("INBOX") ? FolderRole.INBOX : FolderRole.NONE, Keeping.MIRRORED, true));
    }
    if (extra) {
      all.add(new RemoteFolder("Extra", FolderPath.of("Extra"), FolderRole.NONE, Keeping.MIRRORED, true));
    }
    all.add(new RemoteFolder("Drop", FolderPath.of("Drop"), FolderRole.NONE, Keeping.DELIVERED, true));
    all.add(new RemoteFolder("Local", FolderPath.of("Local"), FolderRole.NONE, Keeping.LOCAL, true));
    return all;
  }

  private void both(Step step) throws StoreException {
    for (Side side : List.of(left, right)) {
      side.store.write(writer -> {
        step.run(writer, side);
        return null;
      });
    }
  }

  /** Does one random thing to both. @return what */
  private String step() throws StoreException, IOException {
    int dice = random.nextInt(100);
    if (dice < 3) {
      return deposit();
    }
    if (dice < 25) {
      return arrive();
    }
    if (dice < 52) {
      return operate();
    }
    if (dice < 60) {
      return operateOnFolder();
    }
    if (dice < 80) {
      return settle();
    }
    if (dice < 91) {
      return news();
    }
    return dice < 98 ? attach() : reshape();
  }

  private static NewMessage mail(long id, int name, Flags flags) {
    String messageId = name % 7 == 0 ? "" : "<m" + name % 40 + "@example.org>";
    Envelope envelope = new Envelope("message " + name % 40, List.of(new Address("A" + name % 40, "a@example.org")), List.of(), List.of(), List.of(),
        Optional.empty(), messageId, "", List.of());
    return new NewMessage(RemoteId.of(id), flags, Instant.ofEpochSecond(1_000_000 + name % 40), 100 + name % 40, false, envelope, Optional.empty());
  }

  private String arrive() throws StoreException {
    String folder = random.nextInt(5) == 0 ? "Drop" : anyMirrored();
    var messages = new ArrayList<NewMessage>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      messages.add(mail(nextId++, random.nextInt(60), random.nextBoolean() ? Flags.NONE : Flags.of(Flag.SEEN)));
    }
    boolean sweep = random.nextInt(4) == 0;
    SyncPlan plan = new SyncPlan(false, List.of(), Map.of(), messages, sweep, Optional.empty());
    both((writer, side) -> writer.apply(side.folder(folder), plan));
    return "arrive in " + folder + (sweep ? " with sweep" : "");
  }

  /** A folder that the server has. */
  private String anyMirrored() throws StoreException {
    List<String> there = left.folders().stream().filter(f -> f.keeping() == Keeping.MIRRORED && !f.remoteName().isEmpty())
        .map(f -> f.path().text()).toList();
    return there.get(random.nextInt(there.size()));
  }

  private Optional<Integer> anyMessage() throws StoreException {
    List<Integer> shown = left.everything().stream().map(left.names::get).toList();
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(random.nextInt(shown.size())));
  }

  private String operate() throws StoreException {
    Optional<Integer> name = anyMessage();
    if (name.isEmpty()) {
      return "nothing";
    }
    String from = left.path(left.store.read(r -> r.summaries(List.of(left.keys.get(name.get())))).get(0).folder());
    boolean mirrored = !Set.of("Drop", "Local", "Cellar").contains(from);
    int kind = random.nextInt(9);
    AccountId owner = left.store.read(r -> left.owner(r, from));
    List<String> targets = left.folders().stream().filter(Folder::selectable)
        .filter(f -> kind > 5 || f.keeping() == Keeping.MIRRORED == mirrored && f.account().equals(owner)).map(f -> f.path().text()).toList();
    String to = targets.get(random.nextInt(targets.size()));
    Flag flag = random.nextBoolean() ? Flag.SEEN : Flag.FLAGGED;
    both((writer, side) -> {
      List<MessageKey> keys = List.of(side.keys.get(name.get()));
      AccountId seen = side.owner(writer, from);
      Operation operation = switch (kind) {
        case 0, 1 -> new Operation.ChangeFlags(seen, keys, kind == 0 ? FlagChange.set(flag) : FlagChange.clear(flag));
        case 2, 3 -> new Operation.Move(seen, keys, side.folder(writer, to));
        case 4 -> new Operation.Copy(seen, keys, side.folder(writer, to));
        case 5 -> new Operation.Delete(seen, keys);
        default -> new Operation.Transfer(side.owner(writer, to), keys, side.folder(writer, to), kind < 8);
      };
      side.tickets.add(writer.enqueue(operation));
    });
    return "operation " + kind + " on " + name.get() + " to " + to;
  }

  /** What makes no sense is refused by both, or by none. */
  private String operateOnFolder() throws StoreException {
    List<String> all = left.store.read(r -> r.folders(left.account)).stream().map(f -> f.path().text()).toList();
    String path = all.get(random.nextInt(all.size()));
    String to = random.nextBoolean() ? "New" + random.nextInt(3) : all.get(random.nextInt(all.size())) + "/New" + random.nextInt(3);
    int kind = random.nextInt(6);
    var refused = new ArrayList<Boolean>();
    for (Side side : List.of(left, right)) {
      try {
        side.store.write(writer -> {
          side.tickets.add(writer.enqueue(switch (kind) {
            case 0, 1 -> new Operation.CreateFolder(side.account, FolderPath.parse(to), random(kind));
            case 2 -> new Operation.RenameFolder(side.account, side.folder(path), FolderPath.parse(to));
            case 3 -> new Operation.DeleteFolder(side.account, side.folder(path));
            default -> new Operation.Subscribe(side.account, side.folder(path), kind == 4);
          }));
          return null;
        });
        refused.add(false);
      } catch (StoreException e) {
        refused.add(true);
      }
    }
    assertEquals(refused.get(0), refused.get(1), "folder operation " + kind + " on " + path + " to " + to);
    return "folder operation " + kind + " on " + path + " to " + to + (refused.get(0) ? " refused" : "");
  }

  private static FolderRole random(int kind) {
    return kind == 0 ? FolderRole.NONE : FolderRole.TRASH;
  }

  /** What a server might say it has after an operation on a folder. */
  private static Optional<RemoteFolder> now(StoreReader reader, Queued entry, boolean there) throws StoreException {
    RemoteFolder old = reader.remote(entry.source());
    return switch (entry.operation()) {
      case Operation.CreateFolder create -> Optional.of(mirrored(create.path().text()));
      case Operation.RenameFolder rename -> there ? Optional.of(old.renamed(rename.to().text(), rename.to())) : Optional.empty();
      case Operation.DeleteFolder delete -> there
          ? Optional.of(new RemoteFolder(old.name(), old.path(), old.role(), old.keeping(), false)) : Optional.empty();
      case Operation.Subscribe subscribe -> Optional.empty();
      case Operation.OnMessages some -> Optional.empty();
    };
  }

  private static RemoteFolder mirrored(String path) {
    return new RemoteFolder(path, FolderPath.parse(path), FolderRole.NONE, Keeping.MIRRORED, true);
  }

  private String settle() throws StoreException {
    int size = left.store.read(left::queue).size();
    if (size == 0) {
      return "nothing";
    }
    int which = random.nextInt(3) > 0 ? 0 : random.nextInt(size);
    int how = random.nextInt(11);
    long receipt = random.nextInt(4) == 0 ? Math.max(1, nextId - 2) : nextId++;
    boolean withReceipt = random.nextBoolean();
    both((writer, side) -> {
      Queued entry = side.queue(writer).get(which);
      Map<MessageKey, RemoteId> receipts =
          withReceipt && !entry.messages().isEmpty() ? Map.of(entry.messages().get(0), RemoteId.of(receipt)) : Map.of();
      switch (how) {
        case 0, 1, 2 -> writer.settle(entry.sequence(), new Outcome.Done(receipts, now(writer, entry, withReceipt)));
        case 3 -> writer.settle(entry.sequence(), new Outcome.Moot());
        case 4 -> writer.settle(entry.sequence(), new Outcome.Rejected("no"));
        case 5 -> writer.settle(entry.sequence(), new Outcome.Postponed("later"));
        case 6 -> writer.withdraw(new Ticket(List.of(entry.sequence())));
        case 7 -> writer.withdraw(side.tickets.get(side.tickets.size() - 1));
        case 8 -> writer.settle(entry.sequence(), new Outcome.Partly(entry.messages().stream().limit(1)
            .collect(Collectors.toMap(key -> key, key -> Optional.ofNullable(receipts.get(key))))));
        case 9 -> writer.retry(entry.operation().account());
        default -> writer.attempt(entry.sequence());
      }
    });
    return "settle " + which + " by " + how + (withReceipt ? " with receipt " + receipt : "");
  }

  private String news() throws StoreException {
    String folder = random.nextInt(6) == 0 ? "Drop" : anyMirrored();
    List<RemoteId> known = left.store.read(r -> r.known(left.folder(folder))).messages().keySet().stream()
        .sorted((a, b) -> a.value().compareTo(b.value())).toList();
    boolean renumbered = random.nextInt(6) == 0;
    var vanished = known.stream().filter(id -> random.nextInt(4) == 0).toList();
    var flags = new HashMap<RemoteId, Flags>();
    known.stream().filter(id -> random.nextInt(3) == 0).forEach(id -> flags.put(id, random.nextBoolean() ? Flags.of(Flag.SEEN) : Flags.NONE));
    boolean sweep = random.nextBoolean();
    SyncPlan plan = new SyncPlan(renumbered, vanished, flags, List.of(), sweep, Optional.of(new SyncCursor("c" + nextId)));
    both((writer, side) -> writer.apply(side.folder(folder), plan));
    return "news in " + folder + (renumbered ? " renumbered" : "") + " vanished " + vanished + (sweep ? " sweep" : "");
  }

  private String attach() throws StoreException, IOException {
    Optional<Integer> name = anyMessage();
    if (name.isEmpty()) {
      return "nothing";
    }
    BodyState state = random.nextBoolean() ? BodyState.PARTIAL : BodyState.WHOLE;
    int size = random.nextInt(2000);
    for (Side side : List.of(left, right)) {
      StagedBody body = side.store.stage(new ByteArrayInputStream(new byte[size]), state);
      side.store.write(writer -> {
        writer.attach(side.keys.get(name.get()), body);
        return null;
      });
    }
    return "attach " + state + " to " + name.get();
  }

  /** A message made here. */
  private String deposit() throws StoreException, IOException {
    List<String> targets = left.folders().stream().filter(Folder::selectable).map(f -> f.path().text()).toList();
    String to = targets.get(random.nextInt(targets.size()));
    NewMessage made = mail(1, random.nextInt(60), Flags.of(Flag.DRAFT));
    for (Side side : List.of(left, right)) {
      StagedBody body = side.store.stage(new ByteArrayInputStream(new byte[(int) made.sizeInBytes()]), BodyState.WHOLE);
      side.store.write(writer -> side.tickets.add(writer.deposit(side.folder(writer, to),
          new Deposit(made.flags(), made.received(), false, made.envelope(), body))));
    }
    return "deposit in " + to;
  }

  /** The server lists what it had at first; or what it has, one more, one less, one under another name. */
  private String reshape() throws StoreException {
    boolean extra = random.nextBoolean();
    if (random.nextInt(3) == 0) {
      both((writer, side) -> writer.folders(side.account, folders(extra)));
      return "folders as at first " + (extra ? "with" : "without") + " Extra";
    }
    List<String> names = left.store.read(r -> r.folders(left.account)).stream().map(Folder::remoteName).filter(n -> !n.isEmpty()).toList();
    String name = names.get(random.nextInt(names.size()));
    String other = "New" + random.nextInt(3);
    int what = random.nextInt(4);
    both((writer, side) -> {
      var listed = new ArrayList<RemoteFolder>();
      var renamed = new HashMap<FolderKey, String>();
      for (Folder folder : writer.folders(side.account)) {
        RemoteFolder remote = writer.remote(folder.key());
        boolean fixed = remote.keeping() != Keeping.MIRRORED || remote.role() == FolderRole.INBOX;
        if (!folder.remoteName().isEmpty() && (fixed || what != 0 || !remote.name().equals(name))) {
          boolean change = !fixed && what == 1 && remote.name().equals(name) && !names.contains(other);
          listed.add(change ? remote.renamed(other, FolderPath.parse(other)) : remote);
          if (change) {
            renamed.put(folder.key(), other);
          }
        }
      }
      if (what == 2 && !names.contains(other)) {
        listed.add(mirrored(other));
      }
      writer.folders(side.account, listed, renamed);
    });
    return "folders " + what + " " + name + " " + other;
  }

  /** Gives what is new on both sides a common name: a step makes new messages in the same order on both. */
  private void pair(String where) throws StoreException {
    List<MessageKey> fresh = left.everything().stream().filter(key -> !left.names.containsKey(key)).toList();
    List<MessageKey> other = right.everything().stream().filter(key -> !right.names.containsKey(key)).toList();
    assertEquals(fresh.size(), other.size(), where);
    for (int i = 0; i < fresh.size(); i++) {
      int name = pairs.size();
      pairs.add((long) name);
      left.name(name, fresh.get(i));
      right.name(name, other.get(i));
    }
  }

  /** All a reader sees, in words that are the same on both sides. */
  private static String state(Side side) throws StoreException {
    return side.store.read(reader -> {
      var text = new StringBuilder();
      for (Folder folder : side.folders(reader)) {
        text.append(folder.path()).append(' ').append(folder.role()).append(folder.selectable()).append(folder.subscribed())
            .append(folder.pending()).append(folder.remoteName()).append(' ').append(folder.total()).append('/').append(folder.unread()).append(' ')
            .append(new TreeMap<>(known(reader, folder))).append(reader.known(folder.key()).cursor()).append(reader.known(folder.key()).waiting()).append('\n');
        for (MessageSummary row : reader.summaries(reader.list(Query.newestFirst(folder.key())))) {
          text.append("  ").append(side.names.get(row.key())).append(' ').append(row.subject()).append(' ').append(row.flags()).append(' ')
              .append(row.queued()).append(' ').append(row.body()).append(' ').append(located(reader, row.key())).append('\n');
        }
      }
      for (Queued entry : side.queue(reader)) {
        text.append(entry.operation().getClass().getSimpleName()).append(entry.messages().stream().map(side.names::get).toList())
            .append(reader.remote(entry.source()).path()).append(entry.attempts()).append(entry.attempted())
            .append(entry.waiting()).append(entry.standing()).append(entry.missing()).append(entry.copies().stream().map(side.names::get).toList())
            .append('\n');
      }
      return text.toString();
    });
  }

  private static Map<String, Flags> known(StoreReader reader, Folder folder) throws StoreException {
    Known known = reader.known(folder.key());
    Map<RemoteId, Flags> messages = known.messages();
    assertEquals(messages.size(), known.size(), "count of " + folder.path());
    assertEquals(messages, reader.known(folder.key()).among(messages.keySet()));
    return messages.entrySet().stream().collect(Collectors.toMap(e -> e.getKey().value(), Map.Entry::getValue));
  }

  private static String located(StoreReader reader, MessageKey key) throws StoreException {
    var found = reader.locate(List.of(key));
    return found.isEmpty() ? "nowhere" : reader.remote(found.get(0).serverFolder()).path() + "/" + found.get(0).id();
  }

  private static Set<String> heard(Side side) throws StoreException {
    var words = new TreeSet<String>();
    for (Change change : side.heard) {
      words.add(switch (change) {
        case Change.MessagesAdded added -> "added " + side.path(added.folder()) + names(side, added.messages());
        case Change.MessagesRemoved removed -> "removed " + side.path(removed.folder()) + names(side, removed.messages());
        case Change.MessagesChanged changed -> "changed " + side.path(changed.folder()) + names(side, changed.messages()) + changed.aspects();
        case Change.FolderChanged folder -> "folder " + side.path(folder.folder());
        case Change.FoldersChanged folders -> "folders";
        case Change.QueueChanged queue -> "queue";
        case Change.AccountsChanged accounts -> "accounts";
      });
    }
    return words;
  }

  private static Set<Integer> names(Side side, List<MessageKey> keys) {
    return keys.stream().map(side.names::get).collect(Collectors.toCollection(TreeSet::new));
  }
}
