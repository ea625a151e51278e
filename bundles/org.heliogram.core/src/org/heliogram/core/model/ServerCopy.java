/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a message came from that was taken from a maildrop.
 *
 * @param maildrop the account that took it
 * @param there    whether it was still there with the last session
 * @param leaving  until when it stays there; {@link Leaving#EVERYTHING} also where it stays because it is not whole here, or is flagged
 *     and would be deleted after some days
 * @param until    for {@link Leaving#SOME_DAYS}: about when it is deleted there; later, if this machine is off meanwhile
 */
public record ServerCopy(AccountId maildrop, boolean there, Leaving leaving, Optional<Instant> until) {
  public ServerCopy {
    Objects.requireNonNull(maildrop);
    Objects.requireNonNull(leaving);
    Objects.requireNonNull(until);
  }
}
