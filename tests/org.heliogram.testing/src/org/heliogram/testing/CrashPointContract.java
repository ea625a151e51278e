/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.RemoteFolder;
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
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation, with the process dying before and after each step: each transaction of the store and each thing said to or heard from
 * the server. The next process must bring about exactly what the user had asked for, and the one after that must find nothing to do.
 *
 * <p>A sample of the points is tried, always the same; {@code -Dheliogram.crashpoints=all} tries all of them.
 */
public abstract class CrashPointContract {
  private static final boolean ALL = "all".equals(System.getProperty("heliogram.crashpoints"));

  protected abstract TrialFrame frame();

  /** How many points for each that is tried. */
  protected abstract int oneIn();

  /** Where a process dies. */
  private enum Where { NOWHERE, BEFORE_TRANSACTION, AFTER_TRANSACTION, AT_THE_SERVER }

  /** What must be in each folder: names with the flags of each. */
  private static final class Expected {
    final Map<String, List<String>> folders = new TreeMap<>();

    final Set<String> subscribed = new TreeSet<>();

    Expected(ModelServer server) {
      server.openable().forEach(folder -> folders.put(folder, shown(server, folder)));
      subscribed.addAll(subscribed(server));
    }

    static Set<String> subscribed(ModelServer server) {
      return server.folders().stream().filter(RemoteFolder::subscribed).map(RemoteFolder::name).collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> shown(ModelServer server, String folder) {
      var all = new ArrayList<String>();
      server.mails(folder).values().stream().filter(mail -> !mail.flags().has(Flag.DELETED)).forEach(mail -> all.add(line(mail.name(), mail.flags())));
      Collections.sort(all);
      return all;
    }

    static String line(String name, Flags flags) {
      return name + ' ' + flags.imapNames();
    }

    private String take(String name, String from) {
      String found = folders.get(from).stream().filter(line -> line.startsWith(name + ' ')).findFirst().orElseThrow();
      folders.get(from).remove(found);
      return found;
    }

    private void put(String line, String into) {
      folders.get(into).add(line);
      Collections.sort(folders.get(into));
    }

    void moved(String name, String from, String to) {
      put(take(name, from), to);
    }

    void copied(String name, String from, String to) {
      String line = take(name, from);
      put(line, from);
      put(line, to);
    }

    void deleted(String name, String from) {
      take(name, from);
    }

    void made(String folder) {
      folders.put(folder, new ArrayList<>());
      subscribed.add(folder);
    }

    void renamed(String from, String to) {
      for (String folder : List.copyOf(folders.keySet())) {
        if (folder.equals(from) || folder.startsWith(from + '/')) {
          String now = to + folder.substring(from.length());
          folders.put(now, folders.remove(folder));
          if (subscribed.remove(folder)) {
            subscribed.add(now);
          }
        }
      }
    }

    void removed(String folder) {
      folders.remove(folder);
      subscribed.remove(folder);
    }

    void flagged(String name, String in) {
      take(name, in);
      put(line(name, Flags.of(Flag.SEEN)), in);
    }
  }

  /** One thing the user or somebody else does, and what follows from it. */
  private record Step(Action action, Effect effect) {
    interface Action {
      void run(Process process) throws StoreException;
    }

    interface Effect {
      void on(Expected expected);
    }
  }

  private static Step flag(String name, String in) {
    return new Step(p -> p.perform(new Operation.ChangeFlags(p.account, p.keys(in, name), FlagChange.set(Flag.SEEN))), e -> e.flagged(name, in));
  }

  private static Step move(String name, String from, String to) {
    return new Step(p -> p.perform(new Operation.Move(p.account, p.keys(from, name), p.folder(to))), e -> e.moved(name, from, to));
  }

  private static Step copy(String name, String from, String to) {
    return new Step(p -> p.perform(new Operation.Copy(p.account, p.keys(from, name), p.folder(to))), e -> e.copied(name, from, to));
  }

  private static Step delete(String name, String from) {
    return new Step(p -> p.perform(new Operation.Delete(p.account, p.keys(from, name))), e -> e.deleted(name, from));
  }

  private static Step make(String folder) {
    return new Step(p -> p.perform(new Operation.CreateFolder(p.account, FolderPath.parse(folder))), e -> e.made(folder));
  }

  private static Step rename(String from, String to) {
    return new Step(p -> p.perform(new Operation.RenameFolder(p.account, p.folder(from), FolderPath.parse(to))), e -> e.renamed(from, to));
  }

  private static Step remove(String folder) {
    return new Step(p -> p.perform(new Operation.DeleteFolder(p.account, p.folder(folder))), e -> e.removed(folder));
  }

