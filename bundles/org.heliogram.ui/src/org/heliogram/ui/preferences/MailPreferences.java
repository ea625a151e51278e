/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.preferences;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

/** The few things that can be preferred, by workspace. Any thread. */
public final class MailPreferences {
  /** Where they are kept, and the name by which plugin_customization.ini knows them. */
  public static final String QUALIFIER = "org.heliogram.ui"; //$NON-NLS-1$
  /** Whether a notification sums up new mail. */
  public static final String NOTIFY = "notifyNewMail"; //$NON-NLS-1$
  /** After how many seconds an opened message counts as read; {@link #NEVER} for never. */
  public static final String MARK_READ_AFTER = "markReadAfterSeconds"; //$NON-NLS-1$
  /** The user marks messages as read by hand. */
  public static final int NEVER = -1;
  static final int MARK_READ_DEFAULT = 2;

  private MailPreferences() {}

  public static boolean notifyNewMail() {
    return Platform.getPreferencesService().getBoolean(QUALIFIER, NOTIFY, false, null);
  }

  /** Durable when it returns, or logged. */
  public static void notifyNewMail(boolean wanted) {
    IEclipsePreferences node = InstanceScope.INSTANCE.getNode(QUALIFIER);
    node.putBoolean(NOTIFY, wanted);
    try {
      node.flush();
    } catch (BackingStoreException e) {
      ILog.of(MailPreferences.class).error("preferences not written", e); //$NON-NLS-1$
    }
  }

  /** Seconds, 0 for at once, {@link #NEVER} for never. */
  public static int markReadAfterSeconds() {
    return Platform.getPreferencesService().getInt(QUALIFIER, MARK_READ_AFTER, MARK_READ_DEFAULT, null);
  }
}
