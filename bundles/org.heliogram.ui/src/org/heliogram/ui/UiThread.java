/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Control;

/** Runs tasks on the UI thread as long as a control lives; afterwards they are dropped. */
public final class UiThread implements Executor {
  private final Control owner;

  public UiThread(Control owner) {
    this.owner = Objects.requireNonNull(owner);
  }

  @Override
  public void execute(Runnable task) {
    if (owner.isDisposed()) {
      return;
    }
    owner.getDisplay().asyncExec(() -> {
      if (!owner.isDisposed()) {
        task.run();
      }
    });
  }

  /** The other direction: each task becomes a job that the user does not see. */
  public static Executor background(String jobName) {
    return task -> {
      Job job = Job.createSystem(jobName, (ICoreRunnable) monitor -> task.run());
      job.setPriority(Job.INTERACTIVE);
      job.schedule();
    };
  }
}
