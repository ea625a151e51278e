/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of every released version open with all they held. {@code versionN.zip} is a store as that version left it; never made anew. */
class MigrationTest {
  @TempDir
  private Path home;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in = MigrationTest.class.getResourceAsStream("version1.zip"); ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = home.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  @Test
  void aStoreOfVersion1HasAllItHeld() throws Exception {
    DerbyMailStore store = new DerbyMailStore(home);

    assertEquals(new StoreState.Open(home), store.open());

    assertEquals(List.of(TestMail.account(TestMail.ACCOUNT, "Work")), store.read(reader -> reader.accounts()));
    List<MessageKey> inbox = TestMail.keys(store, "INBOX");
    assertEquals(List.of("message 5", "message 3", "message 2"), subjects(store, inbox));
    assertEquals(List.of("message 4"), subjects(store, TestMail.keys(store, "Archive")));
    assertEquals(List.of("message 3"), subjects(store, TestMail.keys(store, "Trash")));
    assertArrayEquals(TestMail.content(5), TestMail.bytes(store, inbox.get(0)));
    assertArrayEquals(TestMail.content(3), TestMail.bytes(store, TestMail.keys(store, "Trash").get(0)));
    assertEquals(Flags.of(Flag.FLAGGED), store.read(reader -> reader.summaries(inbox)).get(0).flags());
    assertEquals(Flags.parse(List.of("\\Seen", "$Label1")), store.read(reader -> reader.summaries(inbox)).get(2).flags());
    assertEquals(List.of(Operation.ChangeFlags.class, Operation.Move.class, Operation.Copy.class, Operation.Delete.class),
        store.read(reader -> reader.queue(TestMail.ACCOUNT)).stream().map(entry -> entry.operation().getClass()).toList());
    assertEquals(List.of(false, false, true, false),
        store.read(reader -> reader.queue(TestMail.ACCOUNT)).stream().map(entry -> entry.attempted()).toList());
    assertEquals(Optional.of(new SyncCursor("cursor-1")), store.read(reader -> reader.known(TestMail.folder(reader, "INBOX"))).cursor());
    assertEquals(Set.of(RemoteId.of(100), RemoteId.of(101)),
        store.read(reader -> reader.known(TestMail.folder(reader, "Drop"))).messages().keySet());
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
    store.close();
    assertEquals(Schema.current(), onDatabase(Schema::version).intValue());
  }

  private static List<String> subjects(DerbyMailStore store, List<MessageKey> keys) throws StoreException {
    return store.read(reader -> reader.summaries(keys)).stream().map(MessageSummary::subject).collect(Collectors.toList());
  }

  /** Something done with the bare database. */
  private interface Use<T> {
    T run(Session session) throws StoreException;
  }

  private <T> T onDatabase(Use<T> use) throws Exception {
    Database database = new Database(Seams.NONE, home.resolve("store/db"), home.resolve("store"));
    database.boot();
    try (Session session = database.connect()) {
      return use.run(session);
    } finally {
      database.shutdown();
    }
  }

  /** A step of the schema for this test. */
  private record Step(int version, List<String> statements) implements Migration {
    @Override
    public void run(Session session) throws StoreException {
      for (String statement : statements) {
        session.update(statement);
      }
    }
  }

  private static List<Migration> and(Migration... more) {
    var all = new ArrayList<Migration>(Migration.ALL);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void eachMigrationRunsOnce() throws Exception {
    int next = Schema.current() + 1;
    Step step = new Step(next, List.of("ALTER TABLE folder ADD COLUMN colour INT NOT NULL DEFAULT 7"));

    onDatabase(session -> {
      Schema.migrate(session, and(step));
      Schema.migrate(session, and(step));
      return null;
    });

    assertEquals(next, onDatabase(Schema::version).intValue());
    assertEquals(7L, onDatabase(session -> session.number("SELECT MAX(colour) FROM folder")).longValue());
  }

  @Test
  void aFailedMigrationLeavesTheStoreAsItWas() throws Exception {
    Step step = new Step(Schema.current() + 1,
        List.of("ALTER TABLE folder ADD COLUMN colour INT NOT NULL DEFAULT 7", "ALTER TABLE nowhere ADD COLUMN colour INT"));

    assertThrows(StoreException.class, () -> onDatabase(session -> {
      Schema.migrate(session, and(step));
      return null;
    }));

    assertEquals(Schema.current(), onDatabase(Schema::version).intValue());
    assertThrows(StoreException.class, () -> onDatabase(session -> session.number("SELECT MAX(colour) FROM folder")));
    DerbyMailStore store = new DerbyMailStore(home);
    assertEquals(3, TestMail.keys(store, "INBOX").size());
    store.close();
  }

  @Test
  void migrationsAreNumberedWithoutAGap() {
    for (int i = 0; i < Migration.ALL.size(); i++) {
      assertEquals(i + 1, Migration.ALL.get(i).version());
    }
    assertTrue(Schema.current() >= 1);
  }
}
