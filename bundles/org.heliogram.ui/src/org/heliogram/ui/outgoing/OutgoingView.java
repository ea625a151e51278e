/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Subscription;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** What servers do not know yet, and what they refused: what, whose, since when and why. */
public final class OutgoingView extends ViewPart {
  private static final int READ_AGAIN_MILLIS = 300;
  private static final int CLOCK_MILLIS = 30_000;
  private final AtomicBoolean activityWaits = new AtomicBoolean();
  private MailServices services;
  private OutgoingTable table;
  private OutgoingFeed feed;
  private OutgoingActions actions;
  private Subscription observation;

  @Override
  public void createPartControl(Composite parent) {
    services = MailServices.of(getSite());
    var refusals = PlatformUI.getWorkbench().getService(Refusals.class);
    var ui = new UiThread(parent);
    var background = UiThread.background(getPartName());
    var images = new LocalResourceManager(JFaceResources.getResources(), parent);
    table = new OutgoingTable(parent, images, account -> services.mail().activity(account));
    actions = new OutgoingActions(services, refusals, background, ui, this::say);
    Display display = parent.getDisplay();
    feed = new OutgoingFeed(services.store(), new StoreReads(services.store(), background, ui), refusals, ui,
        task -> display.timerExec(READ_AGAIN_MILLIS, task), this::show);
    observation = services.mail().observe(event -> {
      if (event instanceof ServiceEvent.ActivityChanged && activityWaits.compareAndSet(false, true)) {
        ui.execute(() -> {
          activityWaits.set(false);
          table.restate();
        });
      }
    });
    tick(parent);
    addMenu();
    table.viewer().addOpenListener(event -> actions.show(rows().stream().limit(1).toList()));
    table.viewer().addSelectionChangedListener(event -> say("")); //$NON-NLS-1$
    getSite().setSelectionProvider(table.viewer());
    getSite().getService(IContextService.class).activateContext(MailUi.CONTEXT);
  }

  /** "3 minutes ago" becomes "4 minutes ago". */
  private void tick(Control owner) {
    owner.getDisplay().timerExec(CLOCK_MILLIS, () -> {
      if (!owner.isDisposed()) {
        table.restate();
        tick(owner);
      }
    });
  }

  private void addMenu() {
    var menu = new MenuManager();
    menu.setRemoveAllWhenShown(true);
    menu.addMenuListener(manager -> manager.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS)));
    table.viewer().getControl().setMenu(menu.createContextMenu(table.viewer().getControl()));
    getSite().registerContextMenu(menu, table.viewer());
  }

  private void show(List<OutgoingRow> rows) {
    table.show(rows);
    long waiting = rows.stream().filter(OutgoingRow.Waiting.class::isInstance).count();
    setContentDescription(waiting == 0 ? "" : OutgoingWords.count((int) waiting)); //$NON-NLS-1$
  }

  /** The rows that are selected. */
  private List<OutgoingRow> rows() {
    return OutgoingHandler.rows(table.viewer().getStructuredSelection());
  }

  private void say(String words) {
    getViewSite().getActionBars().getStatusLineManager().setMessage(words.isEmpty() ? null : words);
  }

  OutgoingActions actions() {
    return actions;
  }

  /** Every row, in order. */
  List<OutgoingRow> all() {
    return table.rows();
  }

  void select(OutgoingRow row) {
    table.viewer().setSelection(new StructuredSelection(row), true);
  }

  static String date(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).format(instant.atZone(ZoneId.systemDefault()));
  }

  @Override
  public void dispose() {
    if (feed != null) {
      feed.close();
    }
    if (observation != null) {
      observation.close();
    }
    super.dispose();
  }

  @Override
  public void setFocus() {
    table.setFocus();
  }
}