  private static Step unsubscribe(String folder) {
    return new Step(p -> p.perform(new Operation.Subscribe(p.account, p.folder(folder), false)), e -> e.subscribed.remove(folder));
  }

  /** Two more folders, one in the other. */
  private static void withWork(ModelServer server) {
    for (String path : List.of("Work", "Work/Inner")) {
      server.folder(path, FolderRole.NONE, Keeping.MIRRORED).deliver(path, "in " + path);
    }
  }

  /** Somebody else, on the server. */
  private static Step other(Consumer<ModelServer> what, Step.Effect effect) {
    return new Step(p -> what.accept(p.server), effect);
  }

  private static Step renumber(String folder) {
    return other(server -> server.renumber(folder), e -> { });
  }

  private static long uid(ModelServer server, String folder, String name) {
    return server.mails(folder).entrySet().stream().filter(e -> e.getValue().name().equals(name)).findFirst().orElseThrow().getKey();
  }

  /** What is done. */
  enum Scenario {
    NOTHING(),
    FLAG(flag("a", "INBOX"), flag("b", "INBOX")),
    MOVE(move("a", "INBOX", "Archive"), move("b", "INBOX", "Archive")),
    COPY(copy("a", "INBOX", "Archive")),
    COPY_IN_PLACE(copy("a", "INBOX", "INBOX")),
    DELETE(delete("b", "INBOX")),
    FLAG_AND_MOVE(flag("a", "INBOX"), move("a", "INBOX", "Trash")),
    MOVE_AND_FLAG(move("a", "INBOX", "Trash"), flag("a", "Trash")),
    MOVE_ON(move("a", "INBOX", "Archive"), move("a", "Archive", "Trash")),
    MOVE_BACK(move("a", "INBOX", "Archive"), move("a", "Archive", "INBOX")),
    MOVE_AND_DELETE(move("a", "INBOX", "Trash"), delete("a", "Trash")),
    COPY_AND_MOVE(copy("a", "INBOX", "Archive"), move("a", "INBOX", "Trash")),
    FLAG_RENUMBERED(flag("a", "INBOX"), renumber("INBOX")),
    MOVE_RENUMBERED(move("a", "INBOX", "Archive"), renumber("INBOX"), renumber("Archive")),
    COPY_RENUMBERED(copy("a", "INBOX", "Archive"), renumber("INBOX"), renumber("Archive")),
    DELETE_RENUMBERED(delete("a", "INBOX"), renumber("INBOX")),
    NEWS(other(s -> s.deliver("INBOX", "n"), e -> e.put(Expected.line("n", Flags.NONE), "INBOX")),
        other(s -> s.change("INBOX", uid(s, "INBOX", "a"), FlagChange.set(Flag.SEEN)), e -> e.flagged("a", "INBOX")),
        other(s -> s.expunge("INBOX", uid(s, "INBOX", "b")), e -> e.deleted("b", "INBOX")),
        other(s -> s.move("INBOX", uid(s, "INBOX", "c"), "Archive"), e -> e.moved("c", "INBOX", "Archive"))),
    NEWS_AND_MOVE(other(s -> s.deliver("INBOX", "n"), e -> e.put(Expected.line("n", Flags.NONE), "INBOX")), move("a", "INBOX", "Archive"),
        other(s -> s.expunge("INBOX", uid(s, "INBOX", "b")), e -> e.deleted("b", "INBOX"))),
    MAKE(make("New"), make("New/Inner")),
    MAKE_AND_FILL(make("New"), move("a", "INBOX", "New"), copy("b", "INBOX", "New")),
    MAKE_AND_RENAME(make("New"), move("a", "INBOX", "New"), rename("New", "Newer")),
    MAKE_AND_REMOVE(make("New"), move("a", "INBOX", "New"), move("a", "New", "Archive"), remove("New")),
    RENAME(CrashPointContract::withWork, rename("Work", "Old"), flag("in Work/Inner", "Old/Inner")),
    RENAME_INTO(CrashPointContract::withWork, move("a", "INBOX", "Work"), rename("Work/Inner", "Archive/Inner"), rename("Work", "Archive/Work")),
    RENAME_BACK(CrashPointContract::withWork, rename("Work", "Old"), rename("Old", "Work")),
    RENAME_AND_MOVE(CrashPointContract::withWork, rename("Work/Inner", "Old"), move("in Work/Inner", "Old", "INBOX"), move("a", "INBOX", "Old")),
    RENAME_RENUMBERED(CrashPointContract::withWork, flag("in Work/Inner", "Work/Inner"), rename("Work/Inner", "Old"), renumber("Work/Inner")),
    REMOVE(CrashPointContract::withWork, remove("Work/Inner"), remove("Work")),
    REMOVE_EMPTIED(CrashPointContract::withWork, move("in Work/Inner", "Work/Inner", "Work"), remove("Work/Inner")),
    REMOVE_AND_MAKE(CrashPointContract::withWork, remove("Work/Inner"), make("Work/Inner"), move("a", "INBOX", "Work/Inner")),
    UNSUBSCRIBE(CrashPointContract::withWork, unsubscribe("Work/Inner"), rename("Work", "Old"));

