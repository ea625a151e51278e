/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;
import org.heliogram.ui.Banner;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;
import org.heliogram.ui.accounts.TroubleText;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.filing.FolderDrag;
import org.heliogram.ui.filing.FolderRevealing;
import org.heliogram.ui.filing.FolderRules;
import org.heliogram.ui.filing.SubscribedFilter;
import org.heliogram.ui.notify.MailStart;
import org.heliogram.ui.outgoing.OutgoingLine;
import org.heliogram.ui.protocol.TroubleDetails;
import org.heliogram.ui.triage.FolderDrop;

/** Accounts and folders. Its selection is what the Messages view lists; opening it begins scheduled fetching. */
public final class FoldersView extends ViewPart implements FolderRevealing {
  private final FolderTreeContent content = new FolderTreeContent();
  private final AtomicBoolean activityWaits = new AtomicBoolean();
  private MailServices services;
  private StoreReads reads;
  private Executor ui;
  private Executor background;
  private TreeViewer viewer;
  private Object shownSelected;
  private Banner banner;
  private ActivityBar activities;
  private ChangePump pump;
  private Subscription observation;
  private TreeMemory memory = new TreeMemory(null);
  private Optional<FolderKey> awaited = Optional.empty();
  private boolean reading;
  private boolean readAgain;

  @Override
  public void init(IViewSite site, IMemento memento) throws PartInitException {
    super.init(site, memento);
    memory = new TreeMemory(memento);
  }

  @Override
  public void saveState(IMemento memento) {
    memory.save(memento, selectedFolder().map(Folder::key), content.tree(), viewer);
  }

  @Override
  public void createPartControl(Composite parent) {
    services = MailServices.of(getSite());
    PlatformUI.getWorkbench().getService(FolderDirectory.class); // made now, it has read the folders when a command asks
    ui = new UiThread(parent);
    background = UiThread.background(getPartName());
    reads = new StoreReads(services.store(), background, ui);
    GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
    banner = new Banner(parent);
    createTree(parent);
    activities = new ActivityBar(parent, services.mail()::cancel, services.mail()::refresh,
        (account, trouble) -> new TroubleDetails(getSite().getShell(), account, trouble, getSite().getPage()).open(),
        (account, decision) -> new RenumberedJob(services.mail(), account, decision).schedule());
    new OutgoingLine(parent, services.store(), background, ui, getSite().getPage());
    pump = new ChangePump(services.store(), ui, this::accept);
    observation = services.mail().observe(this::observe);
    getSite().setSelectionProvider(viewer);
    getSite().getService(IContextService.class).activateContext(MailUi.CONTEXT);
    read();
    begin();
  }

  private boolean isSelected(Object element) {
    return shownSelected != null && content.equals(element, shownSelected);
  }

  /** The element as it was read last: a viewer shows what it is given, however old that is. */
  private Optional<Object> now(Object element) {
    return switch (element) {
      case Account account -> content.tree().account(account.id()).map(Object.class::cast);
      case Folder folder -> content.tree().folder(folder.key()).map(Object.class::cast);
      default -> Optional.empty();
    };
  }

  /** The icon of the selected row is a light one. */
  private void recolour() {
    Object before = shownSelected;
    shownSelected = viewer.getStructuredSelection().getFirstElement();
    Stream.of(Optional.ofNullable(before), Optional.ofNullable(shownSelected)).flatMap(Optional::stream).flatMap(each -> now(each).stream())
        .forEach(each -> viewer.update(each, null));
  }

