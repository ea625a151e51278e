/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  static String Archive_label;
  static String Copy_title;
  static String Copy_to;
  static String Delete_dontAsk;
  static String Delete_forever;
  static String Delete_label;
  static String Delete_many;
  static String Delete_one;
  static String Delete_title;
  static String Find_job;
  static String Find_next;
  static String Find_none;
  static String Find_previous;
  static String Find_searching;
  static String Find_text;
  static String Find_title;
  static String FolderDialog_message;
  static String FolderDialog_none;
  static String MarkFolder_job;
  static String Mark_read;
  static String Mark_star;
  static String Mark_unread;
  static String Mark_unstar;
  static String Move_title;
  static String Move_to;
  static String Perform_failed;
  static String Perform_job;
  static String Undo_context;
  static String Undo_failed;
  static String Undo_tooLate;

  static {
    initializeMessages("org.heliogram.ui.triage.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
