/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Create_label;
  public static String Create_name;
  public static String Create_title;
  public static String Delete_button;
  public static String Delete_cancel;
  public static String Delete_folders;
  public static String Delete_label;
  public static String Delete_messages;
  public static String Delete_noMessage;
  public static String Delete_onServer;
  public static String Delete_oneFolder;
  public static String Delete_oneMessage;
  public static String Delete_question;
  public static String Delete_title;
  public static String Lack_create;
  public static String Lack_folder;
  public static String Lack_insert;
  public static String Lack_mark;
  public static String Lack_remove;
  public static String Lack_sentence;
  public static String Move_label;
  public static String Name_taken;
  public static String Name_wrong;
  public static String Rename_label;
  public static String Rename_name;
  public static String Rename_title;
  public static String Subscribe_label;
  public static String Unsubscribe_label;

  static {
    NLS.initializeMessages("org.heliogram.ui.filing.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
