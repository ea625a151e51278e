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
 * @param sizeInBytes as the server lists it; 0 where the listing does not tell
 */
public record RemoteState(RemoteId id, Optional<Flags> flags, long sizeInBytes) {
  /** Of unknown size. */
  public RemoteState(RemoteId id, Optional<Flags> flags) {
    this(id, flags, 0);
  }

  public RemoteState {
    Objects.requireNonNull(id);
    Objects.requireNonNull(flags);
  }
}
