/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
public final class Messages extends NLS {
  public static String Attachment_button;
  public static String Attachment_download;
  public static String Attachment_failed;
  public static String Attachment_noProgram;
  public static String Attachment_notHere;
  public static String Attachment_open;
  public static String Attachment_open_tip;
  public static String Attachment_opening;
  public static String Attachment_program;
  public static String Attachment_program_cancel;
  public static String Attachment_program_open;
  public static String Attachment_program_title;
  public static String Attachment_save;
  public static String Attachment_saveAll;
  public static String Attachment_saveAll_message;
  public static String Attachment_saveAll_title;
  public static String Attachment_saving;
  public static String Attachment_savingAll;
  public static String Header_all;
  public static String Header_cc;
  public static String Header_date;
  public static String Header_from;
  public static String Header_kept;
  public static String Header_more;
  public static String Header_name;
  public static String Header_noSubject;
  public static String Header_replyTo;
  public static String Header_to;
  public static String Kept_begun;
  public static String Kept_begunGone;
  public static String Kept_both;
  public static String Kept_hereOnly;
  public static String Kept_untilDate;
  public static String Kept_untilDeleted;
  public static String Kept_untilFetch;
  public static String Message_failed;
  public static String Message_loading;
  public static String Message_none;
  public static String Message_several;
  public static String Message_text;
  public static String Message_unreadable;
  public static String Note_brokenEncoding;
  public static String Note_brokenStructure;
  public static String Note_download;
  public static String Note_guessedCharset;
  public static String Note_notDownloaded;
  public static String Note_outOfTime;
  public static String Note_severalFrom;
  public static String Note_shortened;
  public static String Note_twoNames;
  public static String Remote_many;
  public static String Remote_one;
  public static String Retry;

  static {
    NLS.initializeMessages("org.heliogram.ui.reading.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
