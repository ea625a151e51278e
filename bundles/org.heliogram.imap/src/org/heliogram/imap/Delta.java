/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.store.StoreException;
import org.heliogram.jakarta.WireException;

/**
 * What changed in a mailbox since a cursor: with QRESYNC the server tells what vanished too, with CONDSTORE alone the UIDs are compared
 * (RFC 7162). It proves itself: what is known, with what is new, without what is gone, must be as many messages as the server counts;
 * else, and where a great part would be lost, there is no delta.
 *
 * <p>The new cursor's mod-sequence is the highest that was heard of before the question was sent: whatever has it or a lower one is in
 * the answer, on any server. What came since is told again next time, which does no harm.
 */
final class Delta {
  private static final int ROUNDS = 3;
  private static final int FEW = 2_000;
  private final ImapConnection imap;
  private final Known known;
  private final Cursor base;
  private final FetchItems items = new FetchItems();
  private UidStates states = new UidStates();
  private UidRanges gone = new UidRanges();
  private long view; // of the mailbox, in which the states were told
  private boolean unreadable;
  private boolean unnamed; // a change of flags, and it is not said of which message
  private boolean live; // the answers are to a question that was sent, not to SELECT

  Delta(ImapConnection imap, Known known, Cursor base) {
    this.imap = imap;
    this.known = known;
    this.base = base;
  }

  /** Selects a mailbox, with its delta in the same answer where that can be. @return empty if there is no delta to be relied on */
  Optional<News> select(String folder) throws IOException, MailException, StoreException {
    boolean quick = imap.resynchronises();
    Mailbox mailbox = quick ? imap.select(folder, " (QRESYNC (" + base.uidValidity() + ' ' + base.modSeq() + "))", answers()) //$NON-NLS-1$ //$NON-NLS-2$
        : imap.select(folder);
    look(mailbox);
    mailbox.requireLastingIds();
    long modSeq = mailbox.heard();
    // NOMODSEQ, another numbering, or a server whose counts go backwards: all of that is for a full comparison to sort out.
    if (mailbox.uidValidity() != base.uidValidity() || modSeq < base.modSeq() || mailbox.uidNext() > 0 && mailbox.uidNext() < base.uidNext()) {
      return Optional.empty();
    }
    if (!quick || !imap.resynchronises()) {
      return modSeq == base.modSeq() ? compared(mailbox, modSeq) : more(mailbox);
    }
    Optional<News> news = proven(mailbox, modSeq);
    return news.isPresent() || unreadable ? news : more(mailbox);
  }

  /** The delta of the mailbox that is selected. @return empty if there is none to be relied on */
  Optional<News> more(Mailbox mailbox) throws IOException, MailException, StoreException {
    boolean vanished = imap.resynchronises();
    live = true;
    for (int round = 0; round < ROUNDS; round++) {
      long modSeq = mailbox.heard();
      long exists = mailbox.exists();
      mailbox.thinOut();
      unnamed = false; // the question is asked again, with names
      imap.await(imap.send("UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE " + base.modSeq() + (vanished ? " VANISHED)" : ")")), answers()) //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
          .requireOk("UID FETCH CHANGEDSINCE"); //$NON-NLS-1$
      if (mailbox.uidValidity() != base.uidValidity()) {
        return Optional.empty();
      }
      Optional<News> news = vanished ? proven(mailbox, modSeq) : compared(mailbox, modSeq);
      // Some servers answer from the view they had, and tell only then that there is more.
      if (news.isPresent() || unreadable || round > 0 && exists == mailbox.exists() && !unnamed) {
        return news;
      }
    }
    return Optional.empty();
  }

  private Answers<RuntimeException> answers() {
    return (number, name, in) -> {
      if (!name.equals("FETCH")) { //$NON-NLS-1$
        return false;
      }
      try {
        take(items.state(in));
      } catch (Unreadable e) {
        unreadable = true; // It may have been a change: only a full comparison can tell.
        throw e;
      }
      return true;
    };
  }

  private void take(FetchItems.State state) throws WireException {
    Mailbox mailbox = imap.selected().orElseThrow();
    look(mailbox);
    if (live) {
      mailbox.hear(state.modSeq());
    }
    if (state.uid() > Mailbox.UID_LIMIT || states.size() >= 2 * Mailbox.MESSAGE_LIMIT) {
      throw new WireException("changes without an end"); //$NON-NLS-1$
    }
    if (state.uid() > 0 && state.flags() != null) {
      states.add(state.uid(), state.flags());
    } else {
      unnamed |= state.flags() != null;
    }
  }

  /** What came before the mailbox was open was of the one that was open until then. */
  private void look(Mailbox mailbox) {
    if (view != mailbox.views()) {
      view = mailbox.views();
      states = new UidStates();
    }
  }

  /** By what the server said is gone. */
  private Optional<News> proven(Mailbox mailbox, long modSeq) throws IOException, StoreException {
    gone.add(mailbox.vanished());
    if (unreadable || unnamed) {
      return Optional.empty();
    }
    List<RemoteId> lost = knownAmong(gone);
    UidStates changed = states.without(gone);
    return agrees(mailbox.exists(), changed, lost.size()) ? Optional.of(news(mailbox, modSeq, changed, lost)) : Optional.empty();
  }

  /** By counting, and where that does not agree, by comparing UIDs. */
  private Optional<News> compared(Mailbox mailbox, long modSeq) throws IOException, MailException, StoreException {
    if (unreadable || unnamed) {
      return Optional.empty();
    }
    states.settle();
    // All there can be is what is known and what is new: if these are as many as there are, nothing is gone.
    if (agrees(mailbox.exists(), states, 0)) {
      return Optional.of(news(mailbox, modSeq, states, List.of()));
    }
    Optional<UidRanges> there = new UidSearch(imap).all();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    var lost = new ArrayList<RemoteId>();
    for (RemoteId id : known.messages().keySet()) {
      if (!there.get().contains(UidSet.number(id.value()))) {
        lost.add(id);
      }
    }
    UidStates changed = states.within(there.get());
    boolean agrees = there.get().count() == mailbox.exists() && agrees(mailbox.exists(), changed, lost.size());
    return agrees ? Optional.of(news(mailbox, modSeq, changed, lost)) : Optional.empty();
  }

  private boolean agrees(long exists, UidStates changed, int lost) throws StoreException {
    if (FullListing.isGreat(lost, known.size())) {
      return false;
    }
    Set<RemoteId> old = changed.isEmpty() ? Set.of() : known.among(changed.stream().map(RemoteState::id).toList()).keySet();
    return known.size() + changed.size() - old.size() - lost == exists;
  }

  private List<RemoteId> knownAmong(UidRanges uids) throws StoreException {
    if (uids.isEmpty()) {
      return List.of();
    }
    if (uids.count() <= Math.min(FEW, known.size())) {
      return List.copyOf(known.among(Arrays.stream(uids.all()).mapToObj(RemoteId::of).toList()).keySet());
    }
    return known.messages().keySet().stream().filter(id -> uids.contains(UidSet.number(id.value()))).toList();
  }

  private News news(Mailbox mailbox, long modSeq, UidStates changed, List<RemoteId> lost) {
    long uidNext = Math.max(Math.max(base.uidNext(), mailbox.uidNext()), changed.highest() + 1);
    Cursor cursor = new Cursor(base.uidValidity(), uidNext, modSeq, Cursor.Mark.NONE);
    return new News(cursor.asSyncCursor(), false, false, changed, lost, true, Optional.empty());
  }
}
