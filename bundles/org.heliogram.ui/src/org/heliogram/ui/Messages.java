/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Role_all;
  public static String Role_archive;
  public static String Role_drafts;
  public static String Role_flagged;
  public static String Role_inbox;
  public static String Role_junk;
  public static String Role_sent;
  public static String Role_trash;

  public static String Size_bytes;
  public static String Size_kilobytes;
  public static String Size_megabytes;
  public static String Size_gigabytes;

  static {
    NLS.initializeMessages("org.heliogram.ui.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
