/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
public final class Messages extends NLS {
  public static String Activity_account;
  public static String Activity_bodies;
  public static String Activity_bodies_counted;
  public static String Activity_cancel;
  public static String Activity_connecting;
  public static String Activity_details;
  public static String Activity_folders;
  public static String Activity_headers;
  public static String Activity_headers_counted;
  public static String Activity_retry;
  public static String Activity_sending;
  public static String Folder_counts;
  public static String Folder_offline;
  public static String Folder_offlineMeans;
  public static String Folder_onlyFolders;
  public static String Folder_pending;
  public static String Folder_pendingMeans;
  public static String Folder_unsubscribed;
  public static String Protocol_demo;
  public static String Protocol_imap;
  public static String Protocol_pop3;
  public static String Push_all;
  public static String Push_connecting;
  public static String Push_some;
  public static String Push_unsupported;
  public static String Quota_used;
  public static String Renumbered_job;
  public static String Renumbered_known;
  public static String Renumbered_new;
  public static String Store_again;
  public static String Store_damaged;
  public static String Store_failed;
  public static String Store_inUse;
  public static String Store_lost;
  public static String Store_unread;
  public static String Tree_name;

  static {
    NLS.initializeMessages("org.heliogram.ui.folders.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