    private final Consumer<ModelServer> before;
    private final List<Step> steps;

    Scenario(Step... steps) {
      this(server -> { }, steps);
    }

    Scenario(Consumer<ModelServer> before, Step... steps) {
      this.before = before;
      this.steps = List.of(steps);
    }
  }

  /** A client from its start to its death. */
  private final class Process {
    private final AccountId account;
    private final ModelServer server;
    private final FaultyStore store;
    private final MailService service;

    Process(AccountId account, ModelServer server, MailStore disk, CredentialStore credentials) {
      this.account = account;
      this.server = server;
      this.store = new FaultyStore(disk);
      this.service = frame().service(store, new PlainCodec(), credentials, server);
    }

    void perform(Operation operation) throws StoreException {
      service.perform(operation);
    }

    FolderKey folder(String path) throws StoreException {
      return store.read(r -> r.folders(account)).stream().filter(f -> f.path().text().equals(path)).map(Folder::key).findFirst().orElseThrow();
    }

    Set<String> folders(Predicate<Folder> wanted) throws StoreException {
      return store.read(r -> r.folders(account)).stream().filter(wanted).map(f -> f.path().text()).collect(Collectors.toCollection(TreeSet::new));
    }

    List<MessageKey> keys(String path, String name) throws StoreException {
      FolderKey key = folder(path);
      return store.read(r -> r.summaries(r.list(Query.newestFirst(key)))).stream().filter(row -> row.subject().equals(name)).map(MessageSummary::key).toList();
    }

    SyncResult synchronise() throws Exception {
      return service.synchronise(new SyncRequest(account, Optional.empty(), SyncRequest.Bodies.POLICY), new NullProgressMonitor());
    }

    /** What the user sees, with the ids of the server. */
    List<String> seen(String path) throws StoreException {
      FolderKey key = folder(path);
      var all = new ArrayList<String>();
      for (MessageSummary row : store.read(r -> r.summaries(r.list(Query.newestFirst(key))))) {
        String id = store.read(r -> r.locate(List.of(row.key()))).get(0).id().map(there -> there.value()).orElse("without an id");
        all.add(id + ' ' + Expected.line(row.subject(), row.flags()));
      }
      Collections.sort(all);
      return all;
    }
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void theNextProcessBringsAboutWhatWasAskedFor(Scenario scenario) throws Exception {
    int tried = 0;
    int number = scenario.ordinal();
    List<ModelServer.Kind> kinds = List.of(ModelServer.Kind.values());
    for (ModelServer.Kind kind : ALL || oneIn() < 10 ? kinds : kinds.subList(scenario.ordinal() % kinds.size(), scenario.ordinal() % kinds.size() + 1)) {
      Map<Where, Integer> points = points(scenario, kind);
      for (Where where : Where.values()) {
        for (int point = 0; point < points.get(where); point++) {
          if (ALL || number++ % oneIn() == 0) {
            assertEquals(where != Where.NOWHERE, run(scenario, kind, where, point), () -> "there is a point less than before: " + scenario + " on " + kind + ", " + where);
            tried++;
          }
        }
      }
    }
    assertTrue(tried > 0);
  }

  /** How many there are, from a run in which nobody dies. */
  private Map<Where, Integer> points(Scenario scenario, ModelServer.Kind kind) throws Exception {
    var counted = new EnumMap<Where, Integer>(Where.class);
    run(scenario, kind, Where.NOWHERE, 0, counted);
    return counted;
  }

  private boolean run(Scenario scenario, ModelServer.Kind kind, Where where, int point) throws Exception {
    return run(scenario, kind, where, point, new EnumMap<>(Where.class));
  }

