/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.SyncRequest.Renumbered;
import org.heliogram.ui.Icons;

/** One line for each account that is at work or in trouble, with a button to cancel or to try again. UI thread only. */
final class ActivityBar extends Composite {
  private final ResourceManager images = new LocalResourceManager(JFaceResources.getResources(), this);
  private final Map<AccountId, Line> lines = new HashMap<>();
  private final Consumer<AccountId> cancel;
  private final Consumer<AccountId> retry;
  private final BiConsumer<Account, Exception> explain;
  private final BiConsumer<Account, Renumbered> decide;

  /** @param decide what the user says of mail that may be known or new */
  ActivityBar(Composite parent, Consumer<AccountId> cancel, Consumer<AccountId> retry, BiConsumer<Account, Exception> explain,
      BiConsumer<Account, Renumbered> decide) {
    super(parent, SWT.NONE);
    this.decide = Objects.requireNonNull(decide);
    this.explain = Objects.requireNonNull(explain);
    this.cancel = Objects.requireNonNull(cancel);
    this.retry = Objects.requireNonNull(retry);
    GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(this);
    GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
  }

  void show(Account account, Activity activity) {
    if (ActivityText.worthShowing(activity)) {
      boolean made = !lines.containsKey(account.id());
      lines.computeIfAbsent(account.id(), id -> new Line(this)).show(account, activity);
      if (made) {
        relayout();
      }
    } else {
      forget(account.id());
    }
  }

  void forget(AccountId account) {
    Line line = lines.remove(account);
    if (line != null) {
      line.dispose();
      relayout();
    }
  }

  /** Forgets accounts that are gone. */
  void keepOnly(FolderTree tree) {
    lines.keySet().stream().filter(id -> tree.account(id).isEmpty()).toList().forEach(this::forget);
  }

  private void relayout() {
    ((GridData) getLayoutData()).exclude = lines.isEmpty();
    setVisible(!lines.isEmpty());
    getParent().layout(true, true);
  }

  /** Words over a thin bar, with one button. */
  private final class Line extends Composite {
    private final Label mark;
    private final Label words;
    private final ToolBar tools;
    private final ToolItem button;
    private ToolItem details; // null while there is nothing to explain
    private final Link choices;
    private final ProgressBar bar;
    private Consumer<Renumbered> decision = chosen -> {};
    private Runnable explanation = () -> {};
    private Runnable action = () -> {};

    Line(Composite parent) {
      super(parent, SWT.NONE);
      GridDataFactory.fillDefaults().grab(true, false).applyTo(this);
      GridLayoutFactory.fillDefaults().numColumns(3).margins(6, 2).spacing(5, 1).applyTo(this);
      mark = new Label(this, SWT.NONE);
      GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(mark);
      words = new Label(this, SWT.WRAP);
      GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).hint(80, SWT.DEFAULT).applyTo(words);
      tools = new ToolBar(this, SWT.FLAT);
      button = new ToolItem(tools, SWT.PUSH);
      button.addListener(SWT.Selection, event -> action.run());
      choices = new Link(this, SWT.WRAP);
      choices.setText("<a href=\"KNOWN\">" + Messages.Renumbered_known + "</a>\n<a href=\"NEW\">" + Messages.Renumbered_new + "</a>"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      choices.addListener(SWT.Selection, event -> decision.accept(Renumbered.valueOf(event.text)));
      GridDataFactory.fillDefaults().span(3, 1).indent(21, 0).grab(true, false).exclude(true).applyTo(choices);
      choices.setVisible(false);
      bar = new ProgressBar(this, SWT.HORIZONTAL | SWT.SMOOTH);
      GridDataFactory.fillDefaults().span(3, 1).grab(true, false).hint(SWT.DEFAULT, 4).applyTo(bar);
    }

    void show(Account account, Activity activity) {
      boolean working = activity.phase() != Activity.Phase.IDLE;
      String said = ActivityText.of(account, activity);
      words.setText(said.replace("&", "&&")); //$NON-NLS-1$ //$NON-NLS-2$
      words.setToolTipText(ActivityText.withPush(said, activity));
      mark.setImage(working ? null : images.create(Icons.of("obj16/trouble"))); //$NON-NLS-1$
      show(mark, !working);
      show(bar, working && activity.total() > 0);
      bar.setMaximum(Math.max(1, activity.total()));
      bar.setSelection(activity.done());
      explanation = () -> activity.trouble().ifPresent(trouble -> explain.accept(account, trouble));
      offerDetails(activity.trouble().isPresent());
      decision = chosen -> decide.accept(account, chosen);
      show(choices, !working && activity.trouble().filter(MailException.Renumbered.class::isInstance).isPresent());
      button.setImage(images.create(Icons.of(working ? "elcl16/cancel" : "elcl16/retry"))); //$NON-NLS-1$ //$NON-NLS-2$
      button.setToolTipText(working ? Messages.Activity_cancel : Messages.Activity_retry);
      action = () -> (working ? cancel : retry).accept(account.id());
      Point room = words.getSize();
      if (words.computeSize(Math.max(1, room.x), SWT.DEFAULT).y != room.y) {
        relayout(); // another number of lines
      }
    }

    private void offerDetails(boolean wanted) {
      if (wanted && details == null) {
        details = new ToolItem(tools, SWT.PUSH, 0);
        details.setToolTipText(Messages.Activity_details);
        details.setImage(images.create(Icons.of("elcl16/explain"))); //$NON-NLS-1$
        details.addListener(SWT.Selection, event -> explanation.run());
        relayout();
      } else if (!wanted && details != null) {
        details.dispose();
        details = null;
        relayout();
      }
    }

    private void show(Control control, boolean shown) {
      GridData data = (GridData) control.getLayoutData();
      if (data.exclude == shown) {
        data.exclude = !shown;
        control.setVisible(shown);
        relayout();
      }
    }
  }
}
