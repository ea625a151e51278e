/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.time.Instant;
import java.util.Objects;
import org.heliogram.core.model.Flags;

/**
 * A message's summary as it came from the server.
 *
 * @param received INTERNALDATE
 * @param header   the raw header, or the fields of it that {@code MimeCodec.envelope} reads; not decoded; may be empty
 */
public record FetchedMessage(RemoteId id, Flags flags, Instant received, long sizeInBytes, byte[] header, boolean attachments) {
  public FetchedMessage {
    Objects.requireNonNull(id);
    Objects.requireNonNull(flags);
    Objects.requireNonNull(received);
    Objects.requireNonNull(header);
  }
}
