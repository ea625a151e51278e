/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Right;
import org.heliogram.core.store.StoreException;

/**
 * One account on one server, signed in. Confined to one thread at a time. Every method blocks on the network, within a total time limit
 * of its own besides that of single reads, and ends with {@link org.eclipse.core.runtime.OperationCanceledException} soon after its
 * monitor is cancelled (the connection is then closed). Nothing a server sends may exhaust memory or stack: limits are the backend's.
 */
public interface Backend extends AutoCloseable {
  Set<Feature> features() throws MailException;

  /** All folders, parents before children. */
  List<RemoteFolder> folders(IProgressMonitor monitor) throws MailException;

  /**
   * Asks the server what happened in a folder since {@link Known#cursor}, or what it holds.
   *
   * @throws MailException.Refused if the folder is gone or may not be read; asking again will not help
   */
  News news(RemoteFolder folder, Known known, IProgressMonitor monitor) throws MailException, StoreException;

  /**
   * Whether nothing happened in a folder since {@link Known#cursor}, by what the last {@link #folders} told: it asks nothing, is of that
   * time, and is false where that is not known, as after every change from here.
   */
  default boolean unchanged(RemoteFolder folder, Known known) {
    return false;
  }

  /**
   * Fetches messages in the order given, in batches bounded by bytes and time. A message the server sends unreadably is reported with
   * what is known of it and does not end the fetch. The monitor is worked by one unit a message, whatever happened to it; its total is the caller's.
   *
   * @param cursor the ids are of; a folder that was renumbered since throws {@link MailException.Stale}
   */
  void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
      throws MailException, StoreException;

  /**
   * Does one operation.
   *
   * @return receipt: old id to new id for a move or a copy, as far as the server told
   * @throws MailException.Refused if the server said NO or BAD: it did not do it
   * @throws MailException.Unreachable also when the connection broke after the command was sent: it may have been done
   */
  Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) throws MailException;

  /**
   * Does one operation on a folder itself.
   *
   * @return the folder as the server has it now; empty if it is not there any more
   * @throws MailException.Refused if the server will not, and it is not already as wanted
   * @throws MailException.Unreachable also when the connection broke after the command was sent: it may have been done
   */
  default Optional<RemoteFolder> perform(FolderCommand command, IProgressMonitor monitor) throws MailException {
    throw new MailException.Refused("this server keeps no folders", null, null); //$NON-NLS-1$
  }

  /**
   * Puts messages into a folder: several with one command and in one round trip where the server can (RFC 3502, RFC 7888).
   *
   * @param cursor  of the folder as far as it is known: a receipt of another numbering is told without an id
   * @param receipt told, in the caller's thread, of each message the server said it has; where this throws, the others may be there too
   * @throws MailException.Refused if the server will not have the first message no receipt was told of
   * @throws MailException.Unreachable also when the connection broke in the middle: more may be there than receipts were told of
   * @throws MailException.Malformed if content cannot be read here
   */
  default void append(RemoteFolder folder, Optional<SyncCursor> cursor, List<Upload> messages, Upload.Receipt receipt, IProgressMonitor monitor)
      throws MailException {
    throw new MailException.Refused("this server takes no messages", null, null); //$NON-NLS-1$
  }

  /**
   * Deletes messages of a maildrop for good and ends the session, without which nothing is deleted (RFC 1939 section 6).
   *
   * @param messages to be deleted: those are left alone that are not listed in this session, or are not what they are thought to be
   * @return those that are deleted as the server said at the end of the session, and those it does not have
   * @throws MailException where nothing can be told: whatever was deleted is not listed in the next session
   */
  default Set<RemoteId> discard(RemoteFolder folder, Map<RemoteId, Fingerprint> messages, IProgressMonitor monitor) throws MailException {
    throw new MailException.Refused("not a maildrop", null, null); //$NON-NLS-1$
  }

  /** What the user may do with folders (RFC 4314), by name; those the server does not tell about are left out. One round trip for all. */
  default Map<String, Set<Right>> rights(List<RemoteFolder> folders, IProgressMonitor monitor) throws MailException {
    return Map.of();
  }

  /**
   * Looks for messages by Message-ID, to find out whether a copy or a move of unknown outcome arrived.
   *
   * @return ids whose header was compared, newest first
   */
  List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) throws MailException;

  /** Whether the connection is still usable as far as can be told without asking. */
  boolean alive();

  /** Asks the server only whether it is still there, and does not wait long for the answer. */
  default void keepAlive(IProgressMonitor monitor) throws MailException {}

  /** How long the server wants to be left alone after a sign-in (RFC 2449 section 6.5). @return empty where it does not say */
  default Optional<Duration> signInDelay() {
    return Optional.empty();
  }

  /**
   * How long the server lets mail stay that was fetched (RFC 2449 section 6.6); zero: no longer than the session.
   *
   * @return empty where it does not say, or keeps it until it is told to delete it
   */
  default Optional<Duration> expiry() {
    return Optional.empty();
  }

  /** How full the account is on the server. @return empty where the server does not tell or sets no limit */
  default Optional<Quota> quota(IProgressMonitor monitor) throws MailException {
    return Optional.empty();
  }

  /** Signs out if that is quick; never throws, never waits longer than a second. */
  @Override
  void close();

  /** An OSGi service with the property {@code protocol}, see {@link org.heliogram.core.model.Protocol#id()}. */
  interface Factory {
    /** Connects and signs in. @throws MailException saying precisely what is wrong */
    Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException;
  }
}
