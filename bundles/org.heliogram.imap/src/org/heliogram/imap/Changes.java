/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Flags;

/**
 * Changes mailboxes. Nothing is ever removed that was not named: no EXPUNGE without UIDs, no CLOSE. The mailbox is selected and its
 * UIDVALIDITY compared before.
 */
final class Changes {
  private static final String DELETED = "+FLAGS.SILENT (\\Deleted)"; //$NON-NLS-1$
  private final ImapConnection imap;
  private final Map<RemoteId, RemoteId> receipt = new HashMap<>();
  private long copiedInto; // UIDVALIDITY of the mailbox the receipt is about

  Changes(ImapConnection imap) {
    this.imap = imap;
  }

  /** @return old id to new id, as far as the server told */
  Map<RemoteId, RemoteId> perform(RemoteOperation operation) throws IOException, MailException {
    List<String> sets = UidSet.of(UidSet.numbers(operation.ids()));
    switch (operation) {
      case RemoteOperation.Store store -> {
        requireKept(store.change());
        for (String set : sets) {
          change(set, "+FLAGS.SILENT", store.change().add()); //$NON-NLS-1$
          change(set, "-FLAGS.SILENT", store.change().remove()); //$NON-NLS-1$
        }
      }
      case RemoteOperation.Move move -> {
        for (String set : sets) {
          move(set, move.to());
        }
      }
      case RemoteOperation.Copy copy -> {
        for (String set : sets) {
          transfer("UID COPY", set, copy.to()); //$NON-NLS-1$
        }
      }
      case RemoteOperation.Expunge expunge -> {
        expunge(expunge, sets);
      }
    }
    receipt.keySet().retainAll(new HashSet<>(operation.ids()));
    return Map.copyOf(receipt);
  }

