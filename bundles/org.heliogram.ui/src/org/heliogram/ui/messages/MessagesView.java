/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.text.NumberFormat;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.Query.Column;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;
import org.heliogram.ui.accounts.TroubleText;
import org.heliogram.ui.triage.MessageDrag;
import org.heliogram.ui.triage.MessageListControl;

/** Lists the messages of the folder that is selected in the Folders view. */
public final class MessagesView extends ViewPart implements MessageTable.Owner, MessageListControl {
  private static final int LIST_AGAIN_MILLIS = 250;
  private final ISelectionListener folderFollower = (part, selection) -> follow(selection);
  private final LayoutMemory memory = new LayoutMemory(InstanceScope.INSTANCE.getNode("org.heliogram.ui")); //$NON-NLS-1$
  private MailServices services;
  private StoreReads reads;
  private ChangePump pump;
  private MessagePages pages;
  private MessageTable table;
  private MessageRows rows;
  private SelectionSource selection;
  private Optional<Folder> folder = Optional.empty();
  private Optional<Account> account = Optional.empty();
  private Optional<MessageKey> awaited = Optional.empty();
  private ListLayout layout = ListLayout.USUAL;

  @Override
  public void createPartControl(Composite parent) {
    services = MailServices.of(getSite());
    var ui = new UiThread(parent);
    reads = new StoreReads(services.store(), UiThread.background(getPartName()), ui);
    selection = new SelectionSource(parent.getDisplay(), wanted -> table.select(wanted.keys()));
    pages = new MessagePages(parent);
    createTable(parent);
    pump = new ChangePump(services.store(), ui, this::accept);
    getSite().setSelectionProvider(selection);
    getSite().getService(IContextService.class).activateContext(MailUi.CONTEXT);
    getSite().getPage().addPostSelectionListener(MailUi.FOLDERS_VIEW, folderFollower);
    follow(getSite().getPage().getSelection(MailUi.FOLDERS_VIEW));
    lookForAccounts();
  }

