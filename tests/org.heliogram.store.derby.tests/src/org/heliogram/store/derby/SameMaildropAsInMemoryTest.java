/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
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
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Taken;
import org.heliogram.testing.InMemoryMailStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random plans for a maildrop on this store and on the small one in memory: after each they know the same of it and would delete the same.
 * {@code -Dheliogram.seed=N} repeats one run.
 */
class SameMaildropAsInMemoryTest {
  private static final int STEPS = 80;
  private static final int IDS = 30;
  @TempDir
  private static Path home;
  private static DerbyMailStore derby;
  private Random random;
  private Instant now;

  /** One store. Messages are called by their subjects, which are unique. */
  private static final class Side {
    final MailStore store;
    AccountId account;
    AccountId host;

    Side(MailStore store) {
      this.store = store;
    }

    FolderKey folder(AccountId of, String path) throws StoreException {
      return store.read(r -> r.folders(of)).stream().filter(f -> f.path().text().equals(path)).map(Folder::key).findFirst().orElseThrow();
    }

    FolderKey maildrop() throws StoreException {
      return folder(account, "INBOX");
    }

    Map<String, MessageSummary> messages() throws StoreException {
      var all = new TreeMap<String, MessageSummary>();
      for (AccountId one : List.of(account, host)) {
        for (Folder folder : store.read(r -> r.folders(one))) {
          store.read(r -> r.summaries(r.list(Query.newestFirst(folder.key())))).forEach(row -> all.put(row.subject(), row));
        }
      }
      return all;
    }

    private String name(Map<String, MessageSummary> messages, Optional<MessageKey> key) {
      return messages.entrySet().stream().filter(e -> key.equals(Optional.of(e.getValue().key()))).map(Map.Entry::getKey).findFirst()
          .orElse(key.isPresent() ? "deleted" : "none");
    }

    List<String> knows() throws StoreException {
      Map<String, MessageSummary> messages = messages();
      FolderKey box = maildrop();
      var lines = new ArrayList<String>();
      for (Taken one : store.read(r -> r.taken(box))) {
        lines.add("taken " + one.id() + " as " + name(messages, one.message()) + " gone " + one.gone() + " " + one.print());
      }
      store.read(r -> r.overdue(box)).forEach(one -> lines.add("overdue " + one.id()));
      for (var message : messages.entrySet()) {
        lines.add(message.getKey() + " " + message.getValue().body() + " " + store.read(r -> r.serverCopy(message.getValue().key()))
            .map(copy -> copy.there() + " " + copy.leaving() + " " + copy.until()));
      }
      lines.add("cursor " + store.read(r -> r.cursor(box)));
      return lines.stream().sorted().toList();
    }
  }

  /** Something done to one side. */
  private interface Step {
    void run(StoreWriter writer, Side side) throws StoreException, IOException;
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
    return set != null ? List.of(Long.parseLong(set)) : LongStream.rangeClosed(1, 8).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomPlansLeaveTheSameKnown(long seed) throws Exception {
    random = new Random(seed);
    now = Instant.parse("2026-11-23T08:00:00Z");
    List<Side> sides = List.of(new Side(new InMemoryMailStore()), new Side(derby));
    for (Side side : sides) {
      side.account = AccountId.create();
      side.host = AccountId.create();
    }
    both(sides, (writer, side) -> {
      for (Account old : writer.accounts()) {
        writer.remove(old.id());
      }
      account(writer, side.account, "guest " + seed);
      account(writer, side.host, "host " + seed);
    });

    for (int step = 0; step < STEPS; step++) {
      String what = step(sides, step);
      assertEquals(sides.get(0).knows(), sides.get(1).knows(), "seed " + seed + ", step " + step + ": " + what);
    }

    assertEquals(List.of(), derby.check(new NullProgressMonitor()), "seed " + seed);
  }

  private static void account(StoreWriter writer, AccountId id, String label) throws StoreException {
    writer.put(new Account(id, label, "", "ada@example.org", Protocol.POP3, new Endpoint("mail.example.org", 995, Security.TLS, label),
        Optional.empty(), AccountOptions.DEFAULT));
    writer.folders(id, List.of(new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.DELIVERED, true),
        new RemoteFolder("local:kept", FolderPath.of("Kept"), FolderRole.NONE, Keeping.LOCAL, true)));
  }

  private static void both(List<Side> sides, Step step) throws StoreException {
    for (Side side : sides) {
      side.store.write(writer -> {
        try {
          step.run(writer, side);
        } catch (IOException e) {
          throw new StoreException("staging", e);
        }
        return null;
      });
    }
  }

  private RemoteId anyId() {
    return new RemoteId("id" + random.nextInt(IDS));
  }

