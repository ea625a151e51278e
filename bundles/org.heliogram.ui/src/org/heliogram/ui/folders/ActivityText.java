/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.text.NumberFormat;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.Activity;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.accounts.FetchTimes;
import org.heliogram.ui.accounts.TroubleText;

/** Says what an account is doing. */
final class ActivityText {
  private static final double MEGABYTE = 1_000_000;

  private ActivityText() {
  }

  /** Whether there is something to show: work, or trouble that stands. */
  static boolean worthShowing(Activity activity) {
    return activity.phase() != Activity.Phase.IDLE || activity.trouble().isPresent();
  }

  static String of(Account account, Activity activity) {
    String doing = doing(activity);
    if (!doing.isEmpty()) {
      return NLS.bind(Messages.Activity_account, account.label(), doing);
    }
    return activity.trouble().map(trouble -> TroubleText.of(trouble, account)).orElse(""); //$NON-NLS-1$
  }

  /** About an account that may be doing nothing: its trouble or its address, how full it is, and whether its server tells of news. */
  static String tip(Account account, Activity activity) {
    String text = activity.trouble().map(trouble -> TroubleText.of(trouble, account)).orElse(account.address());
    String full = withPush(activity.quota().map(quota -> text + '\n' + used(quota)).orElse(text), activity);
    return account.protocol() == Protocol.DEMO ? full : full + '\n' + times(activity);
  }

  /** When it was and when it will be fetched. */
  static String times(Activity activity) {
    var times = new FetchTimes();
    String last = times.last(activity);
    return last.isEmpty() ? times.next(activity) : last + '\n' + times.next(activity);
  }

  private static String used(Quota quota) {
    NumberFormat numbers = NumberFormat.getNumberInstance();
    numbers.setMaximumFractionDigits(1);
    return NLS.bind(Messages.Quota_used, new Object[] {numbers.format(quota.used() / MEGABYTE), numbers.format(quota.limit() / MEGABYTE),
        NumberFormat.getPercentInstance().format(quota.percent() / 100.0)});
  }

  /** With a line that says whether the server tells of news. */
  static String withPush(String text, Activity activity) {
    return switch (activity.push()) {
      case OFF -> text;
      case CONNECTING -> text + '\n' + Messages.Push_connecting;
      case ALL_FOLDERS -> text + '\n' + Messages.Push_all;
      case SOME_FOLDERS -> text + '\n' + Messages.Push_some;
      case UNSUPPORTED -> text + '\n' + Messages.Push_unsupported;
    };
  }

  private static String doing(Activity activity) {
    return switch (activity.phase()) {
      case IDLE -> ""; //$NON-NLS-1$
      case CONNECTING -> Messages.Activity_connecting;
      case SENDING_CHANGES -> Messages.Activity_sending;
      case READING_FOLDERS -> Messages.Activity_folders;
      case FETCHING_HEADERS -> counted(activity, Messages.Activity_headers, Messages.Activity_headers_counted);
      case FETCHING_BODIES -> counted(activity, Messages.Activity_bodies, Messages.Activity_bodies_counted);
    };
  }

  private static String counted(Activity activity, String plain, String withNumbers) {
    NumberFormat numbers = NumberFormat.getIntegerInstance();
    String folder = "INBOX".equalsIgnoreCase(activity.folder()) ? FolderNames.role(FolderRole.INBOX) : activity.folder(); //$NON-NLS-1$
    return activity.total() <= 0 ? NLS.bind(plain, folder)
        : NLS.bind(withNumbers, new Object[] {folder, numbers.format(activity.done()), numbers.format(activity.total())});
  }
}
