/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does with what it finds on the disk. */
class StoreOpeningTest {
  @TempDir
  private static Path template;
  @TempDir
  private Path home;
  private DerbyMailStore store;

  /** Making a database takes a second; a copy does not. */
  @BeforeAll
  static void makeTemplate() throws Exception {
    var made = new DerbyMailStore(template);
    TestMail.setUp(made);
    TestMail.arrive(made, 1, 2, 3);
    made.close();
  }

  @BeforeEach
  void makeStore() throws Exception {
    new StoreHome(template).copy(template, home);
    store = new DerbyMailStore(home);
    store.open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private StoreState reopen() {
    store.close();
    store = new DerbyMailStore(home);
    return store.open();
  }

  private void remove(Path tree) throws IOException {
    new StoreHome(home).delete(tree);
  }

  @Test
  void nothingIsOpenedBeforeTheFirstCall() {
    var fresh = new DerbyMailStore(home.resolve("elsewhere"));

    assertInstanceOf(StoreState.Closed.class, fresh.state());
    assertFalse(Files.exists(home.resolve("elsewhere")));
  }

  @Test
  void whatWasWrittenIsThereAgain() throws Exception {
    assertEquals(new StoreState.Open(home), reopen());

    List<MessageKey> keys = TestMail.keys(store, "INBOX");
    assertEquals(3, keys.size());
    assertArrayEquals(TestMail.content(3), TestMail.bytes(store, keys.get(0)));
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
  }

  @Test
  void keysAreNeverUsedAgain() throws Exception {
    List<MessageKey> before = TestMail.keys(store, "INBOX");
    reopen();

    TestMail.arrive(store, 4);

    long highest = before.stream().mapToLong(MessageKey::value).max().getAsLong();
    assertTrue(TestMail.keys(store, "INBOX").get(0).value() > highest);
  }

  @Test
  void aSecondStoreIsToldWhoHasTheFirst() throws Exception {
    DerbyMailStore second = new DerbyMailStore(home);

    StoreState found = second.open();

    var inUse = assertInstanceOf(StoreState.InUse.class, found);
    assertTrue(inUse.holder().contains("process " + ProcessHandle.current().pid()), inUse.holder());
    assertThrows(StoreException.InUse.class, () -> second.read(reader -> reader.accounts()));
    store.close();
    assertInstanceOf(StoreState.Open.class, second.open());
    second.close();
  }

  @Test
  void aMissingStoreComesBackEmptyWithItsAccounts() throws Exception {
    store.close();
    remove(home.resolve("store"));

    assertEquals(new StoreState.Lost(home), reopen());

    assertEquals(List.of(TestMail.account(TestMail.ACCOUNT, "Work")), store.read(reader -> reader.accounts()));
    assertEquals(List.of(), store.read(reader -> reader.folders(TestMail.ACCOUNT)));
    assertEquals(List.of(), store.read(reader -> reader.queue(TestMail.ACCOUNT)));
    assertEquals(new StoreState.Open(home), reopen());
  }

  @Test
  void anEmptyStoreFolderIsALostStoreToo() throws Exception {
    store.close();
    remove(home.resolve("store"));
    Files.createDirectories(home.resolve("store/segments"));

    assertEquals(new StoreState.Lost(home), reopen());
  }

  @Test
  void aFirstStartIsNoLoss() {
    store.close();
    store = new DerbyMailStore(home.resolve("new"));

    assertEquals(new StoreState.Open(home.resolve("new")), store.open());
  }

  @Test
  void theBackupFollowsTheAccounts() throws Exception {
    AccountId other = AccountId.create();
    store.write(writer -> {
      writer.put(TestMail.account(other, "Zuhause äöü"));
      writer.remove(TestMail.ACCOUNT);
      return null;
    });
    store.close();
    remove(home.resolve("store"));

    reopen();

    assertEquals(List.of(TestMail.account(other, "Zuhause äöü")), store.read(reader -> reader.accounts()));
  }

  @Test
  void aCrashWhileMakingTheDatabaseLeavesNoHalf() throws Exception {
    store.close();
    remove(home);
    Files.createDirectories(home.resolve("store/db.new/seg0"));
    Files.writeString(home.resolve("store/db.new/service.properties"), "#half\n");

    assertEquals(new StoreState.Open(home), reopen());
  }

  @Test
  void aMissingSegmentMakesTheStoreReadOnly() throws Exception {
    store.close();
    remove(home.resolve("store/segments/000001.seg"));

    var damaged = assertInstanceOf(StoreState.Damaged.class, reopen());

    assertTrue(Files.isDirectory(damaged.saved().resolve("db")));
    assertEquals(3, TestMail.keys(store, "INBOX").size());
    assertThrows(IOException.class, () -> TestMail.bytes(store, TestMail.keys(store, "INBOX").get(0)));
    assertThrows(StoreException.ReadOnly.class, () -> TestMail.arrive(store, 4));
    assertEquals(3, store.check(new NullProgressMonitor()).size());
    assertInstanceOf(StoreState.Damaged.class, reopen(), "it stays so until someone looks after it");
  }

  @Test
  void aDatabaseThatDoesNotBootIsReadWithoutItsLog() throws Exception {
    store.close();
    garble(home.resolve("store/db/log"));

    var damaged = assertInstanceOf(StoreState.Damaged.class, reopen());

    assertTrue(Files.isDirectory(damaged.saved().resolve("db")));
    List<MessageKey> keys = TestMail.keys(store, "INBOX");
    assertEquals(3, keys.size());
    assertArrayEquals(TestMail.content(3), TestMail.bytes(store, keys.get(0)));
    assertThrows(StoreException.ReadOnly.class, () -> TestMail.arrive(store, 4));
    assertInstanceOf(StoreState.Damaged.class, reopen());
    assertEquals(3, TestMail.keys(store, "INBOX").size());
  }

  @Test
  void aDatabaseNobodyCanReadIsReplacedByWhatTheSegmentsHold() throws Exception {
    store.close();
    garble(home.resolve("store/db/log"));
    garble(home.resolve("store/db/seg0"));

    assertInstanceOf(StoreState.Damaged.class, reopen());

    assertSalvaged();
    assertInstanceOf(StoreState.Damaged.class, reopen());
    assertSalvaged();
  }

  @Test
  void aMissingDatabaseIsReplacedByWhatTheSegmentsHold() throws Exception {
    store.close();
    remove(home.resolve("store/db"));
    try (RandomAccessFile file = new RandomAccessFile(home.resolve("store/segments/000001.seg").toFile(), "rw")) {
      file.seek(SegmentFiles.HEADER + 5); // the first message is damaged
      file.write('~');
    }

    assertInstanceOf(StoreState.Damaged.class, reopen());

    assertEquals(2, salvaged().size());
  }

  private List<MessageKey> salvaged() throws StoreException {
    assertEquals(List.of(TestMail.account(TestMail.ACCOUNT, "Work")), store.read(reader -> reader.accounts()));
    Folder folder = store.read(reader -> reader.folders(TestMail.ACCOUNT)).get(0);
    return store.read(reader -> reader.list(new Query(folder.key(), Query.Column.SUBJECT, false, false)));
  }

  private void assertSalvaged() throws Exception {
    List<MessageKey> keys = salvaged();
    assertEquals(3, keys.size());
    for (int number = 1; number <= 3; number++) {
      MessageKey key = keys.get(number - 1);
      assertEquals("message " + number, store.read(reader -> reader.summaries(List.of(key))).get(0).subject());
      assertArrayEquals(TestMail.content(number), TestMail.bytes(store, key));
    }
    assertThrows(StoreException.ReadOnly.class, () -> store.write(writer -> null));
  }

  /** Overwrites the middle of every file in a folder. */
  private static void garble(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          byte[] rubbish = new byte[(int) Math.min(file.length(), 4096)];
          java.util.Arrays.fill(rubbish, (byte) 0x55);
          file.write(rubbish);
        }
      }
    }
  }

  @Test
  void aStoreOfANewerProgramIsLeftAlone() throws Exception {
    store.close();
    Database database = new Database(Seams.NONE, home.resolve("store/db"), home.resolve("store"));
    database.boot();
    try (Session session = database.connect()) {
      session.update("UPDATE store_version SET version = 999 WHERE id = 1");
      session.commit();
    }
    database.shutdown();

    var failed = assertInstanceOf(StoreState.Failed.class, reopen());

    assertTrue(failed.why().contains("newer"), failed.why());
    assertThrows(StoreException.class, () -> store.read(reader -> reader.accounts()));
  }

  @Test
  void aFolderThatCannotBeUsedFailsWithAReason() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "not a folder");
    var failing = new DerbyMailStore(file);

    assertInstanceOf(StoreState.Failed.class, failing.open());

    assertThrows(StoreException.class, () -> failing.read(reader -> reader.accounts()));
  }

  @Test
  void switchedOffDurabilityIsRefused() {
    store.close();
    System.setProperty("derby.system.durability", "test");
    try {
      assertInstanceOf(StoreState.Failed.class, reopen());
    } finally {
      System.clearProperty("derby.system.durability");
    }
  }

  @Test
  void everyPageIsSmallEnoughForAPowerCut() throws Exception {
    store.close();
    Database database = new Database(Seams.NONE, home.resolve("store/db"), home.resolve("store"));
    database.boot();
    try (Session session = database.connect()) {
      List<Integer> sizes = session.query("""
          SELECT DISTINCT s.pagesize FROM SYS.SYSTABLES t, TABLE (SYSCS_DIAG.SPACE_TABLE('APP', t.TABLENAME)) AS s WHERE t.TABLETYPE = 'T'
          """, row -> row.getInt(1));
      assertEquals(List.of(4096), sizes);
    } finally {
      database.shutdown();
    }
  }

  @Test
  void otherDerbysInTheVirtualMachineAreLeftAlone() {
    assertEquals(null, System.getProperty("derby.storage.pageCacheSize"));
    assertEquals(null, System.getProperty("derby.system.home"));
  }

  @Test
  void anAccountSurvivesAsText() {
    Account account = TestMail.account(AccountId.create(), "Büro = \\ # 🌞 \t ende ");

    assertEquals(account, AccountText.read(AccountText.write(account)));
  }
}
