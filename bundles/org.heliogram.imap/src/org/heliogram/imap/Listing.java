/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.jakarta.WireException;

/**
 * Finds out what a folder holds, and does not believe at once what would cost messages: a listing that is shorter than the server's own
 * count, or much shorter than what is known, is asked for again; where the server goes on contradicting itself the news are not complete.
 */
final class Listing {
  private static final int SHRINK_SLACK = 50;
  private final ImapConnection imap;
  private final FetchItems items = new FetchItems();

  Listing(ImapConnection imap) {
    this.imap = imap;
  }

  News news(String folder, Known known) throws IOException, MailException {
    Mailbox mailbox = imap.select(folder);
    mailbox.requireLastingIds();
    Optional<Cursor> before = known.cursor().flatMap(Cursor::parse);
    boolean renumbered = before.map(cursor -> cursor.uidValidity() != mailbox.uidValidity()).orElse(known.cursor().isPresent());
    boolean backwards = !renumbered && before.isPresent() && mailbox.uidNext() > 0 && mailbox.uidNext() < before.get().uidNext();
    // A replica that lags behind says so once; a mailbox restored from a backup says so again, and then its ids mean other messages.
    boolean doubted = backwards && !before.get().doubted();
    renumbered |= backwards && !doubted;
    UidStates states = new UidStates();
    boolean complete = list(mailbox, known.size(), states) && !doubted;
    long uidNext = Math.max(mailbox.uidNext(), states.highest() + 1);
    Cursor cursor = new Cursor(mailbox.uidValidity(), doubted ? before.get().uidNext() : uidNext, doubted);
    // What this or another client deleted where UID EXPUNGE is not to be had is gone, as far as anybody can see.
    UidStates shown = Capability.UIDPLUS.in(imap.capabilities()) ? states : states.without(Flag.DELETED);
    return new News(cursor.asSyncCursor(), complete || renumbered, renumbered, shown, List.of());
  }

  /** @return whether the listing can be trusted to be all */
  private boolean list(Mailbox mailbox, int known, UidStates states) throws IOException, MailException {
    if (mailbox.exists() > 0) {
      fetch(states);
    }
    if (states.size() < mailbox.exists()) {
      imap.await(imap.send("NOOP"), Answers.none()).requireOk("NOOP"); //$NON-NLS-1$ //$NON-NLS-2$
      fetch(states);
    }
    if (states.size() < mailbox.exists() || known - states.size() > Math.max(SHRINK_SLACK, known / 5)) {
      search(states);
    }
    return states.size() >= mailbox.exists();
  }

  private void fetch(UidStates states) throws IOException, MailException {
    Status status = imap.await(imap.send("UID FETCH 1:* (UID FLAGS)"), (number, name, in) -> { //$NON-NLS-1$
      if (!name.equals("FETCH")) { //$NON-NLS-1$
        return false;
      }
      take(in, states);
      return true;
    });
    status.requireOk("UID FETCH"); //$NON-NLS-1$
    states.settle();
  }

  private void take(ResponseReader in, UidStates states) throws IOException {
    long[] uid = {0};
    Flags[] flags = {null};
    items.read(in, (name, value) -> {
      switch (name) {
        case "UID" -> uid[0] = value.number(); //$NON-NLS-1$
        case "FLAGS" -> flags[0] = items.flags(value); //$NON-NLS-1$
        default -> {
          return false;
        }
      }
      return true;
    });
    add(states, uid[0], flags[0]);
  }

  private static void add(UidStates states, long uid, Flags flags) throws WireException {
    if (uid > 0) { // An answer without a UID is somebody else's change of flags: the next listing has it.
      if (uid > Mailbox.UID_LIMIT || states.size() >= 2 * Mailbox.MESSAGE_LIMIT) {
        throw new WireException("listing without an end"); //$NON-NLS-1$
      }
      states.add(uid, flags);
    }
  }

  /** A second opinion: which UIDs are there, without flags. */
  private void search(UidStates states) throws IOException, MailException {
    Status status = imap.await(imap.send("UID SEARCH ALL"), (number, name, in) -> { //$NON-NLS-1$
      if (!name.equals("SEARCH")) { //$NON-NLS-1$
        return false;
      }
      while (!in.atEnd()) {
        add(states, in.number(), null);
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
