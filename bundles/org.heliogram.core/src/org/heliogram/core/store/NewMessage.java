/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;

/** A message the server has and this machine did not know. @param body where it came whole, so that message and id become durable together */
public record NewMessage(RemoteId id, Flags flags, Instant received, long sizeInBytes, boolean attachments, Envelope envelope,
    Optional<StagedBody> body) {
  public NewMessage {
    Objects.requireNonNull(id);
    Objects.requireNonNull(flags);
    Objects.requireNonNull(received);
    Objects.requireNonNull(envelope);
    Objects.requireNonNull(body);
  }
}
