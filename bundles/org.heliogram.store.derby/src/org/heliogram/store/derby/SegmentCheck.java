/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliogram.core.store.StoreException;

/** Whether the segments the database names are there; quick enough for every start. */
final class SegmentCheck {
  private SegmentCheck() {}

  /** Segments with content that are not there or end too early. */
  static List<Integer> missing(Session session, SegmentFiles segments) throws StoreException {
    var missing = new ArrayList<Integer>();
    String next = "SELECT MIN(segment) FROM raw WHERE segment > ?"; //$NON-NLS-1$
    for (int segment = (int) session.number(next, 0); segment > 0; segment = (int) session.number(next, segment)) {
      long end = session.number("SELECT MAX(start + length) FROM raw WHERE segment = ?", segment); //$NON-NLS-1$
      if (size(segments.file(segment)) < end) {
        missing.add(segment);
      }
    }
    return missing;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1; // not there, or not for us to look at: the same to a reader
    }
  }
}
