/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ComboViewer;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.ProtocolLogs;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** What was said on an account's connections lately. While it is visible it looks for more twice a second. */
public final class ProtocolLogView extends ViewPart {
  private static final int LOOK_AGAIN_MILLIS = 500;
  private static final String ACCOUNT = "account"; //$NON-NLS-1$
  private final LogText words = new LogText(ZoneId.systemDefault());
  private ProtocolLogs logs;
  private StoreReads reads;
  private ChangePump pump;
  private ComboViewer accounts;
  private ConnectionList connections;
  private LogPane pane;
  private Optional<AccountId> remembered = Optional.empty();
  private long revision = -1;

  @Override
  public void init(IViewSite site, IMemento memento) throws PartInitException {
    super.init(site, memento);
    remembered = Optional.ofNullable(memento).map(saved -> saved.getString(ACCOUNT)).map(AccountId::new);
  }

  @Override
  public void saveState(IMemento memento) {
    account().ifPresent(chosen -> memento.putString(ACCOUNT, chosen.id().toString()));
  }

  @Override
  public void createPartControl(Composite parent) {
    MailServices services = MailServices.of(getSite());
    logs = PlatformUI.getWorkbench().getService(ProtocolLogs.class);
    var ui = new UiThread(parent);
    reads = new StoreReads(services.store(), UiThread.background(getPartName()), ui);
    GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
    createChooser(parent);
    var sash = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
    GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
    connections = new ConnectionList(sash, words, this::chosen);
    pane = new LogPane(sash);
    sash.setWeights(26, 74);
    getSite().getService(IContextService.class).activateContext(MailUi.CONTEXT);
    pump = new ChangePump(services.store(), ui, changes -> {
      if (changes.stream().anyMatch(Change.AccountsChanged.class::isInstance)) {
        readAccounts();
      }
    });
    readAccounts();
    look(parent);
  }

  private void createChooser(Composite parent) {
    var row = new Composite(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 4).applyTo(row);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
    new Label(row, SWT.NONE).setText(Messages.Log_account);
    accounts = new ComboViewer(row, SWT.READ_ONLY | SWT.DROP_DOWN);
    GridDataFactory.swtDefaults().hint(220, SWT.DEFAULT).applyTo(accounts.getControl());
    accounts.setContentProvider(ArrayContentProvider.getInstance());
    accounts.setLabelProvider(new LabelProvider() {
      @Override
      public String getText(Object element) {
        return ((Account) element).label();
      }
    });
    accounts.addSelectionChangedListener(event -> {
      revision = -1;
      refresh();
    });
  }

  private void readAccounts() {
    reads.read(StoreReader::accounts, this::show, trouble -> pane.nothing(Messages.Log_noAccounts));
  }

  private void show(List<Account> all) {
    Optional<AccountId> wanted = account().map(Account::id).or(() -> remembered);
    accounts.setInput(all);
    all.stream().filter(each -> wanted.filter(each.id()::equals).isPresent()).findFirst().or(() -> all.stream().findFirst())
        .ifPresentOrElse(chosen -> accounts.setSelection(new StructuredSelection(chosen)), () -> pane.nothing(Messages.Log_noAccounts));
  }

  /** Shows the log of this account. */
  public void choose(AccountId account) {
    remembered = Optional.of(account);
    accounts.setSelection(StructuredSelection.EMPTY);
    readAccounts();
  }

  private Optional<Account> account() {
    return Optional.ofNullable(accounts).map(ComboViewer::getStructuredSelection).map(selection -> (Account) selection.getFirstElement());
  }

  private void look(Composite owner) {
    owner.getDisplay().timerExec(LOOK_AGAIN_MILLIS, () -> {
      if (!owner.isDisposed()) {
        if (owner.isVisible()) {
          refresh();
        }
        look(owner);
      }
    });
  }

  /** Reads from memory only. */
  private void refresh() {
    Optional<Account> chosen = account();
    if (chosen.isEmpty()) {
      return;
    }
    AccountId id = chosen.get().id();
    long now = logs == null ? 0 : logs.revision(id);
    if (now != revision) {
      revision = now;
      connections.show(logs == null ? List.of() : logs.dialogues(id));
    }
  }

  private void chosen(Optional<Dialogue> dialogue) {
    dialogue.ifPresentOrElse(pane::show, () -> pane.nothing(Messages.Log_nothing));
  }

  /** Puts the whole connection on the clipboard. */
  void copyAll() {
    String all = pane.content();
    if (!all.isEmpty()) {
      var clipboard = new Clipboard(pane.control().getDisplay());
      clipboard.setContents(new Object[] {all}, new Transfer[] {TextTransfer.getInstance()});
      clipboard.dispose();
    }
  }

  @Override
  public void dispose() {
    if (pump != null) {
      pump.close();
    }
    super.dispose();
  }

  @Override
  public void setFocus() {
    connections.setFocus();
  }
}
