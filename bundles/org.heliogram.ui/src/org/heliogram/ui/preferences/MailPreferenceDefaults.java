/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.preferences;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;

/** Quiet in an IDE; the product's plugin_customization.ini turns the notification on. */
public final class MailPreferenceDefaults extends AbstractPreferenceInitializer {
  @Override
  public void initializeDefaultPreferences() {
    IEclipsePreferences defaults = DefaultScope.INSTANCE.getNode(MailPreferences.QUALIFIER);
    defaults.putBoolean(MailPreferences.NOTIFY, false);
    defaults.putInt(MailPreferences.MARK_READ_AFTER, MailPreferences.MARK_READ_DEFAULT);
  }
}
