/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.heliogram.core.model.Folder;
import org.heliogram.core.store.Query.Column;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.triage.MessageListControl;

/** The perspective as a user finds it, with an account made for the test. In the UI thread of a workbench. */
public final class Workplace {
  public final Mailbox mailbox;

  private Workplace(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Opens the perspective anew, with this one account. */
  public static Workplace open(String label, String... folders) throws Exception {
    clear();
    return new Workplace(Screen.away(() -> new Mailbox(Screen.services().store(), label, folders)));
  }

  /** The perspective without any account, and nothing of earlier ones on screen. */
  public static void clear() throws Exception {
    Screen.removeAllAccounts();
    reset();
    Screen.waitFor(Workplace::empty, () -> "something of the removed accounts is still shown");
  }

  private static boolean empty() {
    Tree tree = Screen.one(area(MailUi.FOLDERS_VIEW), Tree.class, any -> true);
    return tree.getItemCount() == 0 && view(MailUi.MESSAGES_VIEW).getAdapter(MessageListControl.class).query().isEmpty();
  }

  /** The perspective as it is when it is first opened. */
  public static void reset() throws WorkbenchException {
    IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
    PlatformUI.getWorkbench().showPerspective(MailUi.PERSPECTIVE, window);
    page().resetPerspective();
  }

  public static IWorkbenchPage page() {
    return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
  }

  public static IViewPart view(String id) {
    IViewPart view = page().findView(id);
    return view == null ? fail("view " + id + " is not open") : view;
  }

  /** Does something with the store, away from the UI thread. */
  public <T> T store(Callable<T> work) throws Exception {
    return Screen.away(work);
  }

  public Tree tree() {
    return Screen.one(area(MailUi.FOLDERS_VIEW), Tree.class, tree -> true);
  }

  /** The table that is on screen. */
  public Table table() {
    return Screen.one(area(MailUi.MESSAGES_VIEW), Table.class, Table::isVisible);
  }

  public boolean listShown() {
    return Screen.all(area(MailUi.MESSAGES_VIEW), Table.class).stream().anyMatch(Table::isVisible);
  }

  /** The controls of a view. */
  public static Composite area(String viewId) {
    return (Composite) view(viewId).getSite().getService(MPart.class).getWidget();
  }

  /** Chooses a folder as a click in the tree does, and waits for its messages. */
  public void choose(String path) throws Exception {
    Folder folder = store(() -> mailbox.folder(path));
    Screen.waitFor(() -> shows(folder), () -> "no " + path + " in the tree");
    view(MailUi.FOLDERS_VIEW).getSite().getSelectionProvider().setSelection(new StructuredSelection(folder));
  }

  /** Whether the tree has this very folder, not one of an account that was removed. */
  private boolean shows(Folder folder) {
    TreeItem item = item(FolderNames.name(folder));
    return item != null && item.getData() instanceof Folder shown && shown.key().equals(folder.key());
  }

  /** The item whose text begins with a name, or null. */
  public TreeItem item(String name) {
    return Arrays.stream(tree().getItems()).flatMap(account -> Arrays.stream(account.getItems()))
        .filter(item -> item.getText().startsWith(name)).findFirst().orElse(null);
  }

  public void waitForRows(int count) {
    Screen.waitFor(() -> listShown() && table().getItemCount() == count,
        () -> "rows: " + (listShown() ? table().getItemCount() : "none") + " instead of " + count);
  }

  public String subject(int row) {
    return table().getItem(row).getText(Column.SUBJECT.ordinal());
  }

  public void waitForSubject(int row, String subject) {
    Screen.waitFor(() -> listShown() && table().getItemCount() > row && subject(row).equals(subject),
        () -> "row " + row + ": " + (listShown() && table().getItemCount() > row ? subject(row) : "none") + " instead of " + subject);
  }

  /** Selects a row as a click does. */
  public void select(int row) {
    Table table = table();
    table.setSelection(row);
    notify(table, SWT.Selection, table.getItem(row));
  }

  public static void notify(Table table, int type, TableItem item) {
    var event = new Event();
    event.item = item;
    table.notifyListeners(type, event);
  }
}
