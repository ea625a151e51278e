/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  static String Role_all;
  static String Role_archive;
  static String Role_drafts;
  static String Role_flagged;
  static String Role_inbox;
  static String Role_junk;
  static String Role_sent;
  static String Role_trash;

  static String Size_bytes;
  static String Size_kilobytes;
  static String Size_megabytes;
  static String Size_gigabytes;

  static {
    NLS.initializeMessages("org.heliogram.ui.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
