/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.StoreException;

/** Reads all content there is and compares it with its checksums. */
final class ContentCheck {
  private static final int BATCH = 500;
  private final OpenStore store;
  private final List<Finding> findings;

  private record Line(long raw, RawRef ref) {}

  ContentCheck(OpenStore store, List<Finding> findings) {
    this.store = store;
    this.findings = findings;
  }

  void run(IProgressMonitor monitor) throws StoreException {
    int total = (int) store.read(reader -> ((DerbyReader) reader).session.number("SELECT COUNT(*) FROM raw")).longValue(); //$NON-NLS-1$
    SubMonitor progress = SubMonitor.convert(monitor, total);
    List<Line> lines = after(0);
    while (!lines.isEmpty()) {
      for (Line line : lines) {
        progress.checkCanceled();
        verify(line);
        progress.worked(1);
      }
      lines = after(lines.get(lines.size() - 1).raw());
    }
  }

  private List<Line> after(long raw) throws StoreException {
    return store.read(reader -> ((DerbyReader) reader).session.query("""
        SELECT id, segment, start, length, checksum FROM raw WHERE id > ? ORDER BY id FETCH FIRST ? ROWS ONLY
        """, row -> new Line(row.getLong(1), new RawRef(row.getInt(2), row.getLong(3), row.getLong(4), row.getLong(5))), raw, BATCH));
  }

  private void verify(Line line) throws StoreException {
    try (InputStream in = store.body(line.raw(), line.ref(), BodyState.WHOLE).open()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      boolean still = store.read(reader -> ((DerbyReader) reader).session.number("SELECT COUNT(*) FROM raw WHERE id = ?", line.raw())) > 0; //$NON-NLS-1$
      if (still) {
        findings.add(new Finding("content " + line.raw() + ": " + e.getMessage())); //$NON-NLS-1$ //$NON-NLS-2$
      }
    }
  }
}
