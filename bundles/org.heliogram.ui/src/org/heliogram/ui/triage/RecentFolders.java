/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.heliogram.core.model.FolderKey;
import org.osgi.service.prefs.BackingStoreException;

/** Remembers into which folders messages were put last, the last first. */
final class RecentFolders {
  private static final String KEY = "recentFolders"; //$NON-NLS-1$
  private static final int MOST = 5;
  private final IEclipsePreferences preferences;

  RecentFolders(IEclipsePreferences preferences) {
    this.preferences = Objects.requireNonNull(preferences);
  }

  List<FolderKey> keys() {
    return Arrays.stream(preferences.get(KEY, "").split(" ")).filter(text -> text.matches("\\d{1,18}")) //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        .map(text -> new FolderKey(Long.parseLong(text))).toList();
  }

  void used(FolderKey folder) {
    Stream<FolderKey> others = keys().stream().filter(other -> !other.equals(folder));
    preferences.put(KEY, Stream.concat(Stream.of(folder), others).limit(MOST).map(FolderKey::toString).collect(Collectors.joining(" "))); //$NON-NLS-1$
    try {
      preferences.flush();
    } catch (BackingStoreException e) {
      ILog.of(RecentFolders.class).warn("The folders used last could not be saved", e); //$NON-NLS-1$
    }
  }
}
