/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Flags;

/** One line of a folder's listing. {@code flags} is absent where the server keeps none (POP3). */
public record RemoteState(RemoteId id, Optional<Flags> flags) {
  public RemoteState {
    Objects.requireNonNull(id);
    Objects.requireNonNull(flags);
  }
}
