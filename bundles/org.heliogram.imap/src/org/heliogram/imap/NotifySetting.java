/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.heliogram.core.backend.MailException;

/** Asks a server to tell what happens in all of the user's mailboxes (RFC 5465). */
final class NotifySetting {
  private static final List<String> MESSAGES = List.of("MessageNew", "MessageExpunge"); //$NON-NLS-1$ //$NON-NLS-2$
  private static final String FLAGS = "FlagChange"; //$NON-NLS-1$
  private static final List<String> MAILBOXES = List.of("MailboxName", "SubscriptionChange"); //$NON-NLS-1$ //$NON-NLS-2$

  private NotifySetting() {}

  /** The state of every mailbox is not asked for: whoever opens a watch looks at all of them afterwards. @return whether the server will tell */
  static boolean set(ImapConnection imap, Answers<RuntimeException> answers) throws IOException, MailException {
    var events = new ArrayList<>(MESSAGES);
    events.add(FLAGS);
    events.addAll(MAILBOXES);
    Status status = set(imap, events, answers);
    if (!status.ok() && status.code().equals("BADEVENT")) { //$NON-NLS-1$
      String known = ' ' + status.arguments().replaceAll("[()]", " ").toUpperCase(Locale.ROOT) + ' '; //$NON-NLS-1$ //$NON-NLS-2$
      events.removeIf(event -> !known.contains(' ' + event.toUpperCase(Locale.ROOT) + ' '));
      if (!events.containsAll(MESSAGES)) {
        return false;
      }
      status = set(imap, events, answers);
    }
    if (status.busy()) {
      status.requireOk("NOTIFY"); //$NON-NLS-1$
    }
    return status.ok();
  }

  private static Status set(ImapConnection imap, List<String> events, Answers<RuntimeException> answers) throws IOException, MailException {
    List<String> inside = events.stream().filter(event -> !MAILBOXES.contains(event)).toList();
    return imap.await(imap.send("NOTIFY SET (selected (" + String.join(" ", inside) + ")) (personal (" + String.join(" ", events) + "))"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
        answers);
  }
}