  /** @return whether there was such a point */
  private boolean run(Scenario scenario, ModelServer.Kind kind, Where where, int point, Map<Where, Integer> points) throws Exception {
    String what = scenario + " on " + kind + ", death " + where + " " + point;
    var server = new ModelServer(kind);
    server.folder("INBOX", FolderRole.INBOX, Keeping.MIRRORED).folder("Archive", FolderRole.ARCHIVE, Keeping.MIRRORED)
        .folder("Trash", FolderRole.TRASH, Keeping.MIRRORED);
    List.of("a", "b", "c").forEach(name -> server.deliver("INBOX", name));
    server.deliver("Archive", "d");
    scenario.before.accept(server);
    var credentials = new InMemoryCredentials();
    AccountId account = AccountId.create();
    MailStore disk = frame().store();
    var process = new Process(account, server, disk, credentials);
    process.service.add(new Account(account, "Crash " + account, "", "", Protocol.IMAP, new Endpoint("localhost", 993, Security.TLS, "x"), Optional.empty(),
        new AccountOptions(Duration.ZERO, false, BodyPolicy.HEADERS)), Optional.of(new Credentials("secret")), Optional.empty());
    process.synchronise();
    var expected = new Expected(server);
    boolean died = die(scenario, process, where, point, expected, points);
    frame().close(process.service);
    server.interfere((call, moment) -> { });
    var next = new Process(account, server, disk, credentials);
    try {
      next.synchronise();
      next.synchronise();
      check(what, next, expected);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
    next.service.remove(account, new NullProgressMonitor());
    frame().close(next.service);
    return died;
  }

  private static boolean die(Scenario scenario, Process process, Where where, int point, Expected expected, Map<Where, Integer> points)
      throws Exception {
    int before = process.store.transactions();
    int[] moments = {0};
    process.server.interfere((call, moment) -> moments[0]++);
    switch (where) {
      case BEFORE_TRANSACTION -> process.store.failAfter(point, FaultyStore.Fault.DIES_BEFORE);
      case AFTER_TRANSACTION -> process.store.failAfter(point, FaultyStore.Fault.DIES_AFTER);
      case NOWHERE -> { }
      case AT_THE_SERVER -> {
        int[] countdown = {point};
        process.server.interfere((call, moment) -> {
          if (countdown[0]-- == 0) {
            throw process.store.die();
          }
        });
      }
    }
    for (Step step : scenario.steps) {
      try {
        step.action().run(process);
        step.effect().on(expected);
      } catch (FaultyStore.Death e) {
        if (where == Where.AFTER_TRANSACTION) {
          step.effect().on(expected); // It was on disk.
        }
        return true;
      }
    }
    try {
      process.synchronise();
      int transactions = process.store.transactions() - before;
      points.putAll(Map.of(Where.NOWHERE, 1, Where.BEFORE_TRANSACTION, transactions, Where.AFTER_TRANSACTION, transactions, Where.AT_THE_SERVER, moments[0]));
      return false;
    } catch (FaultyStore.Death e) {
      return true;
    }
  }

  private static void check(String what, Process process, Expected expected) throws Exception {
    var server = new HashMap<String, List<String>>();
    assertEquals(expected.folders.keySet(), Set.copyOf(process.server.openable()), () -> what + ": the server's folders");
    assertEquals(expected.folders.keySet(), process.folders(Folder::selectable), () -> what + ": the folders seen");
    assertEquals(expected.subscribed, Expected.subscribed(process.server), () -> what + ": subscribed on the server");
    assertEquals(expected.subscribed, process.folders(Folder::subscribed), () -> what + ": subscribed here");
    for (String folder : expected.folders.keySet()) {
      assertEquals(expected.folders.get(folder), Expected.shown(process.server, folder), () -> what + ": on the server in " + folder);
      var there = new ArrayList<String>();
      process.server.mails(folder).entrySet().stream().filter(e -> !e.getValue().flags().has(Flag.DELETED))
          .forEach(e -> there.add(e.getKey() + " " + Expected.line(e.getValue().name(), e.getValue().flags())));
      Collections.sort(there);
      server.put(folder, there);
      assertEquals(there, process.seen(folder).stream().filter(line -> !line.contains(Flag.DELETED.imapName())).toList(), () -> what + ": seen in " + folder);
    }
    assertEquals(List.of(), process.store.read(r -> r.queue(process.account)), () -> what + ": the queue");
    process.server.forgetCalls();
    SyncResult again = process.synchronise();
    assertEquals(0, again.added() + again.changed() + again.removed() + again.operations(), () -> what + ": the second time did " + again);
    assertTrue(Set.of("open", "folders", "news").containsAll(process.server.calls()), () -> what + ": the second time said " + process.server.calls());
    assertEquals(List.of(), process.store.check(new NullProgressMonitor()), () -> what + ": the store");
    for (String folder : expected.folders.keySet()) {
      assertEquals(server.get(folder), process.seen(folder).stream().filter(line -> !line.contains(Flag.DELETED.imapName())).toList(),
          () -> what + ": seen the second time in " + folder);
    }
  }
}
