/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.op.Queued;

/** Reads the store. Valid only inside {@link MailStore#read} or {@link MailStore#write}, on that thread. */
public interface StoreReader {
  /** In the order they were added. */
  List<Account> accounts() throws StoreException;

  Optional<Account> account(AccountId account) throws StoreException;

  /**
   * Special folders first, in the order of their roles, then by path without case; parents before children. Without those a queued
   * operation deletes, with those one makes.
   */
  List<Folder> folders(AccountId account) throws StoreException;

  /** Empty also for a folder that a queued operation deletes. */
  Optional<Folder> folder(FolderKey folder) throws StoreException;

  /** What the user chose for a folder; kept over renames. */
  FolderOptions options(FolderKey folder) throws StoreException;

  /** The choices for an account's folders at once; those without one of their own are left out. */
  Map<FolderKey, FolderOptions> options(AccountId account) throws StoreException;

  /** The server's side of a folder. One the server has not made yet cannot be opened. */
  RemoteFolder remote(FolderKey folder) throws StoreException;

  /** Keys of the view, sorted: eight bytes a message. */
  MessageKeys list(Query query) throws StoreException;

  /** The first keys of {@link #list}, at a cost that does not grow with the folder where the order is by date. @param limit 1 to 1,000 */
  MessageKeys first(Query query, int limit) throws StoreException;

  /** Rows in the order of the keys; keys of messages that are gone are left out. At most 1,000 keys a call. */
  List<MessageSummary> summaries(Collection<MessageKey> keys) throws StoreException;

  Optional<Envelope> envelope(MessageKey message) throws StoreException;

  /** What of the content is here; empty for {@code BodyState.NONE}. May be opened after the transaction. */
  Optional<Body> body(MessageKey message) throws StoreException;

  /** Oldest first. */
  List<Queued> queue(AccountId account) throws StoreException;

  /** What a queued transfer puts into its folder, in the order of its messages; empty for an entry that is gone or no transfer. */
  List<Outgoing> outgoing(long sequence) throws StoreException;

  /**
   * Messages this account's server has whose whole content a queued transfer waits for, oldest entry first. To be fetched before the
   * account's own queue is run.
   *
   * @param limit 1 to 1,000
   */
  List<MessageKey> contentWanted(AccountId account, int limit) throws StoreException;

  /** The server's half: the planner's input. */
  Known known(FolderKey folder) throws StoreException;

  /** The cursor of {@link #known} alone, without its messages. */
  default Optional<SyncCursor> cursor(FolderKey folder) throws StoreException {
    return known(folder).cursor();
  }

  /** Where the server has these messages; those the server does not have are left out. */
  List<Located> locate(Collection<MessageKey> messages) throws StoreException;

  /** Where a message that was taken from a maildrop still lies; empty for one that was not, and where that is not known. */
  Optional<ServerCopy> serverCopy(MessageKey message) throws StoreException;

  /** Everything that was ever taken from a maildrop. @param maildrop a delivered folder */
  List<Taken> taken(FolderKey maildrop) throws StoreException;

  /** What by its account's options may be deleted in a maildrop: what {@link Stay#over} says of it; without what is gone there. */
  List<Taken> overdue(FolderKey maildrop) throws StoreException;

  /** Messages of a mirrored folder with an id whose content is not here, newest first. @param since received at or after; @param limit 1 to 10,000 */
  List<MessageKey> withoutBody(FolderKey folder, Instant since, int limit) throws StoreException;

  /** All messages of a mirrored folder with an id whose content is in this state, newest first. @param since received at or after */
  MessageKeys bodies(FolderKey folder, BodyState state, Instant since) throws StoreException;
}