  private void createTable(Composite parent) {
    var resources = new LocalResourceManager(JFaceResources.getResources(), parent);
    Composite stack = pages.list();
    var look = new RowLook(new RowText(Clock.systemDefaultZone(), Locale.getDefault(Locale.Category.FORMAT)), stack, resources);
    table = new MessageTable(stack, resources, look, this);
    rows = new MessageRows(reads, task -> parent.getDisplay().timerExec(LIST_AGAIN_MILLIS, task), table);
    table.show(rows);
    var menu = new MenuManager();
    menu.setRemoveAllWhenShown(true);
    menu.addMenuListener(manager -> manager.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS)));
    table.setMenu(menu.createContextMenu(stack));
    getSite().registerContextMenu(menu, selection);
  }

  @Override
  public void dispose() {
    getSite().getPage().removePostSelectionListener(MailUi.FOLDERS_VIEW, folderFollower);
    if (pump != null) {
      pump.close();
    }
    if (selection != null) {
      selection.dispose();
    }
    super.dispose();
  }

  private void accept(List<Change> changes) {
    rows.accept(changes);
    if (changes.stream().anyMatch(Change.AccountsChanged.class::isInstance)) {
      lookForAccounts();
    }
    folder.ifPresent(shown -> {
      if (changes.stream().anyMatch(change -> concerns(change, shown))) {
        recount(shown);
      }
    });
  }

  private static boolean concerns(Change change, Folder shown) {
    return change instanceof Change.FolderChanged changed && changed.folder().equals(shown.key())
        || change instanceof Change.FoldersChanged || change instanceof Change.AccountsChanged;
  }

  private void lookForAccounts() {
    reads.read(store -> store.accounts().isEmpty(), none -> {
      if (none) {
        open(Optional.empty());
        pages.showText(Messages.List_noAccount);
      } else if (folder.isEmpty()) {
        pages.showText(Messages.List_noFolder);
      }
    }, this::failed);
  }

  private void follow(ISelection selected) {
    if (selected instanceof IStructuredSelection one && one.getFirstElement() instanceof Folder chosen
        && folder.filter(shown -> shown.key().equals(chosen.key())).isEmpty()) {
      open(Optional.of(chosen));
    }
  }

  private void open(Optional<Folder> chosen) {
    folder = chosen;
    account = Optional.empty();
    if (chosen.isEmpty() || !chosen.get().selectable()) {
      rows.close();
      setContentDescription(""); //$NON-NLS-1$
      pages.showText(chosen.map(f -> NLS.bind(Messages.List_notSelectable, FolderNames.name(f))).orElse(Messages.List_noFolder));
      return;
    }
    layout = memory.recall(chosen.get().role());
    table.apply(layout, outgoing(), NLS.bind(Messages.List_name, FolderNames.path(chosen.get())));
    rows.open(query(chosen.get()));
    recount(chosen.get());
  }

  private Query query(Folder of) {
    return new Query(of.key(), layout.sortedBy(), layout.descending(), false);
  }

  private boolean outgoing() {
    return folder.map(Folder::role).filter(role -> role == FolderRole.SENT || role == FolderRole.DRAFTS).isPresent();
  }

  private record Counted(Optional<Folder> folder, Optional<Account> account) {}

  private void recount(Folder of) {
    reads.read(store -> new Counted(store.folder(of.key()), store.account(of.account())), counted -> {
      if (counted.folder().isPresent() && folder.filter(f -> f.key().equals(of.key())).isPresent()) {
        boolean renamed = !FolderNames.name(folder.get()).equals(FolderNames.name(counted.folder().get()));
        folder = counted.folder();
        account = counted.account();
        describe(folder.get(), account.map(Account::label).orElse("")); //$NON-NLS-1$
        if (renamed && rows.keys().isEmpty()) {
          counted(0);
        }
      } else if (folder.filter(f -> f.key().equals(of.key())).isPresent()) {
        open(Optional.empty()); // it is gone
      }
    }, this::failed);
  }

  private void describe(Folder of, String label) {
    NumberFormat format = NumberFormat.getIntegerInstance();
    String pattern = of.unread() == 0 ? Messages.View_description : Messages.View_description_unread;
    setContentDescription(NLS.bind(pattern,
        new Object[] {label, FolderNames.path(of), format.format(of.total()), format.format(of.unread())}));
  }

  @Override
  public void made(Table control) {
    MessageDrag.install(control, selection);
  }

  @Override
  public void selected() {
    selection.changed(folder.map(of -> new MessageSelection(of.account(), of.key(), table.selectedKeys(), table.selectedRows()))
        .orElse(MessageSelection.nothing()));
  }

  @Override
  public void opened() {
    try {
      getSite().getPage().showView(MailUi.READING_VIEW, null, IWorkbenchPage.VIEW_ACTIVATE);
    } catch (PartInitException e) {
      ILog.of(MessagesView.class).error("The Message view does not open", e); //$NON-NLS-1$
    }
  }

  @Override
  public void clicked(MessageSummary row, Column column) {
    Flag flag = column == Column.READ ? Flag.SEEN : Flag.FLAGGED;
    FlagChange change = row.flags().has(flag) ? FlagChange.clear(flag) : FlagChange.set(flag);
    try {
      services.mail().perform(new Operation.ChangeFlags(row.account(), List.of(row.key()), change));
      status().setErrorMessage(null);
    } catch (StoreException e) {
      ILog.of(MessagesView.class).warn("A flag could not be changed", e); //$NON-NLS-1$
      status().setErrorMessage(NLS.bind(Messages.List_change_failed, TroubleText.of(e, label())));
    }
  }

  private IStatusLineManager status() {
    return getViewSite().getActionBars().getStatusLineManager();
  }

  private String label() {
    return account.map(Account::label).orElse(""); //$NON-NLS-1$
  }

  @Override
  public void sortBy(Column column) {
    folder.ifPresent(of -> {
      layout = layout.clicked(column);
      memory.remember(of.role(), layout);
      table.apply(layout, outgoing(), NLS.bind(Messages.List_name, FolderNames.path(of)));
      rows.reorder(query(of));
    });
  }

  @Override
  public void laidOut(ListLayout changed) {
    layout = changed;
    folder.ifPresent(of -> memory.remember(of.role(), changed));
  }

  @Override
  public void counted(int count) {
    folder.ifPresent(of -> {
      if (count > 0) {
        pages.showList();
      } else {
        pages.showText(NLS.bind(Messages.List_empty, FolderNames.name(of)));
      }
    });
    awaited.filter(rows.keys()::contains).ifPresent(this::reveal);
  }

  @Override
  public void failed(StoreException e) {
    pages.showText(NLS.bind(Messages.List_failed, TroubleText.of(e, label())));
  }

  @Override
  public void setFocus() {
    if (pages.showsList()) {
      table.setFocus();
    } else {
      pages.setFocus();
    }
  }

  @Override
  public <T> T getAdapter(Class<T> adapter) {
    return adapter == MessageListControl.class ? adapter.cast(this) : super.getAdapter(adapter);
  }

  @Override
  public Optional<Query> query() {
    return rows.query();
  }

  @Override
  public MessageKeys keys() {
    return rows.keys();
  }

  @Override
  public Optional<MessageKey> focus() {
    return table.focused();
  }

  @Override
  public void reveal(MessageKey message) {
    if (rows.keys().contains(message)) {
      awaited = Optional.empty();
      table.select(MessageKeys.wrap(new long[] {message.value()}));
    } else {
      awaited = Optional.of(message);
      reads.read(store -> folderOf(store, message), found -> found.ifPresent(this::choose), this::failed);
    }
  }

  private static Optional<Folder> folderOf(StoreReader store, MessageKey message) throws StoreException {
    List<MessageSummary> found = store.summaries(List.of(message));
    return found.isEmpty() ? Optional.empty() : store.folder(found.get(0).folder());
  }

  private void choose(Folder wanted) {
    IViewPart folders = getSite().getPage().findView(MailUi.FOLDERS_VIEW);
    if (folders != null) {
      folders.getSite().getSelectionProvider().setSelection(new StructuredSelection(wanted));
    } else {
      open(Optional.of(wanted));
    }
  }

  @Override
  public void selectAll() {
    table.selectAll();
  }
}
