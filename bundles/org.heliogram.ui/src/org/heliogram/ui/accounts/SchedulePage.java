/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Duration;
import java.time.LocalTime;
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
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.QuietHours;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.store.Subscription;
import org.heliogram.ui.UiThread;

/** When mail is fetched without being asked for: how often, from when on, and at which hours not. */
public final class SchedulePage extends AccountPage {
  private static final QuietHours USUAL = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0));
  private final IntervalChoices intervals = new IntervalChoices();
  private Combo interval;
  private Button background;
  private Button quiet;
  private DateTime from;
  private DateTime to;
  private Label times;

  public SchedulePage() {
    super(2);
  }

  @Override
  void fill(Composite area) {
    AccountOptions options = account().options();
    words(area, account().protocol() == Protocol.POP3 ? Messages.Schedule_popMeans : Messages.Schedule_imapMeans, 0);
    new Label(area, SWT.NONE).setText(Messages.Schedule_interval);
    interval = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
    interval.setItems(intervals.offer(options.fetchInterval()));
    interval.select(intervals.index(options.fetchInterval()));
    interval.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> enable()));
    background = check(area, Messages.Schedule_background, options.fetchInBackground());
    words(area, Messages.Schedule_backgroundMeans, 22);
    createQuiet(area, options.quiet());
    times = words(area, "", 0); //$NON-NLS-1$
    showTimes();
    enable();
    var ui = new UiThread(area);
    Subscription observation = services().mail().observe(event -> {
      if (event instanceof ServiceEvent.ActivityChanged changed && changed.account().equals(account().id())) {
        ui.execute(this::showTimes);
      }
    });
    area.addDisposeListener(event -> observation.close());
  }

  private void createQuiet(Composite area, Optional<QuietHours> chosen) {
    Composite row = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(4).applyTo(row);
    GridDataFactory.fillDefaults().span(2, 1).indent(0, 6).applyTo(row);
    quiet = new Button(row, SWT.CHECK);
    quiet.setText(Messages.Schedule_quiet);
    quiet.setSelection(chosen.isPresent());
    quiet.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> {
      enable();
      checked();
    }));
    from = time(row, chosen.orElse(USUAL).from(), Messages.Schedule_quietFrom);
    new Label(row, SWT.NONE).setText(Messages.Schedule_quietTo);
    to = time(row, chosen.orElse(USUAL).to(), Messages.Schedule_quietUntil);
    words(area, Messages.Schedule_quietMeans, 22);
  }

  private DateTime time(Composite row, LocalTime time, String name) {
    var field = new DateTime(row, SWT.TIME | SWT.SHORT | SWT.BORDER);
    field.setTime(time.getHour(), time.getMinute(), 0);
    field.getAccessible().addAccessibleListener(AccessibleListener.getNameAdapter(event -> event.result = name));
    field.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> checked()));
    return field;
  }

  private void showTimes() {
    Activity activity = services().mail().activity(account().id());
    var fetches = new FetchTimes();
    String last = fetches.last(activity);
    times.setText(last.isEmpty() ? fetches.next(activity) : last + '\n' + fetches.next(activity));
    times.requestLayout();
  }

  private void enable() {
    boolean scheduled = !intervals.value(interval.getSelectionIndex()).isZero();
    quiet.setEnabled(scheduled);
    from.setEnabled(scheduled && quiet.getSelection());
    to.setEnabled(scheduled && quiet.getSelection());
  }

  private static LocalTime read(DateTime field) {
    return LocalTime.of(field.getHours(), field.getMinutes());
  }

  @Override
  Check check() {
    return quiet.getSelection() && read(from).equals(read(to)) ? new Check.Wrong(Messages.Schedule_quietSame) : Check.FINE;
  }

  @Override
  UnaryOperator<Account> edit() {
    Duration every = intervals.value(interval.getSelectionIndex());
    boolean inBackground = background.getSelection();
    Optional<QuietHours> hours = quiet.getSelection() && !read(from).equals(read(to)) ? Optional.of(new QuietHours(read(from), read(to)))
        : Optional.empty();
    return old -> old.withOptions(old.options().withFetch(every, inBackground).withQuiet(hours));
  }

  private static Button check(Composite area, String words, boolean on) {
    var button = new Button(area, SWT.CHECK);
    button.setText(words);
    button.setSelection(on);
    GridDataFactory.swtDefaults().span(2, 1).indent(0, 6).applyTo(button);
    return button;
  }

  private static Label words(Composite area, String said, int indent) {
    var label = new Label(area, SWT.WRAP);
    label.setText(said);
    GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).span(2, 1).indent(indent, 2).applyTo(label);
    return label;
  }
}
