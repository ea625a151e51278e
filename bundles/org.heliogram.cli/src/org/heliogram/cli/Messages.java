/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import org.eclipse.osgi.util.NLS;

/** Words for the user. */
final class Messages extends NLS {
  public static String Account_added;
  public static String Account_badHost;
  public static String Account_badTrust;
  public static String Account_emptyDescriptor;
  public static String Account_emptyVariable;
  public static String Account_labelTaken;
  public static String Account_noLabel;
  public static String Account_onePassword;
  public static String Account_removed;
  public static String Change_done;
  public static String Change_queued;
  public static String Change_refused;
  public static String Change_waits;
  public static String Check_ill;
  public static String Check_well;
  public static String Delete_inTrash;
  public static String Delete_noTrash;
  public static String Export_done;
  public static String Export_missing;
  public static String Export_progress;
  public static String Flag_notAFlag;
  public static String Flag_nothing;
  public static String Folder_done;
  public static String Folder_fixed;
  public static String Folder_hasFolders;
  public static String Folder_here;
  public static String Folder_hasMessages;
  public static String Folder_noParent;
  public static String Folder_otherAccount;
  public static String Folder_queued;
  public static String Folder_unknownVerb;
  public static String Place_manyAccounts;
  public static String Place_noAccount;
  public static String Place_noFolder;
  public static String Place_noMessage;
  public static String Place_notAFolderName;
  public static String Place_notAKey;
  public static String Place_notSelectable;
  public static String Progress_bodies;
  public static String Progress_connecting;
  public static String Progress_folders;
  public static String Progress_headers;
  public static String Progress_sending;
  public static String Show_oneForm;
  public static String Start_serviceMissing;
  public static String Store_damaged;
  public static String Store_failed;
  public static String Store_lost;
  public static String Sync_done;
  public static String Sync_noAccount;
  public static String Sync_otherAccount;
  public static String Sync_refused;
  public static String Trouble_account;
  public static String Trouble_broken;
  public static String Trouble_busy;
  public static String Trouble_busyFor;
  public static String Trouble_cancelled;
  public static String Trouble_certificateExpired;
  public static String Trouble_certificateNotYetValid;
  public static String Trouble_certificateOther;
  public static String Trouble_certificateRevoked;
  public static String Trouble_certificateSelfSigned;
  public static String Trouble_certificateUnknownIssuer;
  public static String Trouble_certificateWeak;
  public static String Trouble_certificateWrongHost;
  public static String Trouble_connectionRefused;
  public static String Trouble_credentials;
  public static String Trouble_file;
  public static String Trouble_fileExists;
  public static String Trouble_hostNotFound;
  public static String Trouble_malformed;
  public static String Trouble_noFile;
  public static String Trouble_noTls;
  public static String Trouble_notAMailServer;
  public static String Trouble_refused;
  public static String Trouble_renumbered;
  public static String Trouble_serverSays;
  public static String Trouble_signInRefused;
  public static String Trouble_stale;
  public static String Trouble_store;
  public static String Trouble_storeDiskFull;
  public static String Trouble_storeInUse;
  public static String Trouble_storeReadOnly;
  public static String Trouble_timedOut;
  public static String Trouble_unexpected;
  public static String Usage_accounts;
  public static String Usage_addAccount;
  public static String Usage_all;
  public static String Usage_changes;
  public static String Usage_check;
  public static String Usage_copy;
  public static String Usage_delete;
  public static String Usage_export;
  public static String Usage_flag;
  public static String Usage_folders;
  public static String Usage_list;
  public static String Usage_move;
  public static String Usage_noCommand;
  public static String Usage_notAChoice;
  public static String Usage_notANumber;
  public static String Usage_optionMissing;
  public static String Usage_removeAccount;
  public static String Usage_show;
  public static String Usage_sync;
  public static String Usage_tooFew;
  public static String Usage_tooMany;
  public static String Usage_twice;
  public static String Usage_unknownCommand;
  public static String Usage_unknownOption;
  public static String Usage_valueMissing;

  static {
    NLS.initializeMessages("org.heliogram.cli.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
