/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.util.List;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/**
 * What enqueueing hands back, to ask for undo.
 *
 * @param sequences the queue entries made; empty where everything was settled at once (local folders)
 * @param created   the folder that {@link Operation.CreateFolder} made; else empty
 * @param copies    the messages that copying or transferring made, in the order of their sources; those that could be brought there as
 *     they are keep their keys and are not among them
 */
public record Ticket(List<Long> sequences, List<FolderKey> created, List<MessageKey> copies) {
  public Ticket {
    sequences = List.copyOf(sequences);
    created = List.copyOf(created);
    copies = List.copyOf(copies);
  }

  /** Where no message was made. */
  public Ticket(List<Long> sequences, List<FolderKey> created) {
    this(sequences, created, List.of());
  }

  /** Where no folder was made. */
  public Ticket(List<Long> sequences) {
    this(sequences, List.of());
  }
}
