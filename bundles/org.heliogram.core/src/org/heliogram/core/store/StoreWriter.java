/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;

/** Changes the store, inside {@link MailStore#write}. */
public interface StoreWriter extends StoreReader {
  /** Adds or replaces an account. @throws StoreException if another account has the label */
  void put(Account account) throws StoreException;

  /** Removes the account with everything of it on this machine. What others took into its inbox goes with it, and stays on their servers. */
  void remove(AccountId account) throws StoreException;

  /** {@link #folders(AccountId, List, Map)} where nothing is known of renames. */
  default void folders(AccountId account, List<RemoteFolder> folders) throws StoreException {
    folders(account, folders, Map.of());
  }

  /**
   * Makes the account's folders those the server has. A folder keeps its key, and with it messages and options, while its
   * {@link RemoteFolder#mailboxId()} is listed, or its remote name; or where {@code renamed} says what it is called now. One that is gone
   * goes with its messages, and queue entries that need it are dropped. A folder that is still to be made becomes the one that is listed
   * in its place.
   */
  void folders(AccountId account, List<RemoteFolder> folders, Map<FolderKey, String> renamed) throws StoreException;

  void options(FolderKey folder, FolderOptions options) throws StoreException;

  /**
   * Queue entries and local effect together; neither exists alone. Messages that are gone, or that the operation would not change, are
   * left out. In local and delivered folders the operation is settled at once and makes no entry; so is the deletion of what was made
   * here and no server has seen, and a transfer to such a folder as soon as the whole content is here.
   *
   * @throws StoreException where it makes no sense: a folder of another account, a folder in itself, two of one name in one place, the
   *     inbox renamed or deleted, a folder where no server keeps folders
   */
  Ticket enqueue(Operation operation) throws StoreException;

  /**
   * Puts a message made here into a folder. It is there at once; where a server keeps the folder, an {@link Operation.Transfer} of it is
   * queued. The ticket's copy is its key.
   *
   * @throws StoreException if the folder cannot hold messages
   */
  Ticket deposit(FolderKey into, Deposit message) throws StoreException;

  /** Lets the account's entries of {@link org.heliogram.core.op.Queued.Standing#REFUSED} be tried again: the user asks, or time has passed. */
  void retry(AccountId account) throws StoreException;

  /** Notes, before a command is sent, that the server may see this entry. */
  void attempt(long sequence) throws StoreException;

  /** Ends or postpones an entry; the view is recomputed. An entry that is gone is ignored. */
  void settle(long sequence, Outcome outcome) throws StoreException;

  /**
   * Takes entries back that no server has seen, all or none. With the making of a folder goes what was to be done in it. What is in no
   * other place is not taken back but deleted, by an operation.
   *
   * @return whether it was done; false also where a later operation on folders would have no place any more
   */
  boolean withdraw(Ticket ticket) throws StoreException;

  /** Changes the server's half; the view follows, with queued operations applied. At most 1,000 messages a call. */
  void apply(FolderKey folder, SyncPlan plan) throws StoreException;

  /** Changes what is known of a maildrop. At most 1,000 ids a call. @param maildrop a delivered folder */
  void apply(FolderKey maildrop, MaildropPlan plan) throws StoreException;

  /**
   * Attaches content to a message; replaces less with more, never more with less. A message that is gone is ignored. Whole content goes
   * to the copies of queued transfers too.
   */
  void attach(MessageKey message, StagedBody body) throws StoreException;

  /**
   * Forgets the content of messages that a server has; what is only here keeps its own, and so does what is being transferred. The space comes back with {@link
   * MailStore#compact}. At most 1,000 a call.
   */
  void drop(Collection<MessageKey> messages) throws StoreException;

  /** What a message turned out to be when all of it came. One that is gone, or that a server mirrors, is left as it is. */
  void describe(MessageKey message, Envelope envelope, boolean attachments) throws StoreException;

  /** Attaches content to several messages, at less cost than one by one. */
  default void attach(Map<MessageKey, StagedBody> bodies) throws StoreException {
    for (var each : bodies.entrySet()) {
      attach(each.getKey(), each.getValue());
    }
  }
}
