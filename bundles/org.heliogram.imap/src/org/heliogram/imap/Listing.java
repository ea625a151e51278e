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
import org.heliogram.core.store.StoreException;

/**
 * Finds out what happened in a folder, by as little as this server lets us ask: by what changed since the cursor where that proves to be
 * all (RFC 7162), else by comparing everything. What is possible is looked at for each mailbox anew: servers tell it by mailbox, and
 * offer other things in other sessions.
 */
final class Listing {
  private final ImapConnection imap;
  private final String folder;
  private final Known known;
  private final Optional<Cursor> before;

  Listing(ImapConnection imap, String folder, Known known) {
    this.imap = imap;
    this.folder = folder;
    this.known = known;
    this.before = known.cursor().flatMap(Cursor::parse);
  }

  News news() throws IOException, MailException, StoreException {
    // Without UIDPLUS, deleted is what is marked so: the server's count is then another than ours, and proves nothing.
    boolean exact = before.filter(Cursor::exact).isPresent() && Capability.UIDPLUS.in(imap.capabilities());
    if (!exact) {
      return all(imap.select(folder));
    }
    Delta delta = new Delta(imap, known, before.get());
    Optional<Mailbox> open = imap.selected().filter(mailbox -> mailbox.isView(folder, before.get()));
    Optional<News> news = open.isPresent() ? delta.more(open.get()) : delta.select(folder);
    if (news.isPresent()) {
      return news.get();
    }
    // What cannot be proven is compared as a whole, on a view of now.
    return all(imap.select(folder));
  }

  private News all(Mailbox mailbox) throws IOException, MailException, StoreException {
    mailbox.requireLastingIds();
    long modSeq = mailbox.heard();
    boolean renumbered = before.map(cursor -> cursor.uidValidity() != mailbox.uidValidity()).orElse(known.cursor().isPresent());
    boolean backwards = !renumbered && before.isPresent() && mailbox.uidNext() > 0 && mailbox.uidNext() < before.get().uidNext();
    // A replica that lags behind says so once; a mailbox restored from a backup says so again, and then its ids mean other messages.
    boolean doubted = backwards && !before.get().doubted();
    renumbered |= backwards && !doubted;
    if (!renumbered) {
      known.messages(); // before the server is asked: else what arrives here meanwhile would look as if it had vanished there
    }
    var listing = new FullListing(imap, known.size());
    boolean complete = listing.read(mailbox) && !doubted;
    UidStates states = listing.states();
    long uidNext = Math.max(mailbox.uidNext(), states.highest() + 1);
    Cursor cursor = new Cursor(mailbox.uidValidity(), doubted ? before.get().uidNext() : uidNext,
        complete && states.flagsKnown() ? modSeq : 0, doubted ? Cursor.Mark.DOUBTED : Cursor.Mark.NONE);
    boolean first = renumbered || before.map(Cursor::begun).orElse(true);
    Cursor begun = new Cursor(mailbox.uidValidity(), uidNext, 0, Cursor.Mark.BEGUN);
    // What this or another client deleted where UID EXPUNGE is not to be had is gone, as far as anybody can see.
    UidStates shown = Capability.UIDPLUS.in(imap.capabilities()) ? states : states.without(Flag.DELETED);
    boolean all = complete || renumbered;
    return new News(cursor.asSyncCursor(), all, renumbered, shown, List.of(), all,
        first ? Optional.of(begun.asSyncCursor()) : Optional.empty());
  }
}
