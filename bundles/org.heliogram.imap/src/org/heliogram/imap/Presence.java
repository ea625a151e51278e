/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.heliogram.core.backend.MailException;

/** Which messages are there. */
final class Presence {
  private Presence() {}

  /** Those of the messages that are in the selected mailbox. */
  static Set<Long> of(ImapConnection imap, long... uids) throws IOException, MailException {
    var there = new HashSet<Long>();
    var asked = new HashSet<Long>();
    for (long uid : uids) {
      asked.add(uid);
    }
    var items = new FetchItems();
    for (String set : UidSet.of(uids)) {
      imap.await(imap.send("UID FETCH " + set + " (UID)"), (number, name, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
        if (!name.equals("FETCH")) { //$NON-NLS-1$
          return false;
        }
        items.read(in, (item, value) -> {
          if (!item.equals("UID")) { //$NON-NLS-1$
            return false;
          }
          long uid = value.number();
          if (asked.contains(uid)) {
            there.add(uid);
          }
          return true;
        });
        return true;
      }).requireOk("UID FETCH"); //$NON-NLS-1$
    }
    return there;
  }
}
