/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.ui.ByHand;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.Mailbox;
import org.heliogram.ui.StoreReads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageRowsTest {
  private final InMemoryMailStore store = new InMemoryMailStore();
  private final ByHand background = new ByHand();
  private final ByHand ui = new ByHand();
  private final Screen screen = new Screen();
  private final MessageRows rows = new MessageRows(new StoreReads(store, background, ui), ui, screen);
  private Mailbox mailbox;
  private FolderKey inbox;

  /** Remembers what it was told to show. */
  private static final class Screen implements MessageRows.Face {
    final List<Integer> opened = new ArrayList<>();
    final List<Integer> relisted = new ArrayList<>();
    final List<List<Integer>> changed = new ArrayList<>();
    int[] visible = {0, 20};

    @Override
    public void opened(MessageKeys keys) {
      opened.add(keys.size());
    }

    @Override
    public void relisted(MessageKeys before, MessageKeys now) {
      relisted.add(now.size());
    }

    @Override
    public void reordered(MessageKeys before, MessageKeys now) {
      relisted.add(now.size());
    }

    @Override
    public void changed(int from, int to) {
      changed.add(List.of(from, to));
    }

    @Override
    public int[] visible() {
      return visible;
    }

    @Override
    public void failed(StoreException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void fill() throws StoreException {
    mailbox = new Mailbox(store, "Work", "Archive");
    inbox = mailbox.inbox();
  }

  private void settle() {
    while (background.waiting() + ui.waiting() > 0) {
      background.run();
      ui.run();
    }
  }

  private String subject(int index) {
    return rows.row(index).orElseThrow().subject();
  }

  @Test
  void theFirstHundredAreShownBeforeTheListIsRead() throws Exception {
    mailbox.receives(inbox, 1_000, Flags.NONE);
    rows.open(Query.newestFirst(inbox));

    background.step();
    ui.run();

    assertEquals(List.of(100), screen.opened);
    assertEquals("subject 1000", subject(0));
    settle();
    assertEquals(List.of(1_000), screen.relisted);
    assertEquals("subject 1000", subject(0));
  }

  @Test
  void aSmallFolderIsReadOnce() throws Exception {
    mailbox.receives(inbox, 99, Flags.NONE);

    rows.open(Query.newestFirst(inbox));
    settle();

    assertEquals(List.of(99), screen.opened);
    assertEquals(List.of(), screen.relisted);
  }

  @Test
  void aRowThatIsNotHereIsFetchedWithItsPage() throws Exception {
    mailbox.receives(inbox, 1_000, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();

    assertTrue(rows.row(555).isEmpty());
    settle();

    assertEquals("subject 445", subject(555));
    assertTrue(screen.changed.contains(List.of(500, 599)));
    assertEquals("subject 401", subject(599));
  }

  @Test
  void pagesWantedLastComeFirstAndForgottenOnesAreAskedForAgain() throws Exception {
    mailbox.receives(inbox, 5_000, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();
    screen.changed.clear();

    for (int page = 10; page < 40; page++) {
      rows.row(page * 100);
    }
    settle();

    assertTrue(rows.loaded(rows.keys().get(3_900)).isPresent());
    assertTrue(rows.loaded(rows.keys().get(2_000)).isEmpty());
    assertTrue(screen.changed.contains(List.of(2_000, 2_099)), "the table must ask for the forgotten page again");
  }

  @Test
  void aLatePageOfAnotherFolderIsDropped() throws Exception {
    mailbox.receives(inbox, 1_000, Flags.NONE);
    FolderKey archive = mailbox.folder("Archive").key();
    mailbox.receives(archive, "kept", Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();
    rows.row(500);
    background.run();

    rows.open(Query.newestFirst(archive));
    screen.changed.clear();
    settle();

    assertEquals(List.of(), screen.changed);
    assertEquals(1, rows.keys().size());
    assertEquals("kept", subject(0));
  }

  @Test
  void newMailIsListedAndWhatWasReadIsKept() throws Exception {
    mailbox.receives(inbox, 10, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();
    var pump = new ChangePump(store, ui, rows::accept);

    mailbox.receives(inbox, "new", Flags.NONE);
    settle();

    assertEquals(List.of(11), screen.relisted);
    assertTrue(rows.loaded(rows.keys().get(10)).isPresent());
    pump.close();
  }

  @Test
  void manyChangesWhileTheListIsReadMakeOneMoreReading() throws Exception {
    mailbox.receives(inbox, 10, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();
    var pump = new ChangePump(store, ui, rows::accept);

    for (int i = 0; i < 5; i++) {
      mailbox.receives(inbox, "new " + i, Flags.NONE);
      ui.run();
    }
    settle();

    assertEquals(15, rows.keys().size());
    assertEquals(2, screen.relisted.size());
    pump.close();
  }

  @Test
  void aRowOnScreenKeepsItsLookUntilTheNewOneIsRead() throws Exception {
    mailbox.receives(inbox, 10, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();
    var pump = new ChangePump(store, ui, rows::accept);
    MessageKey key = rows.keys().get(3);
    store.write(writer -> writer.enqueue(new Operation.ChangeFlags(mailbox.account.id(), List.of(key), FlagChange.set(Flag.SEEN))));

    ui.run();
    assertTrue(rows.row(3).orElseThrow().unread());
    settle();

    assertFalse(rows.row(3).orElseThrow().unread());
    assertTrue(screen.changed.contains(List.of(3, 3)));
    pump.close();
  }

  @Test
  void anotherOrderKeepsTheFolderAndSortsIt() throws Exception {
    mailbox.receives(inbox, 30, Flags.NONE);
    rows.open(Query.newestFirst(inbox));
    settle();

    rows.reorder(new Query(inbox, Query.Column.SIZE, false, false));
    settle();

    assertEquals("subject 1", subject(0));
    assertEquals(List.of(30), screen.relisted);
  }
}
