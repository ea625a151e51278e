/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.FolderKey;

/**
 * What to change in what is known of a maildrop. Applied in the order of the components.
 *
 * @param forgotten ids that stand for other messages now; what was taken under them stays here
 * @param renamed   what the server calls messages now that were taken under other ids
 * @param there     whether the server has messages taken earlier
 * @param inbox     where new messages go: a folder that is not mirrored
 * @param added     new messages; an id already known is ignored
 * @param prints    what {@code added} and known messages look like; an id that is neither is noted as known without a message
 * @param session   where one has ended well
 * @param cursor    set with this plan; empty leaves it as it is
 */
public record MaildropPlan(List<RemoteId> forgotten, Map<RemoteId, RemoteId> renamed, Map<RemoteId, Boolean> there, FolderKey inbox,
    List<NewMessage> added, Map<RemoteId, Fingerprint> prints, Optional<Session> session, Optional<SyncCursor> cursor) {
  /**
   * The end of a session: time goes on for what is in the maildrop, by as much as passed since the last one. Time that runs backwards, or
   * more than {@link #BELIEVED}, is a clock that was set and counts for nothing.
   *
   * @param most that may be counted
   */
  public record Session(Instant at, Duration most) {
    public static final Duration BELIEVED = Duration.ofDays(60);

    public Session {
      Objects.requireNonNull(at);
      Objects.requireNonNull(most);
    }

    /** What passed. @param last the end of the session before */
    public Duration since(Instant last) {
      Duration passed = Duration.between(last, at);
      return passed.isNegative() || passed.compareTo(BELIEVED) > 0 ? Duration.ZERO : passed.compareTo(most) > 0 ? most : passed;
    }
  }

  public MaildropPlan {
    forgotten = List.copyOf(forgotten);
    renamed = Map.copyOf(renamed);
    there = Map.copyOf(there);
    Objects.requireNonNull(inbox);
    added = List.copyOf(added);
    prints = Map.copyOf(prints);
    Objects.requireNonNull(session);
    Objects.requireNonNull(cursor);
  }

  /** Only new messages. */
  public static MaildropPlan taking(FolderKey inbox, List<NewMessage> added, Map<RemoteId, Fingerprint> prints) {
    return new MaildropPlan(List.of(), Map.of(), Map.of(), inbox, added, prints, Optional.empty(), Optional.empty());
  }

  /** Only what the server has, or has no more. */
  public static MaildropPlan seen(FolderKey inbox, Map<RemoteId, Boolean> there) {
    return new MaildropPlan(List.of(), Map.of(), there, inbox, List.of(), Map.of(), Optional.empty(), Optional.empty());
  }

  /** Only the end of a session. */
  public static MaildropPlan ended(FolderKey inbox, Session session, SyncCursor cursor) {
    return new MaildropPlan(List.of(), Map.of(), Map.of(), inbox, List.of(), Map.of(), Optional.of(session), Optional.of(cursor));
  }
}
