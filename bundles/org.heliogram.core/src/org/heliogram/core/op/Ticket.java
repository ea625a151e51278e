/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.util.List;
import org.heliogram.core.model.FolderKey;

/**
 * What enqueueing hands back, to ask for undo.
 *
 * @param sequences the queue entries made; empty where everything was settled at once (local folders)
 * @param created   the folder that {@link Operation.CreateFolder} made; else empty
 */
public record Ticket(List<Long> sequences, List<FolderKey> created) {
  public Ticket {
    sequences = List.copyOf(sequences);
    created = List.copyOf(created);
  }

  /** Where no folder was made. */
  public Ticket(List<Long> sequences) {
    this(sequences, List.of());
  }
}
