/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;

/** Which messages are there. */
final class Presence {
  private Presence() {}

  /** Those of the messages that are in the selected mailbox. */
  static Set<Long> of(ImapConnection imap, long... uids) throws IOException, MailException {
    return ask(imap, "UID", uids); //$NON-NLS-1$
  }

  /** The same without those that are marked \Deleted: where nothing can be expunged they are gone already. */
  static Set<Long> unmarked(ImapConnection imap, long... uids) throws IOException, MailException {
    return ask(imap, "UID FLAGS", uids); //$NON-NLS-1$
  }

  private static Set<Long> ask(ImapConnection imap, String what, long... uids) throws IOException, MailException {
    var there = new HashSet<Long>();
    var asked = new HashSet<Long>();
    for (long uid : uids) {
      asked.add(uid);
    }
    var items = new FetchItems();
    for (String set : UidSet.of(uids)) {
      imap.await(imap.send("UID FETCH " + set + " (" + what + ')'), (number, name, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
        if (!name.equals("FETCH")) { //$NON-NLS-1$
          return false;
        }
        long[] uid = {0};
        Flags[] flags = {Flags.NONE};
        items.read(in, (item, value) -> {
          switch (item) {
            case "UID" -> uid[0] = value.number(); //$NON-NLS-1$
            case "FLAGS" -> flags[0] = items.flags(value); //$NON-NLS-1$
            default -> {
              return false;
            }
          }
          return true;
        });
        if (asked.contains(uid[0]) && (what.equals("UID") || !flags[0].has(Flag.DELETED))) { //$NON-NLS-1$
          there.add(uid[0]);
        }
        return true;
      }).requireOk("UID FETCH"); //$NON-NLS-1$
    }
    return there;
  }
}
