/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
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
  public static String Trouble_hostNotFound;
  public static String Trouble_malformed;
  public static String Trouble_noMailbox;
  public static String Trouble_noTls;
  public static String Trouble_notAMailServer;
  public static String Trouble_place;
  public static String Trouble_refused;
  public static String Trouble_serverSays;
  public static String Trouble_signInRefused;
  public static String Trouble_stale;
  public static String Trouble_store;
  public static String Trouble_storeDiskFull;
  public static String Trouble_storeInUse;
  public static String Trouble_storeReadOnly;
  public static String Trouble_timedOut;
  public static String Trouble_unexpected;

  static {
    NLS.initializeMessages("org.heliogram.ui.accounts.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
