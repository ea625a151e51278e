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
  public static String Delete_hereOnly;
  public static String Delete_label;
  public static String Delete_messages;
  public static String Delete_noMessage;
  public static String Delete_onServer;
  public static String Delete_oneFolder;
  public static String Delete_oneMessage;
  public static String Delete_question;
  public static String Delete_title;
  public static String Fact_counts;
  public static String Fact_measuring;
  public static String Fact_messages;
  public static String Fact_name;
  public static String Fact_onlyFolders;
  public static String Fact_rights;
  public static String Fact_role;
  public static String Fact_roleAndName;
  public static String Fact_size;
  public static String Fact_sizeAndHere;
  public static String Keep_account;
  public static String Keep_everything;
  public static String Keep_headers;
  public static String Keep_job;
  public static String Keep_months;
  public static String Keep_monthsUnit;
  public static String Keep_title;
  public static String Lack_create;
  public static String Lack_folder;
  public static String Lack_insert;
  public static String Lack_mark;
  public static String Lack_remove;
  public static String Lack_sentence;
  public static String Move_label;
  public static String Name_taken;
  public static String Name_wrong;
  public static String Policy_everything;
  public static String Policy_headers;
  public static String Policy_months;
  public static String Rename_label;
  public static String Rename_name;
  public static String Rename_title;
  public static String Subscribe_label;
  public static String Unsubscribe_label;
  public static String Watch_folder;
  public static String Watch_inbox;

  static {
    NLS.initializeMessages("org.heliogram.ui.filing.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
