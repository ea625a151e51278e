/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.heliogram.core.model.FolderKey;

/** A part that shows folders. UI thread only. */
public interface FolderRevealing {
  /** Selects a folder, as soon as it is there. */
  void reveal(FolderKey folder);
}