  /**
   * A change of nothing but flags that the server does not keep is refused: done, it would be undone by the next synchronisation, and
   * nobody would know why. Where it keeps one of them, that one is changed.
   */
  private void requireKept(FlagChange change) throws MailException {
    var names = new ArrayList<String>(change.add().imapNames());
    names.addAll(change.remove().imapNames());
    Mailbox mailbox = imap.selected().orElseThrow();
    if (!names.isEmpty() && names.stream().noneMatch(name -> isAtom(name) && mailbox.keeps(name))) {
      throw new MailException.Refused("flags the server does not keep", "PERMANENTFLAGS " + mailbox.permanentFlags(), null); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void expunge(RemoteOperation.Expunge expunge, List<String> sets) throws IOException, MailException {
    FolderRole role = expunge.folder().role();
    boolean byTrash = imap.has(Quirks.Habit.EXPUNGES_ONLY_IN_TRASH) && !expunge.moved() && role != FolderRole.TRASH && role != FolderRole.JUNK;
    if (!byTrash) {
      for (String set : sets) {
        remove(set);
      }
      return;
    }
    RemoteFolder trash = new FolderListing(imap).read().stream().filter(folder -> folder.role() == FolderRole.TRASH).findFirst()
        .orElseThrow(() -> new MailException.Refused("this server deletes only in its Trash, and shows none", "", null)); //$NON-NLS-1$ //$NON-NLS-2$
    for (String set : sets) {
      move(set, trash);
    }
    // What it does not tell the new ids of stays in the Trash, to be seen there.
    if (imap.select(trash.name()).uidValidity() == copiedInto) {
      for (String set : UidSet.of(UidSet.numbers(receipt.values()))) {
        remove(set);
      }
    }
    receipt.clear(); // They are nowhere now.
  }

  private void change(String set, String how, Flags flags) throws IOException, MailException {
    String names = flags.imapNames().stream().filter(Changes::isAtom)
        .filter(imap.selected().orElseThrow()::keeps).collect(Collectors.joining(" ")); //$NON-NLS-1$
    if (!names.isEmpty()) {
      store(set, how + " (" + names + ')'); //$NON-NLS-1$
    }
  }

  /** Whether a flag can be written. */
  static boolean isAtom(String name) {
    String rest = name.startsWith("\\") ? name.substring(1) : name; //$NON-NLS-1$
    return !rest.isEmpty() && rest.chars().allMatch(c -> c > ' ' && c < 0x7f && "(){%*\"\\".indexOf(c) < 0); //$NON-NLS-1$ // "]" may not be in it either, but Gmail has such.
  }

  private void store(String set, String change) throws IOException, MailException {
    imap.await(imap.send("UID STORE " + set + ' ' + change), Answers.none()).requireOk("UID STORE"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void move(String set, RemoteFolder to) throws IOException, MailException {
    if (Capability.MOVE.in(imap.capabilities())) {
      transfer("UID MOVE", set, to); //$NON-NLS-1$
      return;
    }
    long[] uids = UidSet.expand(set);
    // Where they cannot be expunged, a second try must not copy what the first one moved.
    Set<Long> there = Capability.UIDPLUS.in(imap.capabilities()) ? Presence.of(imap, uids) : Presence.unmarked(imap, uids);
    if (there.isEmpty()) {
      return;
    }
    long[] present = there.stream().mapToLong(Long::longValue).toArray();
    for (String some : UidSet.of(present)) {
      remove(String.join(",", UidSet.of(copied(some, to)))); //$NON-NLS-1$
    }
  }

  /** Copies, and proves it: by COPYUID, or by the other mailbox having grown. @return what was copied */
  private long[] copied(String set, RemoteFolder to) throws IOException, MailException {
    boolean receipts = Capability.UIDPLUS.in(imap.capabilities());
    long before = receipts ? 0 : uidNext(to);
    long[] told = transfer("UID COPY", set, to); //$NON-NLS-1$
    if (told.length > 0) {
      return told;
    }
    long[] all = UidSet.expand(set);
    long grown = receipts ? 0 : uidNext(to) - before;
    if (grown < all.length) {
      throw new MailException.Refused("no proof that the copy arrived; the originals stay", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return all;
  }

  private long uidNext(RemoteFolder folder) throws IOException, MailException {
    long[] next = {0};
    imap.await(imap.send("STATUS " + imap.names().argument(folder.name()) + " (UIDNEXT)"), (number, name, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
      if (!name.equals("STATUS")) { //$NON-NLS-1$
        return false;
      }
      in.skipValue();
      in.spaces();
      new FetchItems().read(in, (item, value) -> {
        if (item.equals("UIDNEXT")) { //$NON-NLS-1$
          next[0] = value.number();
          return true;
        }
        return false;
      });
      return true;
    }).requireOk("STATUS"); //$NON-NLS-1$
    return next[0];
  }

  /** @return what the server says it took, by the old UIDs; empty if it says nothing */
  private long[] transfer(String command, String set, RemoteFolder to) throws IOException, MailException {
    imap.takeCopied();
    Status status = imap.await(imap.send(command + ' ' + set + ' ' + imap.names().argument(to.name())), Answers.none());
    Optional<Status> copied = imap.takeCopied();
    long[] told = copied.map(this::note).orElse(new long[0]);
    status.requireOk(command);
    return told;
  }

  /** COPYUID uidvalidity from to (RFC 4315 section 3); sets that do not match are no receipt. */
  private long[] note(Status copied) {
    String[] parts = copied.arguments().split(" +"); //$NON-NLS-1$
    if (parts.length < 3) {
      return new long[0];
    }
    long[] from = UidSet.expand(parts[1]);
    long[] to = UidSet.expand(parts[2]);
    if (from.length != to.length) {
      return new long[0];
    }
    copiedInto = UidSet.number(parts[0]);
    for (int i = 0; i < from.length; i++) {
      receipt.put(RemoteId.of(from[i]), RemoteId.of(to[i]));
    }
    return Arrays.copyOf(from, from.length);
  }

  /** Without UID EXPUNGE they stay, marked, and are left out of listings: a plain EXPUNGE would take what others marked. */
  private void remove(String set) throws IOException, MailException {
    store(set, DELETED);
    if (Capability.UIDPLUS.in(imap.capabilities())) {
      imap.await(imap.send("UID EXPUNGE " + set), Answers.none()).requireOk("UID EXPUNGE"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
