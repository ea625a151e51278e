/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Instant;
import java.util.Objects;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;

/**
 * A message made here: a draft, a sent one, one that was imported.
 *
 * @param received    what becomes its time of arrival
 * @param attachments whether it has any
 * @param content     whole
 */
public record Deposit(Flags flags, Instant received, boolean attachments, Envelope envelope, StagedBody content) {
  public Deposit {
    Objects.requireNonNull(flags);
    Objects.requireNonNull(received);
    Objects.requireNonNull(envelope);
    if (content.state() != BodyState.WHOLE) {
      throw new IllegalArgumentException("part of a message"); //$NON-NLS-1$
    }
  }
}
