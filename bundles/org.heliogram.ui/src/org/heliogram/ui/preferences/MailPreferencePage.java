/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.preferences;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

/** Preferences &gt; Mail. */
public final class MailPreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
  public MailPreferencePage() {
    super(GRID);
    setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, MailPreferences.QUALIFIER));
    setDescription(Messages.Page_description);
  }

  @Override
  public void init(IWorkbench workbench) {
    // needs nothing of it
  }

  @Override
  protected void createFieldEditors() {
    addField(new BooleanFieldEditor(MailPreferences.NOTIFY, Messages.Page_notify, getFieldEditorParent()));
    addField(new ComboFieldEditor(MailPreferences.MARK_READ_AFTER, Messages.Page_markRead, new String[][] {
        choice(Messages.Page_markReadAtOnce, 0), choice(Messages.Page_markReadTwoSeconds, 2), choice(Messages.Page_markReadFiveSeconds, 5),
        choice(Messages.Page_markReadTenSeconds, 10), choice(Messages.Page_markReadNever, MailPreferences.NEVER)},
        getFieldEditorParent()));
  }

  private static String[] choice(String words, int seconds) {
    return new String[] {words, Integer.toString(seconds)};
  }
}