  private String step(List<Side> sides, int number) throws StoreException, IOException {
    return switch (random.nextInt(8)) {
      case 0, 1 -> take(sides, number);
      case 2 -> there(sides);
      case 3 -> rename(sides);
      case 4 -> session(sides);
      case 5 -> options(sides);
      default -> operate(sides);
    };
  }

  private String take(List<Side> sides, int number) throws StoreException, IOException {
    RemoteId id = anyId();
    RemoteId bare = anyId();
    boolean shared = random.nextInt(3) == 0;
    BodyState state = random.nextInt(4) == 0 ? BodyState.PARTIAL : BodyState.WHOLE;
    var prints = Map.of(id, new Fingerprint(number, "h" + number));
    boolean both = random.nextInt(4) == 0 && !bare.equals(id);
    for (Side side : sides) {
      StagedBody body = side.store.stage(new ByteArrayInputStream(("text " + number).getBytes()), state);
      Envelope envelope = new Envelope("message " + number, List.of(), List.of(), List.of(), List.of(), Optional.empty(), "<" + number + "@x>", "", List.of());
      var message = new NewMessage(id, Flags.NONE, Instant.ofEpochSecond(number), 100, false, envelope, Optional.of(body));
      FolderKey inbox = shared ? side.folder(side.host, "INBOX") : side.maildrop();
      both(List.of(side), (writer, s) -> writer.apply(s.maildrop(), MaildropPlan.taking(inbox, List.of(message), prints)));
    }
    if (both) {
      both(sides, (writer, side) -> writer.apply(side.maildrop(), MaildropPlan.taking(side.maildrop(), List.of(), Map.of(bare, Fingerprint.ofSize(number)))));
    }
    return "take " + id + (shared ? " into the shared inbox" : "") + (both ? " and know " + bare : "");
  }

  private String there(List<Side> sides) throws StoreException {
    RemoteId id = anyId();
    boolean there = random.nextBoolean();
    both(sides, (writer, side) -> writer.apply(side.maildrop(), MaildropPlan.seen(side.maildrop(), Map.of(id, there))));
    return id + " there " + there;
  }

  /** To an id that is free, as it would be: another cannot be listed twice. */
  private String rename(List<Side> sides) throws StoreException {
    RemoteId forgotten = anyId();
    RemoteId old = anyId();
    RemoteId renamed = new RemoteId("new" + random.nextInt(1_000_000));
    boolean forget = random.nextBoolean();
    both(sides, (writer, side) -> writer.apply(side.maildrop(), new MaildropPlan(forget ? List.of(forgotten) : List.of(), Map.of(old, renamed), Map.of(),
        side.maildrop(), List.of(), Map.of(), Optional.empty(), Optional.empty())));
    return (forget ? "forget " + forgotten + " and " : "") + "rename " + old + " to " + renamed;
  }

  private String session(List<Side> sides) throws StoreException {
    now = now.plus(Duration.ofHours(random.nextInt(12) == 0 ? random.nextInt(40_000) - 20_000 : random.nextInt(60)));
    var ended = new MaildropPlan.Session(now, Duration.ofDays(3));
    both(sides, (writer, side) -> writer.apply(side.maildrop(), MaildropPlan.ended(side.maildrop(), ended, new SyncCursor(now.toString()))));
    return "session at " + now;
  }

  private String options(List<Side> sides) throws StoreException {
    Leaving leaving = Leaving.values()[random.nextInt(Leaving.values().length)];
    int days = 1 + random.nextInt(5);
    both(sides, (writer, side) -> {
      Account account = writer.account(side.account).orElseThrow();
      writer.put(account.withOptions(account.options().withMaildrop(MaildropOptions.DEFAULT.withLeaving(leaving, days))));
    });
    return leaving + " " + days;
  }

  private String operate(List<Side> sides) throws StoreException {
    List<String> all = List.copyOf(sides.get(0).messages().keySet());
    if (all.isEmpty()) {
      return "nothing";
    }
    String name = all.get(random.nextInt(all.size()));
    int kind = random.nextInt(4);
    String to = random.nextBoolean() ? "INBOX" : "Kept";
    for (Side side : sides) {
      MessageSummary row = side.messages().get(name);
      FolderKey target = side.folder(row.account(), to);
      both(List.of(side), (writer, s) -> writer.enqueue(switch (kind) {
        case 0 -> new Operation.ChangeFlags(row.account(), List.of(row.key()), FlagChange.set(Flag.FLAGGED));
        case 1 -> new Operation.ChangeFlags(row.account(), List.of(row.key()), FlagChange.clear(Flag.FLAGGED));
        case 2 -> new Operation.Move(row.account(), List.of(row.key()), target);
        default -> new Operation.Delete(row.account(), List.of(row.key()));
      }));
    }
    return "operation " + kind + " on " + name + " to " + to;
  }
}
