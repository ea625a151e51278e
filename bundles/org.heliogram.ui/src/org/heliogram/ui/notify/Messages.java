/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
  public static String Arrival_many;
  public static String Arrival_more;
  public static String Arrival_noSubject;
  public static String Arrival_nobody;
  public static String Arrival_one;
  public static String Arrival_row;
  public static String Arrival_turnOff;
  public static String Refusal_anAccount;
  public static String Refusal_copy;
  public static String Refusal_createFolder;
  public static String Refusal_delete;
  public static String Refusal_deleteFolder;
  public static String Refusal_flags;
  public static String Refusal_messages;
  public static String Refusal_more;
  public static String Refusal_move;
  public static String Refusal_oneMessage;
  public static String Refusal_renameFolder;
  public static String Refusal_serverSays;
  public static String Refusal_subscribe;
  public static String Refusal_title;

  static {
    NLS.initializeMessages("org.heliogram.ui.notify.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
