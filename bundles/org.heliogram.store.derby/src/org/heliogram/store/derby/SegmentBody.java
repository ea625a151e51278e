/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StagedBody;

/** Content in a segment. Compaction may move it while someone keeps this: then its new place is looked up by its key. */
final class SegmentBody implements StagedBody {
  private final SegmentFiles segments;
  private final RawRef ref;
  private final BodyState state;
  private final long raw;
  private final Finder finder;

  /** Looks up where content lies now. */
  interface Finder {
    RawRef find(long raw) throws IOException;
  }

  /** @param raw key in the table {@code raw}; 0 while staged */
  SegmentBody(SegmentFiles segments, RawRef ref, BodyState state, long raw, Finder finder) {
    this.segments = segments;
    this.ref = ref;
    this.state = state;
    this.raw = raw;
    this.finder = finder;
  }

  RawRef ref() {
    return ref;
  }

  @Override
  public long sizeInBytes() {
    return ref.length();
  }

  @Override
  public BodyState state() {
    return state;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return segments.open(ref);
    } catch (NoSuchFileException e) {
      RawRef now = raw == 0 ? ref : finder.find(raw);
      if (now.equals(ref)) {
        throw e;
      }
      return segments.open(now);
    }
  }
}
