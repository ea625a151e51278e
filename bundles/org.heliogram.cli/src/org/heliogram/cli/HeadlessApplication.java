/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** The application {@code org.heliogram.cli}: one command, then the end. Its result is the exit status of the process. */
public final class HeadlessApplication implements IApplication {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final IProgressMonitor monitor = new NullProgressMonitor();

  @Override
  public Object start(IApplicationContext context) throws InterruptedException {
    context.applicationRunning();
    quieten();
    var words = List.of((String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS));
    var output = new Output(standardOutput(), new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset()), watched(), false);
    try {
      return run(words, output).code();
    } finally {
      output.flush();
    }
  }

  /** A command says itself what went wrong, in one line; the log's copy of it on standard error comes back with HELIOGRAM_LOG=1. */
  private static void quieten() {
    if (System.getenv("HELIOGRAM_LOG") == null) { //$NON-NLS-1$
      Logger root = Logger.getLogger(""); //$NON-NLS-1$
      for (Handler handler : root.getHandlers()) {
        if (handler instanceof ConsoleHandler) {
          root.removeHandler(handler);
        }
      }
    }
  }

  private Status run(List<String> words, Output output) throws InterruptedException {
    var line = new CommandLine();
    if (line.isHelp(words)) {
      return line.help(words, output);
    }
    BundleContext bundle = FrameworkUtil.getBundle(HeadlessApplication.class).getBundleContext();
    var store = new ServiceTracker<MailStore, MailStore>(bundle, MailStore.class, null);
    var service = new ServiceTracker<MailService, MailService>(bundle, MailService.class, null);
    var codec = new ServiceTracker<MimeCodec, MimeCodec>(bundle, MimeCodec.class, null);
    List<ServiceTracker<?, ?>> all = List.of(store, service, codec);
    all.forEach(ServiceTracker::open);
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      if (!arrived(store, end, output, "MailStore") || !arrived(service, end, output, "MailService") || !arrived(codec, end, output, "MimeCodec")) { //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        return Status.FAILED;
      }
      return line.run(words, new Desk(store.getService(), service.getService(), codec.getService(), output, System.getenv(), monitor));
    } finally {
      all.forEach(ServiceTracker::close);
    }
  }

  /** Components start beside the application: gives them time. */
  private static boolean arrived(ServiceTracker<?, ?> tracker, long end, Output output, String name) throws InterruptedException {
    Object service = tracker.waitForService(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
    if (service == null) {
      output.note(NLS.bind(Messages.Start_serviceMissing, name, PATIENCE.toSeconds()));
    }
    return service != null;
  }

  private static PrintStream standardOutput() {
    return new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, charset());
  }

  /** UTF-8, whatever a script's locale is; only a Windows console needs its own. */
  private static Charset charset() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    String console = System.getProperty("stderr.encoding", ""); //$NON-NLS-1$ //$NON-NLS-2$
    return windows && !console.isEmpty() && Charset.isSupported(console) ? Charset.forName(console) : StandardCharsets.UTF_8;
  }

  /** Whether somebody watches standard error. */
  private static boolean watched() {
    Path error = Path.of("/proc/self/fd/2"); //$NON-NLS-1$
    if (!Files.isSymbolicLink(error)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(error).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty"); //$NON-NLS-1$ //$NON-NLS-2$
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void stop() {
    monitor.setCanceled(true);
  }
}
