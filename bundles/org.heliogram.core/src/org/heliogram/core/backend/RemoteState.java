/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Flags;

/**
 * One line of a folder's listing.
 *
 * @param flags absent where the server keeps none (POP3); in a {@link org.heliogram.core.model.Keeping#DELIVERED} folder they are only what
 *     a new message starts with
 */
public record RemoteState(RemoteId id, Optional<Flags> flags) {
  public RemoteState {
    Objects.requireNonNull(id);
    Objects.requireNonNull(flags);
  }
}
