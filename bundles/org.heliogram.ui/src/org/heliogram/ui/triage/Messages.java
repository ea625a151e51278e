/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Archive_label;
  public static String Copy_title;
  public static String Copy_to;
  public static String Delete_dontAsk;
  public static String Delete_forever;
  public static String Delete_label;
  public static String Delete_many;
  public static String Delete_one;
  public static String Delete_title;
  public static String Find_job;
  public static String Find_next;
  public static String Find_none;
  public static String Find_previous;
  public static String Find_searching;
  public static String Find_text;
  public static String Find_title;
  public static String FolderDialog_message;
  public static String FolderDialog_none;
  public static String FolderDialog_other;
  public static String MarkFolder_job;
  public static String Mark_read;
  public static String Mark_star;
  public static String Mark_unread;
  public static String Mark_unstar;
  public static String Move_title;
  public static String Move_to;
  public static String NoTrash_cancel;
  public static String NoTrash_forGood;
  public static String NoTrash_make;
  public static String NoTrash_question;
  public static String NoTrash_title;
  public static String Perform_job;
  public static String Transfer_place;
  public static String Undelete_label;

  static {
    initializeMessages("org.heliogram.ui.triage.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
