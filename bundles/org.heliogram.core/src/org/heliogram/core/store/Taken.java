/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.MessageKey;

/**
 * A message that was taken from a maildrop, and is not taken again.
 *
 * @param message what became of it here, also where that was deleted since; empty where it was never here or went with another account
 * @param gone    whether the server has it no more
 * @param print   as it was when it was taken
 */
public record Taken(RemoteId id, Optional<MessageKey> message, boolean gone, Fingerprint print) {
  public Taken {
    Objects.requireNonNull(id);
    Objects.requireNonNull(message);
    Objects.requireNonNull(print);
  }
}
