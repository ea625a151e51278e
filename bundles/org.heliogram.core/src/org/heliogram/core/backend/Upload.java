/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.backend;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Flags;

/**
 * A message to be put into a folder (RFC 3501 section 6.3.11).
 *
 * @param content  every byte of it, with CRLF
 * @param received what becomes its INTERNALDATE
 */
public record Upload(Body content, Flags flags, Instant received) {
  public Upload {
    Objects.requireNonNull(content);
    Objects.requireNonNull(flags);
    Objects.requireNonNull(received);
  }

  /** Is told of each message that the server has, before the next one may be lost. */
  @FunctionalInterface
  public interface Receipt {
    /** @param index of the message in what was to be put there @param id as the server told (APPENDUID, RFC 4315); empty where it did not */
    void stored(int index, Optional<RemoteId> id);
  }
}
