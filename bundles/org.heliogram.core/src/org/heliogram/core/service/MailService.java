/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;

/** The one door the views knock at. Unless said otherwise methods return at once and never wait for a network. */
public interface MailService {
  /** Does it here and queues it for the server; returns when the change is on disk. Fit for the UI thread. */
  Ticket perform(Operation operation) throws StoreException;

  /** Takes back what no server has seen yet. @return whether it was taken back, all of it */
  boolean undo(Ticket ticket) throws StoreException;

  /** Begins scheduled fetching for every account; called when the mail perspective is first opened. Later calls do nothing. */
  void start();

  /** Fetches an account now: queue, folders, news of every folder. Also clears a standing trouble. */
  void refresh(AccountId account);

  /** Looks at one folder first. */
  void refresh(FolderKey folder);

  void refreshAll();

  /** Cancels what the account is doing. */
  void cancel(AccountId account);

  /** The whole content, fetched if it is not here; fails with {@link MailException}, {@link StoreException} or a cancellation. */
  CompletionStage<Body> body(MessageKey message);

  Activity activity(AccountId account);

  /** The listener is called on any thread; it must be quick and must not throw. */
  Subscription observe(Consumer<ServiceEvent> listener);

  /**
   * Signs in to the incoming server and, where there is one, to submission. Blocks; cancellable; stores nothing.
   *
   * @param what which of the two
   * @throws MailException saying precisely what is wrong; {@link MailException.Refused} where sign-in worked but there is no mailbox
   */
  void test(Account account, Purpose what, Credentials credentials, IProgressMonitor monitor) throws MailException;

  /** Stores account and secrets, and begins its first fetch if {@link #start} was called. Blocks on secure storage: call it from a job. */
  void add(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) throws StoreException, CredentialException;

  /** Changes an account; secrets that are empty stay as they are. Blocks like {@link #add}. */
  void update(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) throws StoreException, CredentialException;

  /**
   * Notes what the user chose for a folder, gives the space of content back that is not kept any more, and begins to fetch what is
   * missing. Blocks on the disk: call it from a job.
   */
  void keep(FolderKey folder, FolderOptions options, IProgressMonitor monitor) throws StoreException;

  /** Gives the space of content back that by the choices for account and folders is not kept here. Blocks like {@link #keep}. @return bytes */
  long free(AccountId account, IProgressMonitor monitor) throws StoreException;

  /** Removes account, secrets and everything of it here; nothing on the server. Stops its work first. Blocks: call it from a job. */
  void remove(AccountId account, IProgressMonitor monitor) throws StoreException, CredentialException;

  /** Synchronises now and waits for the end: for scripts and tests. Runs under the account's rule, after what is running. */
  SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) throws MailException, StoreException, CredentialException;
}
