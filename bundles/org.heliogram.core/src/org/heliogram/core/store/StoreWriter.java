/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.List;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;

/** Changes the store, inside {@link MailStore#write}. */
public interface StoreWriter extends StoreReader {
  /** Adds or replaces an account. @throws StoreException if another account has the label */
  void put(Account account) throws StoreException;

  /** Removes the account with everything of it on this machine. */
  void remove(AccountId account) throws StoreException;

  /**
   * Makes the account's folders those the server has. A folder keeps its key while its remote name stays. One that is gone goes with its
   * messages, and queue entries that need it are dropped.
   */
  void folders(AccountId account, List<RemoteFolder> folders) throws StoreException;

  /**
   * Queue entries and local effect together; neither exists alone. Messages that are gone, or that the operation would not change, are
   * left out. In local and delivered folders the operation is settled at once and makes no entry.
   */
  Ticket enqueue(Operation operation) throws StoreException;

  /** Notes, before a command is sent, that the server may see this entry. */
  void attempt(long sequence) throws StoreException;

  /** Ends or postpones an entry; the view is recomputed. An entry that is gone is ignored. */
  void settle(long sequence, Outcome outcome) throws StoreException;

  /** Takes entries back that no server has seen, all or none. @return whether it was done */
  boolean withdraw(Ticket ticket) throws StoreException;

  /** Changes the server's half; the view follows, with queued operations applied. At most 1,000 messages a call. */
  void apply(FolderKey folder, SyncPlan plan) throws StoreException;

  /** Attaches content to a message; replaces less with more, never more with less. A message that is gone is ignored. */
  void attach(MessageKey message, StagedBody body) throws StoreException;
}
