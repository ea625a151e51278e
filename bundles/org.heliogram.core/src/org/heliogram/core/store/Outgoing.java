/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.MessageKey;

/**
 * A message that a queued transfer puts into its folder.
 *
 * @param message         the key the entry names it by: its source, or the same as {@code copy}
 * @param copy            what it will be in the folder
 * @param flags           to be put there with; later changes are entries of their own
 * @param received        when it reached its first server or this machine
 * @param sizeInBytes     of the content, where that is here; else what a server said
 * @param messageIdHeader to look for it by; empty where it has none
 * @param content         whole; empty while it is not here
 */
public record Outgoing(MessageKey message, MessageKey copy, Flags flags, Instant received, long sizeInBytes, String messageIdHeader,
    Optional<Body> content) {
  public Outgoing {
    Objects.requireNonNull(message);
    Objects.requireNonNull(copy);
    Objects.requireNonNull(flags);
    Objects.requireNonNull(received);
    Objects.requireNonNull(messageIdHeader);
    Objects.requireNonNull(content);
  }
}
