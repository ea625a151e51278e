/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
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
 * @param waiting   why it waits, from the last {@link Outcome.Postponed} or {@link Outcome.Rejected}
 * @param copies    the messages a copy or transfer makes, one for each of its messages; else empty
 * @param standing  whether it can be done now
 * @param missing   of how many messages of a transfer the whole content is not here yet
 */
public record Queued(long sequence, Operation operation, FolderKey source, Instant since, int attempts, boolean attempted,
    Optional<String> waiting, List<MessageKey> copies, Standing standing, int missing) {
  /** Whether an entry can be done now. Those that cannot are passed over; what comes after them and is ready is done. */
  public enum Standing {
    READY,
    /** A transfer that waits for content, see {@link org.heliogram.core.store.StoreReader#contentWanted}. */
    INCOMPLETE,
    /** The server will not have messages that are nowhere else: nobody asks it again before {@link org.heliogram.core.store.StoreWriter#retry}. */
    REFUSED,
    /** It is on messages that an entry before it makes which cannot be done now, or deletes one whose content a transfer still waits for. */
    BEHIND
  }

  public Queued {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(source);
    Objects.requireNonNull(since);
    Objects.requireNonNull(waiting);
    copies = List.copyOf(copies);
    Objects.requireNonNull(standing);
  }

  /** One that makes no copies and can be done now. */
  public Queued(long sequence, Operation operation, FolderKey source, Instant since, int attempts, boolean attempted,
      Optional<String> waiting) {
    this(sequence, operation, source, since, attempts, attempted, waiting, List.of(), Standing.READY, 0);
  }

  /** The messages it is on; empty for an operation on a folder. */
  public List<MessageKey> messages() {
    return operation instanceof Operation.OnMessages some ? some.messages() : List.of();
  }

  /**
   * An account's queue with the entries found that have to wait because others do.
   *
   * @param needed the messages whose content is still needed by a transfer that was queued before a sequence, in whatever account
   */
  public static List<Queued> inOrder(List<Queued> queue, LongFunction<? extends Collection<MessageKey>> needed) {
    var inOrder = new ArrayList<Queued>();
    Set<MessageKey> held = new HashSet<>();
    for (Queued entry : queue) {
      boolean behind = entry.standing == Standing.READY && (entry.messages().stream().anyMatch(held::contains)
          || entry.operation instanceof Operation.Delete && entry.messages().stream().anyMatch(needed.apply(entry.sequence)::contains));
      Queued now = behind ? entry.behind() : entry;
      if (behind) {
        held.addAll(entry.messages());
      }
      if (now.standing != Standing.READY) {
        held.addAll(entry.copies);
      }
      inOrder.add(now);
    }
    return List.copyOf(inOrder);
  }

  private Queued behind() {
    return new Queued(sequence, operation, source, since, attempts, attempted, waiting, copies, Standing.BEHIND, missing);
  }
}
