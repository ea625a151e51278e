/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;

/** Takes what a backend fetches, as it arrives, on the backend's thread. */
public interface Sink {
  /** A summary ({@link Depth#ENVELOPE}). */
  void envelope(FetchedMessage message) throws StoreException;

  /**
   * A body ({@link Depth#TEXT}, {@link Depth#WHOLE}).
   *
   * @param received when the server got it, or now where the server does not say
   * @param content  RFC 5322 bytes with CRLF; valid only during the call; a short read ends with an {@link IOException}, never with a quiet end
   * @throws IOException whatever {@code content} threw, unchanged: the backend translates it
   */
  void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException;

  /** The server has no message of that id any more, though it was asked for. */
  void gone(RemoteId id) throws StoreException;
}
