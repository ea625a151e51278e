/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.MessageKey;

/** How an attempt at a queued operation ended. */
public sealed interface Outcome {
  /**
   * The server did it.
   *
   * @param receipt for a move the messages' new ids, for a copy or transfer the copies' ids by the <em>source</em> key, where the server told them
   *     (COPYUID, RFC 4315); a message without one waits in its target folder to be adopted by Message-ID
   * @param folder  for an operation on a folder what the server has now; empty if it has it no more, and for operations on messages
   */
  record Done(Map<MessageKey, RemoteId> receipt, Optional<RemoteFolder> folder) implements Outcome {
    public Done {
      receipt = Map.copyOf(receipt);
      Objects.requireNonNull(folder);
    }

    /** Of an operation on messages. */
    public Done(Map<MessageKey, RemoteId> receipt) {
      this(receipt, Optional.empty());
    }
  }

  /**
   * The server did it for some of the messages: for these it is as with {@link Done}, and they leave the entry; the others stay queued as
   * they are. So a connection that breaks in the middle of many uploads repeats nothing.
   *
   * @param done the new id by the key the entry names; empty where the server did not tell it
   */
  record Partly(Map<MessageKey, Optional<RemoteId>> done) implements Outcome {
    public Partly {
      done = Map.copyOf(done);
    }
  }

  /** Nothing left to do: the messages are gone, or it had been done already. */
  record Moot() implements Outcome {}

  /**
   * The server will not do it, ever. The entry is dropped, the view falls back to what the server says. With the making of a folder
   * falls what was to be done in it. Messages of a {@link Operation.Transfer} that are in no other place stay queued, see
   * {@link Queued.Standing#REFUSED}.
   */
  record Rejected(String why) implements Outcome {}

  /** Not now. The entry stays first in its account's queue. {@code why} is for the log of outgoing changes. */
  record Postponed(String why) implements Outcome {}
}
