/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Account;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.MailServices;

/** What a test in the workbench's UI thread sees and waits for. */
public final class Screen {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Screen() {}

  public static MailServices services() {
    return MailServices.of(PlatformUI.getWorkbench());
  }

  /** Lets the workbench live until something is true. @param otherwise what to say if it does not become true */
  public static void waitFor(BooleanSupplier condition, Supplier<String> otherwise) {
    Display display = Display.getCurrent();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail(otherwise);
      }
      if (!display.readAndDispatch()) {
        display.timerExec(20, () -> {}); // wakes the display up again
        display.sleep();
      }
    }
  }

  public static List<Account> accounts() throws Exception {
    return away(() -> services().store().read(StoreReader::accounts));
  }

  public static void removeAllAccounts() throws Exception {
    for (Account account : accounts()) {
      away(() -> {
        services().mail().remove(account.id(), new NullProgressMonitor());
        return null;
      });
    }
  }

  /** Does something that the UI thread must not do, and waits for it there. */
  public static <T> T away(Callable<T> call) throws Exception {
    var task = new FutureTask<T>(call);
    Thread thread = new Thread(task, "test");
    thread.start();
    waitFor(task::isDone, () -> "the store did not answer");
    return task.get();
  }

  /** All controls of a kind below a composite, depth first. */
  public static <T extends Control> List<T> all(Composite parent, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Control child : parent.getChildren()) {
      if (type.isInstance(child)) {
        found.add(type.cast(child));
      }
      if (child instanceof Composite composite) {
        found.addAll(all(composite, type));
      }
    }
    return found;
  }

  public static <T extends Control> T one(Composite parent, Class<T> type, Predicate<T> wanted) {
    return all(parent, type).stream().filter(wanted).findFirst().orElseGet(() -> fail("no such " + type.getSimpleName()));
  }

  public static Optional<Shell> shell(String title) {
    return Stream.of(Display.getCurrent().getShells()).filter(shell -> !shell.isDisposed() && shell.getText().equals(title)).findFirst();
  }
}
