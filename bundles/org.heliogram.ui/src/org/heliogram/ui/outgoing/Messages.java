/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Change_copy;
  public static String Change_copyTo;
  public static String Change_createFolder;
  public static String Change_delete;
  public static String Change_deleteFolder;
  public static String Change_deleteSomeFolder;
  public static String Change_flags;
  public static String Change_in;
  public static String Change_markDeleted;
  public static String Change_move;
  public static String Change_moveTo;
  public static String Change_place;
  public static String Change_read;
  public static String Change_rename;
  public static String Change_renameTo;
  public static String Change_star;
  public static String Change_subscribe;
  public static String Change_undelete;
  public static String Change_unread;
  public static String Change_unstar;
  public static String Change_unsubscribe;
  public static String Column_account;
  public static String Column_attempts;
  public static String Column_since;
  public static String Column_state;
  public static String Column_what;
  public static String Count_many;
  public static String Count_one;
  public static String Count_refusedMany;
  public static String Count_refusedOne;
  public static String Line_both;
  public static String Line_tip;
  public static String Object_message;
  public static String Object_messages;
  public static String Object_subject;
  public static String Since_day;
  public static String Since_days;
  public static String Since_hour;
  public static String Since_hours;
  public static String Since_minute;
  public static String Since_minutes;
  public static String Since_now;
  public static String State_behind;
  public static String State_busy;
  public static String State_certificate;
  public static String State_connecting;
  public static String State_content;
  public static String State_contentOne;
  public static String State_credentials;
  public static String State_keptHere;
  public static String State_keptHereBecause;
  public static String State_offline;
  public static String State_refused;
  public static String State_refusedBecause;
  public static String State_sending;
  public static String State_signIn;
  public static String State_store;
  public static String State_tried;
  public static String State_waiting;
  public static String Table_name;
  public static String Table_nothing;
  public static String Withdraw_partly;
  public static String Withdraw_tooLate;

  static {
    NLS.initializeMessages("org.heliogram.ui.outgoing.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
