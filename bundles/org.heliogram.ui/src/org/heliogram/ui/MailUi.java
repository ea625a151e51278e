/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

/** The names that plugin.xml and the code share. */
public final class MailUi {
  public static final String PERSPECTIVE = "org.heliogram.ui.perspective"; //$NON-NLS-1$
  public static final String FOLDERS_VIEW = "org.heliogram.ui.folders"; //$NON-NLS-1$
  public static final String MESSAGES_VIEW = "org.heliogram.ui.messages"; //$NON-NLS-1$
  public static final String READING_VIEW = "org.heliogram.ui.reading"; //$NON-NLS-1$
  public static final String OUTGOING_VIEW = "org.heliogram.ui.outgoing"; //$NON-NLS-1$
  public static final String PROTOCOL_VIEW = "org.heliogram.ui.protocol"; //$NON-NLS-1$
  /** Key binding context, active in all views. */
  public static final String CONTEXT = "org.heliogram.ui.messages"; //$NON-NLS-1$

  private MailUi() {
  }
}
