/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.util.List;

/**
 * What enqueueing hands back, to ask for undo.
 *
 * @param sequences the queue entries made; empty where everything was settled at once (local folders)
 */
public record Ticket(List<Long> sequences) {
  public Ticket {
    sequences = List.copyOf(sequences);
  }
}
