/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.preferences;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
  public static String Page_description;
  public static String Page_markRead;
  public static String Page_markReadAtOnce;
  public static String Page_markReadFiveSeconds;
  public static String Page_markReadNever;
  public static String Page_markReadTenSeconds;
  public static String Page_markReadTwoSeconds;
  public static String Page_notify;

  static {
    NLS.initializeMessages("org.heliogram.ui.preferences.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
