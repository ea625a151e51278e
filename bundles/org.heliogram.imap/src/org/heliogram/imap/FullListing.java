/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Flags;
import org.heliogram.jakarta.WireException;

/**
 * Lists a mailbox as a whole, and does not believe at once what would cost messages: a listing that is shorter than the server's own
 * count, or much shorter than what is known, is asked for again; where the server goes on contradicting itself it is not complete.
 */
final class FullListing {
  private static final int SHRINK_SLACK = 50;
  private final ImapConnection imap;
  private final int known;
  private final FetchItems items = new FetchItems();
  private final UidStates states = new UidStates();

  /** @param known how many messages are known here */
  FullListing(ImapConnection imap, int known) {
    this.imap = imap;
    this.known = known;
  }

  /** So many are no ordinary loss. */
  static boolean isGreat(long loss, int known) {
    return loss > Math.max(SHRINK_SLACK, known / 5);
  }

  UidStates states() {
    return states;
  }

  /** @return whether the listing can be trusted to be all */
  boolean read(Mailbox mailbox) throws IOException, MailException {
    if (mailbox.exists() > 0) {
      fetch();
    }
    if (states.size() < mailbox.exists()) {
      imap.await(imap.send("NOOP"), Answers.none()).requireOk("NOOP"); //$NON-NLS-1$ //$NON-NLS-2$
      fetch();
    }
    if (states.size() < mailbox.exists() || isGreat((long) known - states.size(), known)) {
      search();
    }
    return states.size() >= mailbox.exists();
  }

  private void fetch() throws IOException, MailException {
    Status status = imap.await(imap.send("UID FETCH 1:* (UID FLAGS)"), (number, name, in) -> { //$NON-NLS-1$
      if (!name.equals("FETCH")) { //$NON-NLS-1$
        return false;
      }
      FetchItems.State state = items.state(in);
      add(state.uid(), state.flags());
      return true;
    });
    status.requireOk("UID FETCH"); //$NON-NLS-1$
    states.settle();
  }

  private void add(long uid, Flags flags) throws WireException {
    if (uid > 0) { // An answer without a UID is somebody else's change of flags: the next listing has it.
      if (uid > Mailbox.UID_LIMIT || states.size() >= 2 * Mailbox.MESSAGE_LIMIT) {
        throw new WireException("listing without an end"); //$NON-NLS-1$
      }
      states.add(uid, flags);
    }
  }

  /** A second opinion: which UIDs are there, without flags. */
  private void search() throws IOException, MailException {
    Status status = imap.await(imap.send("UID SEARCH ALL"), (number, name, in) -> { //$NON-NLS-1$
      if (!name.equals("SEARCH")) { //$NON-NLS-1$
        return false;
      }
      while (!in.atEnd()) {
        add(in.number(), null);
        in.spaces();
      }
      return true;
    });
    if (status.busy()) {
      status.requireOk("UID SEARCH"); //$NON-NLS-1$
    }
    states.settle(); // A server that cannot search leaves the listing as doubtful as it was.
  }
}
