/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Objects;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.heliogram.core.model.FolderRole;
import org.osgi.service.prefs.BackingStoreException;

/** Remembers how lists are laid out, for each kind of folder. */
final class LayoutMemory {
  private static final String PREFIX = "messages.layout."; //$NON-NLS-1$
  private final IEclipsePreferences preferences;

  LayoutMemory(IEclipsePreferences preferences) {
    this.preferences = Objects.requireNonNull(preferences);
  }

  ListLayout recall(FolderRole role) {
    return ListLayout.parse(preferences.get(PREFIX + role.name(), "")); //$NON-NLS-1$
  }

  void remember(FolderRole role, ListLayout layout) {
    preferences.put(PREFIX + role.name(), layout.text());
    try {
      preferences.flush();
    } catch (BackingStoreException e) {
      ILog.of(LayoutMemory.class).warn("The layout of a message list could not be saved", e); //$NON-NLS-1$
    }
  }
}
