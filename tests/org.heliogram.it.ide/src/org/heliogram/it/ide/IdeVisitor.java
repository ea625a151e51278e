/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.ide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Visits the IDE as a user would and writes a line for each thing it finds: {@code pass NAME} or {@code fail NAME WHY}.
 * System properties: {@code heliogram.ide.visit} = look | read, {@code heliogram.ide.report} = file to append to.
 */
public final class IdeVisitor implements IStartup {
  private static final String OURS = "org.heliogram."; //$NON-NLS-1$
  private static final String LISTENER = "org.heliogram.ui"; //$NON-NLS-1$
  private static final String PERSPECTIVE = "org.heliogram.ui.perspective"; //$NON-NLS-1$
  private static final String DEMO = "demo mailbox"; //$NON-NLS-1$
  private static final String INBOX = "Inbox"; //$NON-NLS-1$
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final IWorkbench workbench = PlatformUI.getWorkbench();
  private final Screen screen = new Screen(workbench.getDisplay(), PATIENCE);

  @Override
  public void earlyStartup() {
    String visit = System.getProperty("heliogram.ide.visit"); //$NON-NLS-1$
    if (visit == null) {
      return;
    }
    try {
      nothingOfOursIsActive();
      if (visit.equals("read")) { //$NON-NLS-1$
        perspectiveOpens();
        demoMailboxOpens();
        messageIsShown();
        perspectiveCloses();
      }
    } catch (ExecutionException | TimeoutException e) {
      report("fail visit " + e); //$NON-NLS-1$
      ILog.of(IdeVisitor.class).error("the visit ended early", e); //$NON-NLS-1$
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Display display = workbench.getDisplay();
      display.asyncExec(workbench::close);
    }
  }

  /** One listener in the user interface may ask whether background fetching was ticked; nothing else may have begun. */
  private void nothingOfOursIsActive() {
    List<String> active = activeBundles().stream().filter(name -> !name.equals(LISTENER)).toList();
    List<String> busy = Stream.concat(
        Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("heliogram")), //$NON-NLS-1$
        Arrays.stream(Job.getJobManager().find(null)).map(job -> job.getClass().getName())
            .filter(name -> name.startsWith(OURS) && !name.startsWith(IdeVisitor.class.getPackageName()))).toList();
    report("nothingRunsAtStartUp", active.isEmpty() && busy.isEmpty(), active + " are active, " + busy + " run"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private static List<String> activeBundles() {
    return Arrays.stream(FrameworkUtil.getBundle(IdeVisitor.class).getBundleContext().getBundles())
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE).map(Bundle::getSymbolicName)
        .filter(name -> name.startsWith(OURS) && !name.equals("org.heliogram.it.ide")).toList(); //$NON-NLS-1$
  }

  private void perspectiveOpens() throws ExecutionException, InterruptedException, TimeoutException {
    screen.run(() -> {
      IWorkbenchWindow window = workbench.getWorkbenchWindows()[0];
      try {
        workbench.showPerspective(PERSPECTIVE, window);
      } catch (WorkbenchException e) {
        throw new IllegalStateException(e);
      }
    });
    String now = screen.get(() -> workbench.getWorkbenchWindows()[0].getActivePage().getPerspective().getId());
    report("perspectiveOpens", now.equals(PERSPECTIVE), "it is " + now); //$NON-NLS-1$ //$NON-NLS-2$
    report("perspectiveWakesUs", activeBundles().contains("org.heliogram.core"), activeBundles() + " are active"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private void demoMailboxOpens() throws ExecutionException, InterruptedException, TimeoutException {
    Button button = screen.when(() -> screen.visible(Button.class, each -> words(each).contains(DEMO)));
    screen.run(() -> screen.press(button));
    boolean folders = screen.sees(() -> screen.visible(Tree.class, this::hasInbox).isPresent());
    report("demoMailboxOpens", folders, "no Inbox is shown"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void messageIsShown() throws ExecutionException, InterruptedException, TimeoutException {
    Tree folders = screen.when(() -> screen.visible(Tree.class, this::hasInbox));
    screen.run(() -> screen.choose(folders, screen.itemNamed(folders, INBOX).orElseThrow()));
    Table messages = screen.when(() -> screen.visible(Table.class, this::hasFullRow));
    List<String> row = screen.get(() -> screen.rowWords(messages, 0));
    screen.run(() -> screen.choose(messages, 0));
    String subject = row.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
    boolean shown = screen.sees(() -> screen.text().contains(subject));
    report("messageIsShown", shown, "the subject of the first message is not on screen"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** As one does before uninstalling: of any perspective left open the platform complains that its icons are gone. */
  private void perspectiveCloses() throws ExecutionException, InterruptedException, TimeoutException {
    screen.run(() -> {
      IWorkbenchPage page = workbench.getWorkbenchWindows()[0].getActivePage();
      page.closePerspective(page.getPerspective(), false, false);
    });
    boolean gone = screen.sees(() -> {
      IPerspectiveDescriptor now = workbench.getWorkbenchWindows()[0].getActivePage().getPerspective();
      return now != null && !now.getId().equals(PERSPECTIVE);
    });
    report("perspectiveCloses", gone, "it is still there"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private boolean hasInbox(Tree tree) {
    return screen.itemNamed(tree, INBOX).isPresent();
  }

  private boolean hasFullRow(Table table) {
    return table.getItemCount() > 0 && screen.rowWords(table, 0).size() > 2;
  }

  private static String words(Button button) {
    return button.getText().replace("&", "").toLowerCase(Locale.ROOT); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static void report(String name, boolean good, String otherwise) {
    report(good ? "pass " + name : "fail " + name + " " + otherwise); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private static void report(String line) {
    try {
      Files.writeString(Path.of(System.getProperty("heliogram.ide.report")), line.replace('\n', ' ') + "\n", //$NON-NLS-1$ //$NON-NLS-2$
          StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