  private void createTree(Composite parent) {
    viewer = new TreeViewer(parent, SWT.SINGLE | SWT.H_SCROLL | SWT.V_SCROLL);
    GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getControl());
    var resources = new LocalResourceManager(JFaceResources.getResources(), viewer.getControl());
    viewer.setComparer(content);
    viewer.setContentProvider(content);
    var labels = new FolderLabels(content, viewer.getControl(), resources, account -> services.mail().activity(account), this::isSelected);
    viewer.setLabelProvider(labels);
    viewer.addSelectionChangedListener(event -> recolour());
    viewer.addSelectionChangedListener(event -> showStatus());
    FolderToolTips.show(viewer, labels::getToolTipText);
    viewer.setInput(content);
    viewer.addDoubleClickListener(event -> {
      Object element = viewer.getStructuredSelection().getFirstElement();
      viewer.setExpandedState(element, !viewer.getExpandedState(element));
    });
    viewer.getControl().getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        if (event.childID == ACC.CHILDID_SELF) {
          event.result = Messages.Tree_name;
        }
      }
    });
    FolderDrop.install(viewer, getSite());
    FolderDrag.install(viewer);
    SubscribedFilter.install(viewer);
    var menu = new MenuManager();
    menu.setRemoveAllWhenShown(true);
    menu.addMenuListener(manager -> manager.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS)));
    viewer.getControl().setMenu(menu.createContextMenu(viewer.getControl()));
    getSite().registerContextMenu(menu, viewer);
  }

  @Override
  public void dispose() {
    if (pump != null) {
      pump.close();
    }
    if (observation != null) {
      observation.close();
    }
    super.dispose();
  }

  private void accept(List<Change> changes) {
    if (changes.stream().anyMatch(change -> change instanceof Change.FolderChanged || change instanceof Change.FoldersChanged
        || change instanceof Change.AccountsChanged || change instanceof Change.QueueChanged && content.tree().hasPending())) {
      read();
    }
  }

  /** Any thread. */
  private void observe(ServiceEvent event) {
    if (event instanceof ServiceEvent.ActivityChanged && activityWaits.compareAndSet(false, true)) {
      ui.execute(() -> {
        activityWaits.set(false);
        showActivities();
      });
    }
  }

  private void showActivities() {
    for (Account account : content.tree().accounts()) {
      activities.show(account, services.mail().activity(account.id()));
      viewer.update(account, null);
    }
    if (viewer.getStructuredSelection().getFirstElement() instanceof Account) {
      showStatus();
    }
  }

  private void read() {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    readAgain = false;
    reads.read(FolderTree::read, this::show, this::failed);
  }

  private void show(FolderTree tree) {
    reading = false;
    FolderTree before = content.tree();
    content.show(tree);
    viewer.getControl().setRedraw(false);
    viewer.refresh();
    memory.unfold(viewer, before, tree);
    viewer.getControl().setRedraw(true);
    if (selectedFolder().isEmpty() && viewer.getStructuredSelection().isEmpty()) {
      memory.folder().flatMap(tree::folder).or(tree::first).ifPresent(this::select);
    }
    selectAwaited();
    activities.keepOnly(tree);
    showActivities();
    showState();
    if (readAgain) {
      read();
    }
  }

  private void failed(StoreException e) {
    reading = false;
    ILog.of(FoldersView.class).warn("Folders could not be read", e); //$NON-NLS-1$
    showState();
    if (!banner.getVisible()) {
      banner.show("obj16/trouble", NLS.bind(Messages.Store_unread, TroubleText.of(e, "")), Messages.Store_again, this::read); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void showState() {
    StoreStateText.of(services.store().state()).ifPresentOrElse(
        trouble -> banner.show("obj16/trouble", trouble.words(), trouble.again() ? Messages.Store_again : "", this::tryAgain), //$NON-NLS-1$ //$NON-NLS-2$
        banner::hide);
  }

  private void tryAgain() {
    background.execute(() -> {
      services.store().open();
      ui.execute(() -> {
        begin();
        read();
      });
    });
  }

  /** From the workbench, because a view's site lets go of its services when the view closes. */
  private void begin() {
    MailStart start = PlatformUI.getWorkbench().getService(MailStart.class);
    background.execute(start::begin);
  }

  private Optional<Folder> selectedFolder() {
    return viewer.getStructuredSelection().getFirstElement() instanceof Folder folder ? Optional.of(folder) : Optional.empty();
  }

  @Override
  public void reveal(FolderKey folder) {
    awaited = Optional.of(folder);
    selectAwaited();
  }

  private void selectAwaited() {
    awaited.flatMap(content.tree()::folder).ifPresent(here -> {
      awaited = Optional.empty();
      select(here);
    });
  }

  /** Why some commands are not enabled, or when an account is fetched next. */
  private void showStatus() {
    String said = switch (viewer.getStructuredSelection().getFirstElement()) {
      case Folder folder -> FolderRules.missing(folder);
      case Account account when account.protocol() != Protocol.DEMO -> ActivityText.times(services.mail().activity(account.id())).replace("\n", "   "); //$NON-NLS-1$ //$NON-NLS-2$
      case null, default -> ""; //$NON-NLS-1$
    };
    getViewSite().getActionBars().getStatusLineManager().setMessage(said.isEmpty() ? null : said);
  }

  private void select(Folder folder) {
    viewer.setSelection(new StructuredSelection(folder), true);
  }

  @Override
  public void setFocus() {
    viewer.getControl().setFocus();
  }
}
