/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Column_attachments;
  public static String Column_date;
  public static String Column_flagged;
  public static String Column_from;
  public static String Column_read;
  public static String Column_size;
  public static String Column_subject;
  public static String Column_to;
  public static String List_change_failed;
  public static String List_failed;
  public static String List_empty;
  public static String List_name;
  public static String List_noAccount;
  public static String List_noFolder;
  public static String List_notSelectable;
  public static String Row_attachment;
  public static String Row_deleted;
  public static String Row_from;
  public static String Row_noSubject;
  public static String Row_nobody;
  public static String Row_queued;
  public static String Row_read;
  public static String Row_starred;
  public static String Row_to;
  public static String Row_unread;
  public static String Row_weekday;
  public static String View_description;
  public static String View_description_unread;

  static {
    NLS.initializeMessages("org.heliogram.ui.messages.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
