/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Of every important write the first, second, third ... call to the database fails, until none does: each time nothing was done, and nobody was told. */
class FaultyDatabaseTest {
  @TempDir
  private static Path home;
  private static final FaultyConnections FAULTS = new FaultyConnections();
  private static DerbyMailStore store;
  private static long number;

  /** A write, given what it writes to. */
  private interface Write {
    void run(StoreWriter writer, List<MessageKey> inbox) throws StoreException;
  }

  @BeforeAll
  static void makeStore() throws Exception {
    store = new DerbyMailStore(new StoreOpening(home, Seams.NONE.with(FAULTS::wrap)));
    TestMail.setUp(store);
  }

  @AfterAll
  static void closeStore() {
    store.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCallFailsOnce() {
    Map<String, Write> writes = Map.of(
        "a flag is set", (writer, inbox) -> writer.enqueue(new Operation.ChangeFlags(TestMail.ACCOUNT, inbox, FlagChange.set(Flag.FLAGGED))),
        "messages are moved", (writer, inbox) -> writer.enqueue(new Operation.Move(TestMail.ACCOUNT, inbox, TestMail.folder(writer, "Trash"))),
        "messages are copied", (writer, inbox) -> writer.enqueue(new Operation.Copy(TestMail.ACCOUNT, inbox, TestMail.folder(writer, "Trash"))),
        "a move is done", FaultyDatabaseTest::moveAndSettle,
        "news are applied", FaultyDatabaseTest::news,
        "folders change", (writer, inbox) -> writer.folders(TestMail.ACCOUNT, Stream.of("INBOX", "Trash", "Archive", "New " + number)
            .map(path -> new RemoteFolder(path, FolderPath.of(path), FolderRole.NONE, Keeping.MIRRORED, true)).toList()),
        "an account is added", (writer, inbox) -> writer.put(TestMail.account(AccountId.create(), "Other " + number)));
    return writes.entrySet().stream().map(write -> DynamicTest.dynamicTest(write.getKey(), () -> failEachCall(write.getKey(), write.getValue())));
  }

  private static void moveAndSettle(StoreWriter writer, List<MessageKey> inbox) throws StoreException {
    Ticket ticket = writer.enqueue(new Operation.Move(TestMail.ACCOUNT, inbox, TestMail.folder(writer, "Archive")));
    writer.attempt(ticket.sequences().get(0));
    writer.settle(ticket.sequences().get(0), new Outcome.Done(Map.of(inbox.get(0), RemoteId.of(1_000_000 + number))));
  }

  private static void news(StoreWriter writer, List<MessageKey> inbox) throws StoreException {
    RemoteId gone = writer.locate(List.of(inbox.get(0))).get(0).id().orElseThrow();
    RemoteId flagged = writer.locate(List.of(inbox.get(1))).get(0).id().orElseThrow();
    NewMessage fresh = TestMail.message(2_000_000 + number, Optional.empty());
    writer.apply(TestMail.folder(writer, "INBOX"), new SyncPlan(false, List.of(gone), Map.of(flagged, Flags.of(Flag.ANSWERED)), List.of(fresh), true,
        Optional.of(new SyncCursor("c" + number))));
  }

  private void failEachCall(String what, Write write) throws Exception {
    number += 10;
    TestMail.arrive(store, number, number + 1, number + 2);
    List<MessageKey> inbox = TestMail.keys(store, "INBOX").stream().limit(2).toList();
    List<StoreChange> heard = new ArrayList<>();
    try (var subscription = store.subscribe(heard::add)) {
      String before = state();
      int call = 1;
      while (failed(write, inbox, call)) {
        assertEquals(before, state(), what + ", call " + call);
        assertEquals(List.of(), heard, what + ", call " + call);
        call++;
      }
      assertTrue(call > 5, "only " + call + " calls failed");
      assertEquals(1, heard.size());
    }
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
  }

  private static boolean failed(Write write, List<MessageKey> inbox, int call) {
    FAULTS.failAt(call);
    try {
      store.write(writer -> {
        write.run(writer, inbox);
        return null;
      });
      return false;
    } catch (StoreException e) {
      return true;
    } finally {
      FAULTS.failAt(0);
    }
  }

  private static String state() throws StoreException {
    return store.read(reader -> {
      var text = new StringBuilder(reader.accounts().toString()).append(reader.queue(TestMail.ACCOUNT));
      for (Folder folder : reader.folders(TestMail.ACCOUNT)) {
        MessageKey[] keys = reader.list(Query.newestFirst(folder.key())).toArray(MessageKey[]::new);
        text.append(folder).append(reader.known(folder.key()).cursor());
        reader.summaries(List.of(keys)).forEach(row -> text.append(row.key()).append(row.flags()).append(row.queued()));
        text.append(reader.locate(List.of(keys)));
      }
      return text.toString();
    });
  }

  /** Connections of which the n-th call fails that reaches the database. */
  private static final class FaultyConnections {
    private int left; // writing thread only

    void failAt(int call) {
      left = call;
    }

    Connection wrap(Connection real) {
      return proxy(Connection.class, (proxy, method, arguments) -> {
        Object result = call(real, method, arguments);
        return result instanceof PreparedStatement statement
            ? proxy(PreparedStatement.class, (p, m, a) -> call(statement, m, a)) : result;
      });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
      return type.cast(Proxy.newProxyInstance(FaultyDatabaseTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object call(Object real, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
      boolean reaches = method.getName().startsWith("execute") || method.getName().equals("commit") || method.getName().equals("prepareStatement");
      if (reaches && left > 0 && --left == 0) {
        throw new SQLException("made to fail", "XFAIL");
      }
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
