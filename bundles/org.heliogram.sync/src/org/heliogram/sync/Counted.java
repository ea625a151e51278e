/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.core.service.Activity.Phase;

/** Tells how far the fetching of whole messages has come. */
final class Counted implements Runnable {
  private final Course course;
  private final String folder;
  private final int total;
  private int done;

  Counted(Course course, String folder, int total) {
    this.course = course;
    this.folder = folder;
    this.total = total;
  }

  @Override
  public void run() {
    done++;
    course.at(Phase.FETCHING_BODIES, folder, Math.min(done, total), total);
  }
}
