/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import java.util.Collection;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.ui.preferences.MailPreferences;
import org.osgi.service.prefs.BackingStoreException;

/**
 * Remembers in this workspace whether some account wants to be fetched before its mail was looked at. The accounts themselves are in
 * the store, which must not be opened to find that out. By workspace, because only one process can have the store: an IDE that was
 * never asked to does not take it.
 */
public final class BackgroundFetch {
  private static final String KEY = "fetchInBackground"; //$NON-NLS-1$

  private BackgroundFetch() {}

  /** Call it whenever accounts or their options have changed. Any thread. */
  public static void remember(Collection<Account> accounts) {
    IEclipsePreferences node = InstanceScope.INSTANCE.getNode(MailPreferences.QUALIFIER);
    boolean wanted = accounts.stream().map(Account::options).anyMatch(AccountOptions::fetchInBackground);
    if (node.getBoolean(KEY, false) != wanted) {
      node.putBoolean(KEY, wanted);
      try {
        node.flush();
      } catch (BackingStoreException e) {
        ILog.of(BackgroundFetch.class).error("preferences not written", e); //$NON-NLS-1$
      }
    }
  }

  /** Reads one file of preferences at most, and starts nothing. */
  public static boolean wanted() {
    return InstanceScope.INSTANCE.getNode(MailPreferences.QUALIFIER).getBoolean(KEY, false);
  }
}
