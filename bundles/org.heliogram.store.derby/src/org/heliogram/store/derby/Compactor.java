/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;

/**
 * Gives the space of content back that nobody names any more: what lives in a segment with more than 30 % dead bytes is written to the
 * current segment, forced, named by the database, and only then the old file goes. A crash in between leaves bytes that the next
 * compaction takes.
 */
final class Compactor {
  private static final Logger LOG = System.getLogger(Compactor.class.getName());
  private static final double DEAD = 0.3;
  private static final int BATCH = 200;
  private final OpenStore store;
  private final SegmentFiles segments;

  private record Line(long raw, RawRef ref) {}

  private record Moved(long raw, RawRef from, RawRef to) {}

  Compactor(OpenStore store) {
    this.store = store;
    this.segments = store.segments();
  }

  /** @return bytes gained */
  long run(IProgressMonitor monitor) throws StoreException {
    try {
      List<Integer> all = List.copyOf(segments.numbers());
      SubMonitor progress = SubMonitor.convert(monitor, all.size());
      long before = size();
      for (int segment : all) {
        progress.checkCanceled();
        if (worthwhile(segment)) {
          rewrite(segment, progress);
        }
        progress.worked(1);
      }
      return Math.max(0, before - size());
    } catch (IOException e) {
      throw Trouble.translate("compact", e); //$NON-NLS-1$
    }
  }

  private long size() throws IOException {
    long size = 0;
    for (int segment : segments.numbers()) {
      size += segments.size(segment);
    }
    return size;
  }

  private boolean worthwhile(int segment) throws StoreException, IOException {
    long live = store.read(reader -> ((DerbyReader) reader).session.number(
        "SELECT COALESCE(SUM(length + ?), 0) FROM raw WHERE segment = ?", (long) SegmentFiles.HEADER, segment)); //$NON-NLS-1$
    return segments.size(segment) - live > DEAD * segments.size(segment);
  }

  private void rewrite(int segment, SubMonitor progress) throws StoreException, IOException {
    segments.leave(segment);
    if (segments.pinned(segment)) {
      return; // staged a moment ago, about to be named
    }
    long last = 0;
    for (List<Line> lines = after(segment, last); !lines.isEmpty(); lines = after(segment, last)) {
      progress.checkCanceled();
      if (!move(lines)) {
        return;
      }
      last = lines.get(lines.size() - 1).raw();
    }
    boolean free = store.exclusively(session -> session.number("SELECT COUNT(*) FROM raw WHERE segment = ?", segment)) == 0; //$NON-NLS-1$
    if (free && !segments.pinned(segment)) {
      segments.delete(segment);
    }
  }

  private List<Line> after(int segment, long raw) throws StoreException {
    return store.read(reader -> ((DerbyReader) reader).session.query("""
        SELECT id, segment, start, length, checksum FROM raw WHERE segment = ? AND id > ? ORDER BY id FETCH FIRST ? ROWS ONLY
        """, row -> new Line(row.getLong(1), new RawRef(row.getInt(2), row.getLong(3), row.getLong(4), row.getLong(5))), segment, raw, BATCH));
  }

  /** @return false if some content is damaged: then the file stays for someone to look at */
  private boolean move(List<Line> lines) throws StoreException {
    List<Moved> moved = new ArrayList<>();
    List<SegmentBody> copies = new ArrayList<>(); // keeps the new places pinned until they are named
    for (Line line : lines) {
      try (InputStream in = segments.open(line.ref())) {
        SegmentBody copy = segments.stage(in, BodyState.WHOLE);
        copies.add(copy);
        moved.add(new Moved(line.raw(), line.ref(), copy.ref()));
      } catch (IOException e) {
        LOG.log(Level.ERROR, "segment " + line.ref().segment() + " is not compacted", e); //$NON-NLS-1$ //$NON-NLS-2$
        return false;
      }
    }
    var touched = new TreeSet<Integer>();
    moved.forEach(one -> touched.add(one.to().segment()));
    segments.force(touched);
    store.exclusively(session -> {
      session.batch("UPDATE raw SET segment = ?, start = ? WHERE id = ? AND segment = ? AND start = ?", //$NON-NLS-1$
          moved.stream().map(one -> new Object[] {one.to().segment(), one.to().start(), one.raw(), one.from().segment(), one.from().start()})
              .toList());
      session.commit();
      return null;
    });
    copies.forEach(segments::named);
    return true;
  }
}
