/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.BodyState;

/**
 * Everything the client knows, on this machine. Safe for any thread but the UI's, except {@link #state} and {@link #subscribe}, and
 * one small {@link #write} that enqueues.
 *
 * <p>The law: what the user sees is what the server said last, with the queued operations applied in order. The store keeps the
 * server's half of each message and derives the user's half in the same transaction whenever the server's half or the queue changes.
 */
public interface MailStore {
  /** Opens the store if it is not open, or tries again after {@link StoreState.InUse}. Every other method does so by itself. */
  StoreState open();

  /** As of now, without waiting. */
  StoreState state();

  /** @throws StoreException.InUse if another process has the store */
  <T> T read(Work<StoreReader, T> work) throws StoreException;

  /** All or nothing, durable when it returns. At most one {@link StoreChange}, after the commit. */
  <T> T write(Work<StoreWriter, T> work) throws StoreException;

  /** Writes content to disk so that a later {@link #write} can name it cheaply. Unnamed content is reclaimed. @throws IOException only from reading {@code content} */
  StagedBody stage(InputStream content, BodyState state) throws StoreException, IOException;

  /** The listener is called on the committing thread, outside locks, in commit order; it must be quick and must not throw. */
  Subscription subscribe(Consumer<StoreChange> listener);

  /** Verifies every invariant and every checksum. Reads everything; can be cancelled. @return what is wrong; empty when all is well */
  List<Finding> check(IProgressMonitor monitor) throws StoreException;

  /** Gives the space of deleted messages back, crash-safe. @return bytes gained */
  long compact(IProgressMonitor monitor) throws StoreException;
}
