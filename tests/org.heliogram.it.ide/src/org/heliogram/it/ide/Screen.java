/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.ide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.browser.Browser;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

/** What a user can see and do. Call the methods that wait from any thread but the UI thread, the others on it. */
final class Screen {
  private static final int LOOK_AGAIN_MILLIS = 50;

  private final Display display;
  private final Duration patience;

  Screen(Display display, Duration patience) {
    this.display = display;
    this.patience = patience;
  }

  <T> T get(Supplier<T> question) throws ExecutionException, InterruptedException, TimeoutException {
    return when(() -> Optional.of(question.get()));
  }

  void run(Runnable action) throws ExecutionException, InterruptedException, TimeoutException {
    get(() -> {
      action.run();
      return true;
    });
  }

  /** Waits until there is an answer; the question is asked on the UI thread, again and again. */
  <T> T when(Supplier<Optional<T>> question) throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    display.asyncExec(() -> ask(question, answer));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(false);
    }
  }

  /** Whether something comes into sight before patience ends. */
  boolean sees(Supplier<Boolean> condition) throws ExecutionException, InterruptedException {
    try {
      return when(() -> Optional.of(condition.get()).filter(Boolean::booleanValue));
    } catch (TimeoutException e) {
      return false;
    }
  }

  private <T> void ask(Supplier<Optional<T>> question, CompletableFuture<T> answer) {
    if (answer.isDone() || display.isDisposed()) {
      return;
    }
    try {
      question.get().ifPresentOrElse(answer::complete,
          () -> display.timerExec(LOOK_AGAIN_MILLIS, () -> ask(question, answer)));
    } catch (RuntimeException e) { // hand it to the thread that waits
      answer.completeExceptionally(e);
    }
  }

  /** The first control of a kind that is in sight and passes. */
  <C extends Control> Optional<C> visible(Class<C> kind, Predicate<C> condition) {
    return controls().stream().filter(kind::isInstance).map(kind::cast).filter(condition).findFirst();
  }

  void press(Button button) {
    button.notifyListeners(SWT.Selection, new Event());
  }

  void choose(Tree tree, TreeItem item) {
    tree.setFocus();
    tree.setSelection(item);
    Event event = new Event();
    event.item = item;
    tree.notifyListeners(SWT.Selection, event);
  }

  void choose(Table table, int row) {
    table.setFocus();
    table.setSelection(row);
    Event event = new Event();
    event.item = table.getItem(row);
    table.notifyListeners(SWT.Selection, event);
  }

  /** An item with such a text, perhaps with a count behind it, at any depth that is unfolded. */
  Optional<TreeItem> itemNamed(Tree tree, String name) {
    return itemsBelow(tree.getItems()).stream().filter(item -> item.getText().strip().startsWith(name)).findFirst();
  }

  private static List<TreeItem> itemsBelow(TreeItem[] items) {
    List<TreeItem> all = new ArrayList<>();
    for (TreeItem item : items) {
      all.add(item);
      all.addAll(itemsBelow(item.getItems()));
    }
    return all;
  }

  /** The words in a row of a table, blank while the row is still being loaded. */
  List<String> rowWords(Table table, int row) {
    TableItem item = table.getItem(row);
    return IntStream.range(0, Math.max(1, table.getColumnCount())).mapToObj(item::getText)
        .filter(word -> !word.isBlank()).toList();
  }

  /** All text in sight that is not in a list or tree. */
  String text() {
    return controls().stream().map(Screen::textOf).collect(Collectors.joining("\n")); //$NON-NLS-1$
  }

  private static String textOf(Control control) {
    return switch (control) {
      case StyledText text -> text.getText();
      case Text text -> text.getText();
      case Label label -> label.getText();
      case CLabel label -> label.getText() == null ? "" : label.getText(); //$NON-NLS-1$
      case Link link -> link.getText();
      case Browser browser -> browser.getText();
      default -> ""; //$NON-NLS-1$
    };
  }

  private List<Control> controls() {
    List<Control> all = new ArrayList<>();
    Arrays.stream(display.getShells()).filter(Shell::isVisible).forEach(shell -> collect(shell, all));
    return all;
  }

  private static void collect(Composite parent, List<Control> all) {
    for (Control child : parent.getChildren()) {
      if (child.isVisible()) {
        all.add(child);
        if (child instanceof Composite composite) {
          collect(composite, all);
        }
      }
    }
  }
}
