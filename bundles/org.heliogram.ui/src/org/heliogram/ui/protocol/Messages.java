/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Details_copy;
  public static String Details_log;
  public static String Details_nothing;
  public static String Details_open;
  public static String Details_title;
  public static String Log_accessible;
  public static String Log_account;
  public static String Log_connections;
  public static String Log_ended;
  public static String Log_noAccounts;
  public static String Log_nothing;
  public static String Log_open;
  public static String Log_skipped;

  static {
    NLS.initializeMessages("org.heliogram.ui.protocol.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
