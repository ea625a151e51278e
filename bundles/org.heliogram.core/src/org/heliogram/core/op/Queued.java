/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/**
 * An operation that waits for the server.
 *
 * @param sequence  order in the account's queue; never reused
 * @param operation all its messages have the same source folder
 * @param source    the folder the messages were in, as the server knows it after all earlier entries; or the folder that is made or changed
 * @param since     when the user asked for it
 * @param attempts  started so far
 * @param attempted whether the server may have seen it: then it is not withdrawn by undo, and a refusal does not roll it back before the folder was read again
 * @param waiting   why it waits, from the last {@link Outcome.Postponed}
 */
public record Queued(long sequence, Operation operation, FolderKey source, Instant since, int attempts, boolean attempted,
    Optional<String> waiting) {
  public Queued {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(source);
    Objects.requireNonNull(since);
    Objects.requireNonNull(waiting);
  }

  /** The messages it is on; empty for an operation on a folder. */
  public List<MessageKey> messages() {
    return operation instanceof Operation.OnMessages some ? some.messages() : List.of();
  }
}
