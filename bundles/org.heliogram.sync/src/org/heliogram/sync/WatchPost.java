/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** One watch and the thread that waits in it; opens another when it is lost, sooner or later as {@link RetryPolicy} says. Any thread. */
final class WatchPost {
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final int WORTH_TELLING = 3;
  private final Watcher watcher;
  private final Schedule schedule;
  private final Optional<RemoteFolder> folder;
  private final Thread thread;
  private final IProgressMonitor ending = new NullProgressMonitor();
  private final Semaphore hurry = new Semaphore(0);
  private volatile FolderWatch watch;
  private volatile boolean outage;
  private int failures; // the thread's own

  /** @param folder to be watched; empty for what is most important, or everything */
  WatchPost(String name, Watcher watcher, Schedule schedule, Optional<RemoteFolder> folder) {
    this.watcher = watcher;
    this.schedule = schedule;
    this.folder = folder;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Optional<RemoteFolder> folder() {
    return folder;
  }

  boolean stands() {
    return watch != null;
  }

  boolean coversEverything() {
    FolderWatch now = watch;
    return now != null && now.everything();
  }

  void probe() {
    FolderWatch now = watch;
    if (now != null) {
      now.probe();
    }
  }

  /** Does not wait any longer before it tries again, if it was the network that failed. */
  void hurry() {
    if (watch == null && outage) {
      hurry.release();
    }
  }

  /** Ends watch and thread, without waiting for it. */
  void end() {
    ending.setCanceled(true);
    hurry.release();
    FolderWatch now = watch;
    if (now != null) {
      now.close();
    }
  }

  /** Whether its thread has ended. */
  boolean ended() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  boolean join(Duration atMost) throws InterruptedException {
    return thread.join(atMost);
  }

  private void run() {
    boolean able = true;
    try {
      Optional<Duration> pause = Optional.of(Duration.ZERO);
      while (pause.isPresent() && !ending.isCanceled()) {
        pause = once();
        able = pause.isPresent() || ending.isCanceled();
        if (pause.isPresent()) {
          hurry.drainPermits();
          if (!ending.isCanceled()) {
            hurry.tryAcquire(pause.get().toMillis(), TimeUnit.MILLISECONDS);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watcher.left(this, able);
    }
  }

  /** Opens a watch and waits in it until it is lost. @return when to try again; empty if the server cannot watch */
  private Optional<Duration> once() {
    long stood = System.nanoTime();
    boolean opened = false;
    Exception reason;
    try {
      Optional<FolderWatch> found = watcher.open(this, ending);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      stood = System.nanoTime();
      opened = true;
      stand(found.get());
      return Optional.of(RetryPolicy.FIRST);
    } catch (OperationCanceledException e) {
      return Optional.of(RetryPolicy.FIRST);
    } catch (MailException | StoreException | CredentialException e) {
      reason = e;
    } finally {
      watch = null;
    }
    boolean steady = opened && System.nanoTime() - stood > STEADY.toNanos();
    outage = reason instanceof MailException.Unreachable;
    failures = steady ? 1 : failures + 1; // Some servers end watches at random: that is no failure.
    watcher.fell(failures == WORTH_TELLING ? Optional.of(reason) : Optional.empty());
    return Optional.of(pause(reason));
  }

  private void stand(FolderWatch opened) throws MailException, StoreException {
    try (opened) {
      watch = opened;
      if (ending.isCanceled()) {
        throw new OperationCanceledException();
      }
      watcher.stands(this, opened);
      while (!ending.isCanceled()) {
        FolderWatch.Wake wake = opened.await();
        if (!wake.nothing()) {
          watcher.heard(wake);
        }
      }
    }
  }

  private Duration pause(Exception reason) {
    if (reason instanceof MailException failure) {
      return switch (RetryPolicy.decideWatch(failure, failures)) {
        case RetryPolicy.Decision.Retry retry -> schedule.about(retry.after());
        case RetryPolicy.Decision.AskUser ask -> {
          watcher.rest();
          yield Duration.ZERO;
        }
        case RetryPolicy.Decision.GiveUp giveUp -> schedule.about(RetryPolicy.LONGEST);
      };
    }
    watcher.rest(); // A store or a keyring that fails is the worker's trouble.
    return Duration.ZERO;
  }
}
