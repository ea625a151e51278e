/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.triage.MessageListControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class MessagesViewUiTest {
  private Workplace workplace;
  private FolderKey inbox;

  @BeforeEach
  void open() throws Exception {
    Workplace.clear(); // a list that is open may still save how it is laid out
    forgetLayouts();
    workplace = Workplace.open("Work", "Sent", "Archive");
    inbox = workplace.store(() -> workplace.mailbox.inbox());
  }

  @AfterEach
  void clean() throws Exception {
    forgetLayouts();
    Screen.removeAllAccounts();
  }

  private static void forgetLayouts() throws Exception {
    var node = InstanceScope.INSTANCE.getNode("org.heliogram.ui");
    for (String key : node.keys()) {
      if (key.startsWith("messages.layout.")) {
        node.remove(key);
      }
    }
  }

  private void receive(FolderKey folder, int count) throws Exception {
    for (int done = 0; done < count; done += 5_000) {
      int some = Math.min(5_000, count - done);
      workplace.store(() -> {
        workplace.mailbox.receives(folder, some, Flags.NONE);
        return null;
      });
    }
  }

  private static MessageListControl list() {
    return Workplace.view(MailUi.MESSAGES_VIEW).getAdapter(MessageListControl.class);
  }

  private static MessageSelection selection() {
    return (MessageSelection) Workplace.view(MailUi.MESSAGES_VIEW).getSite().getSelectionProvider().getSelection();
  }

  @Test
  void messagesAreListedNewestFirst() throws Exception {
    receive(inbox, 250);
    workplace.choose("INBOX");

    workplace.waitForRows(250);

    workplace.waitForSubject(0, "subject 250");
    workplace.waitForSubject(249, "subject 1");
  }

  @Test
  void newMailAppearsAndTheSelectionStaysOnItsMessage() throws Exception {
    receive(inbox, 5);
    workplace.choose("INBOX");
    workplace.waitForSubject(2, "subject 3");
    workplace.select(2);

    workplace.store(() -> workplace.mailbox.receives(inbox, "news", Flags.NONE));

    workplace.waitForSubject(0, "news");
    Screen.waitFor(() -> workplace.table().getSelectionIndex() == 3, () -> "selected: " + workplace.table().getSelectionIndex());
    assertEquals("subject 3", selection().summaries().get(0).subject());
  }

  @Test
  void aChangedFlagChangesItsRow() throws Exception {
    receive(inbox, 5);
    workplace.choose("INBOX");
    workplace.waitForSubject(1, "subject 4");
    assertTrue(bold(1));
    MessageKey key = list().keys().get(1);

    workplace.store(() -> Screen.services().mail()
        .perform(new Operation.ChangeFlags(workplace.mailbox.account.id(), List.of(key), FlagChange.set(Flag.SEEN))));

    Screen.waitFor(() -> !bold(1), () -> "the row is still bold");
    assertTrue(bold(0));
  }

  private boolean bold(int row) {
    return (workplace.table().getItem(row).getFont().getFontData()[0].getStyle() & SWT.BOLD) != 0;
  }

  @Test
  void aDragTakesTheRowUnderTheMouseThoughItsSelectionIsNotYetTold() throws Exception {
    receive(inbox, 5);
    workplace.choose("INBOX");
    workplace.waitForSubject(3, "subject 2");
    workplace.select(0);

    workplace.table().setSelection(3); // as GTK does on a press: the event of it is still in the queue
    workplace.table().notifyListeners(SWT.DragDetect, new Event());

    assertEquals(List.of(list().keys().get(3)), List.copyOf(selection().keys()));
  }

  @Test
  void whenTheSelectedMessageGoesTheNextIsSelected() throws Exception {
    receive(inbox, 5);
    workplace.choose("INBOX");
    workplace.waitForSubject(1, "subject 4");
    workplace.select(1);
    MessageKey gone = selection().keys().get(0);

    workplace.store(() -> {
      workplace.mailbox.loses(inbox, List.of(gone));
      return null;
    });

    workplace.waitForRows(4);
    Screen.waitFor(() -> !selection().summaries().isEmpty() && selection().summaries().get(0).subject().equals("subject 3"),
        () -> "selected: " + workplace.table().getSelectionIndex());
  }

  @Test
  void aClickOnAHeaderSortsAndTheOrderIsRemembered() throws Exception {
    receive(inbox, 20);
    workplace.choose("INBOX");
    workplace.waitForSubject(0, "subject 20");

    workplace.table().getColumn(Column.SIZE.ordinal()).notifyListeners(SWT.Selection, new Event());
    workplace.waitForSubject(0, "subject 20");
    workplace.table().getColumn(Column.SIZE.ordinal()).notifyListeners(SWT.Selection, new Event());
    workplace.waitForSubject(0, "subject 1");

    Workplace.page().hideView(Workplace.view(MailUi.MESSAGES_VIEW));
    Workplace.page().showView(MailUi.MESSAGES_VIEW);
    workplace.waitForSubject(0, "subject 1");
    assertEquals(SWT.UP, workplace.table().getSortDirection());
    assertEquals(workplace.table().getColumn(Column.SIZE.ordinal()), workplace.table().getSortColumn());
  }

  @Test
  void aClickOnTheStarStars() throws Exception {
    receive(inbox, 5);
    workplace.choose("INBOX");
    workplace.waitForSubject(1, "subject 4");

    clickIcon(1, Column.FLAGGED);

    MessageKey key = list().keys().get(1);
    Screen.waitFor(() -> starred(key), () -> "no star");
  }

  private boolean starred(MessageKey key) {
    try {
      return workplace.store(() -> Screen.services().store().read(store -> store.summaries(List.of(key)).get(0).flags().has(Flag.FLAGGED)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void clickIcon(int row, Column column) {
    Screen.waitFor(() -> workplace.table().getItem(middle(row, column)) == workplace.table().getItem(row), () -> "the row is not on screen");
    Event event = new Event();
    event.button = 1;
    event.x = middle(row, column).x;
    event.y = middle(row, column).y;
    workplace.table().notifyListeners(SWT.MouseDown, event);
  }

  private Point middle(int row, Column column) {
    Rectangle cell = workplace.table().getItem(row).getBounds(column.ordinal());
    return new Point(cell.x + cell.width / 2, cell.y + cell.height / 2);
  }

  @Test
  void inSentMailTheColumnIsCalledTo() throws Exception {
    FolderKey sent = workplace.store(() -> workplace.mailbox.folder("Sent").key());
    receive(sent, 1);
    workplace.choose("Sent");
    workplace.waitForSubject(0, "subject 1");

    Screen.waitFor(() -> Messages.Column_to.equals(workplace.table().getColumn(Column.FROM.ordinal()).getText()), () -> "not called To");
    assertEquals("Ada", workplace.table().getItem(0).getText(Column.FROM.ordinal()));
  }

  @Test
  void anEmptyFolderSaysSo() throws Exception {
    workplace.choose("Archive");

    Screen.waitFor(() -> Screen.all(Workplace.area(MailUi.MESSAGES_VIEW), Label.class).stream()
        .anyMatch(label -> label.isVisible() && label.getText().contains("Archive")), () -> "no sentence about the archive");
  }

  @Test
  void everyColumnHasANameForPeopleWhoDoNotSeeItsIcon() throws Exception {
    receive(inbox, 1);
    workplace.choose("INBOX");
    workplace.waitForRows(1);

    assertEquals(List.of(), Arrays.stream(workplace.table().getColumns()).filter(column -> column.getToolTipText().isBlank()).toList());
  }

  @Test
  void aHundredThousandMessagesAreListedJumpedThroughAndAllSelected() throws Exception {
    receive(inbox, 100_000);
    FolderKey archive = workplace.store(() -> workplace.mailbox.folder("Archive").key());
    receive(archive, 3);
    workplace.choose("Archive");
    workplace.waitForRows(3);

    long start = System.nanoTime();
    workplace.choose("INBOX");
    workplace.waitForSubject(0, "subject 100000");
    long first = System.nanoTime();
    workplace.waitForRows(100_000);
    report("100,000 rows: first ones after %d ms, all after %d ms", start, first);
    for (int row : new int[] {99_999, 50_000, 12_345}) {
      jumpTo(row);
    }
    reportMemory();
    list().selectAll();
    assertEquals(100_000, selection().size());
    assertTrue(selection().toList().size() <= MessageSelection.ITERATED);

    workplace.choose("Archive");
    workplace.waitForRows(3);
    workplace.waitForSubject(0, "subject 100003");
  }

  private void jumpTo(int row) {
    long start = System.nanoTime();
    Table table = workplace.table();
    table.setTopIndex(row);
    workplace.waitForSubject(row, "subject " + (100_000 - row));
    report("jump to row " + row + ": %d ms", start, start);
  }

  /** What the whole process occupies, where the system tells. */
  private static void reportMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS")).forEach(line -> System.out.println("100,000 rows open: " + line));
    }
  }

  private static void report(String words, long start, long first) {
    System.out.println(words.formatted(Duration.ofNanos((first == start ? System.nanoTime() : first) - start).toMillis(),
        Duration.ofNanos(System.nanoTime() - start).toMillis()));
  }
}
