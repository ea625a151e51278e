/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleListener;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** How long mail stays on a POP3 server, what of very large mail is taken, and whose inbox it goes to. */
public final class MaildropPage extends AccountPage {
  private static final int WIDTH_HINT = 400;
  private static final int INDENT = 22;
  private static final int MOST_DAYS = 3_650;
  private static final int MOST_MEGABYTES = 2_000;
  private static final long MEGABYTE = 1_000_000;
  private final Map<Leaving, Button> leavings = new EnumMap<>(Leaving.class);
  private final List<AccountId> inboxes = new ArrayList<>(); // UI thread only; in the order of the choices after the first
  private Spinner days;
  private Button headersFirst;
  private Spinner megabytes;
  private Combo inbox;

  public MaildropPage() {
    super(1);
  }

  @Override
  void fill(Composite area) {
    words(area, Messages.Maildrop_intro, 0);
    MaildropOptions options = account().options().maildrop();
    for (Leaving leaving : Leaving.values()) {
      choice(area, leaving, options);
      words(area, means(leaving), INDENT);
    }
    words(area, Messages.Maildrop_safe, 0);
    createSize(area, options);
    createInbox(area);
    enable();
  }

  private void choice(Composite area, Leaving leaving, MaildropOptions options) {
    Composite row = row(area, leaving == Leaving.SOME_DAYS ? 3 : 1);
    Button button = new Button(row, SWT.RADIO);
    button.setText(name(leaving));
    button.setSelection(options.leaving() == leaving);
    button.getAccessible().addAccessibleListener(AccessibleListener.getDescriptionAdapter(event -> event.result = means(leaving)));
    button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> choose(leaving)));
    leavings.put(leaving, button);
    if (leaving == Leaving.SOME_DAYS) {
      days = new Spinner(row, SWT.BORDER);
      days.setValues(options.days(), 1, MOST_DAYS, 0, 1, 7);
      days.getAccessible().addAccessibleListener(AccessibleListener.getNameAdapter(event -> event.result = Messages.Maildrop_days));
      new Label(row, SWT.NONE).setText(Messages.Maildrop_someDaysEnd);
    }
  }

  /** The buttons stand in rows of their own, so that nobody else lets the others go. */
  private void choose(Leaving leaving) {
    leavings.forEach((each, button) -> button.setSelection(each == leaving));
    enable();
  }

  private void createSize(Composite area, MaildropOptions options) {
    Composite row = row(area, 3);
    headersFirst = new Button(row, SWT.CHECK);
    headersFirst.setText(Messages.Maildrop_headersOver);
    headersFirst.setSelection(options.headersOver() < Long.MAX_VALUE);
    headersFirst.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> enable()));
    megabytes = new Spinner(row, SWT.BORDER);
    megabytes.setValues(inMegabytes(options.headersOver()), 0, MOST_MEGABYTES, 0, 1, 10);
    megabytes.getAccessible().addAccessibleListener(AccessibleListener.getNameAdapter(event -> event.result = Messages.Maildrop_megabytes));
    new Label(row, SWT.NONE).setText(Messages.Maildrop_headersOverEnd);
    words(area, Messages.Maildrop_headersMean, INDENT);
  }

  private void createInbox(Composite area) {
    Composite row = row(area, 2);
    new Label(row, SWT.NONE).setText(Messages.Maildrop_inbox);
    inbox = new Combo(row, SWT.READ_ONLY | SWT.DROP_DOWN);
    inbox.add(Messages.Maildrop_ownInbox);
    inbox.select(0);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(inbox);
    account().options().maildrop().inboxOf().ifPresent(chosen -> offer(chosen, "\u2026")); //$NON-NLS-1$
    words(area, Messages.Maildrop_inboxMeans, 0);
    new StoreReads(services().store(), UiThread.background("heliogram account names"), new UiThread(area)) //$NON-NLS-1$
        .read(StoreReader::accounts, this::offer, trouble -> setMessage(TroubleText.of(trouble, account().label())));
  }

  /** Other maildrops, unless their mail goes elsewhere itself. */
  private void offer(List<Account> accounts) {
    Optional<AccountId> chosen = inboxOf();
    inboxes.clear();
    inbox.setItems(Messages.Maildrop_ownInbox);
    inbox.select(0);
    for (Account other : accounts) {
      if (chosen.filter(other.id()::equals).isPresent() || other.protocol() == Protocol.POP3 && !other.id().equals(account().id())
          && other.options().maildrop().inboxOf().isEmpty()) {
        offer(other.id(), other.label());
        inbox.select(chosen.map(inboxes::indexOf).orElse(-1) + 1);
      }
    }
  }

  private void offer(AccountId id, String label) {
    inboxes.add(id);
    inbox.add(label);
    inbox.select(inboxes.size());
  }

  private Optional<AccountId> inboxOf() {
    int at = inbox.getSelectionIndex();
    return at <= 0 ? Optional.empty() : Optional.of(inboxes.get(at - 1));
  }

  private static int inMegabytes(long bytes) {
    long size = bytes == Long.MAX_VALUE ? MaildropOptions.DEFAULT.headersOver() : bytes;
    return (int) Math.min(MOST_MEGABYTES, Math.round((double) size / MEGABYTE));
  }

  private void enable() {
    days.setEnabled(leavings.get(Leaving.SOME_DAYS).getSelection());
    megabytes.setEnabled(headersFirst.getSelection());
  }

  private static String name(Leaving leaving) {
    return switch (leaving) {
      case EVERYTHING -> Messages.Maildrop_everything;
      case UNTIL_TAKEN -> Messages.Maildrop_untilTaken;
      case SOME_DAYS -> Messages.Maildrop_someDays;
      case UNTIL_DELETED -> Messages.Maildrop_untilDeleted;
    };
  }

  private static String means(Leaving leaving) {
    return switch (leaving) {
      case EVERYTHING -> Messages.Maildrop_everythingMeans;
      case UNTIL_TAKEN -> Messages.Maildrop_untilTakenMeans;
      case SOME_DAYS -> Messages.Maildrop_someDaysMeans;
      case UNTIL_DELETED -> Messages.Maildrop_untilDeletedMeans;
    };
  }

  @Override
  Check check() {
    return Check.FINE;
  }

  @Override
  UnaryOperator<Account> edit() {
    MaildropOptions before = account().options().maildrop();
    Leaving leaving = leavings.entrySet().stream().filter(each -> each.getValue().getSelection()).map(Map.Entry::getKey).findFirst()
        .orElse(before.leaving());
    boolean sameSize = headersFirst.getSelection() && before.headersOver() < Long.MAX_VALUE
        && inMegabytes(before.headersOver()) == megabytes.getSelection();
    long over = sameSize ? before.headersOver() : headersFirst.getSelection() ? megabytes.getSelection() * MEGABYTE : Long.MAX_VALUE;
    var after = new MaildropOptions(leaving, days.getSelection(), over, inboxOf());
    return old -> old.withOptions(old.options().withMaildrop(after));
  }

  private static Composite row(Composite area, int columns) {
    Composite row = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(columns).applyTo(row);
    GridDataFactory.fillDefaults().grab(true, false).indent(0, 3).applyTo(row);
    return row;
  }

  private static void words(Composite area, String said, int indent) {
    var label = new Label(area, SWT.WRAP);
    label.setText(said);
    GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH_HINT, SWT.DEFAULT).indent(indent, 0).applyTo(label);
  }
}
