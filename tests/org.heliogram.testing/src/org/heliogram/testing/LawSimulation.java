/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The law, tried out: random users and other clients, renumberings, outages, refusals, deaths between the server's reply and our
 * commit, on servers with and without COPYUID. Whatever happens, the user sees what he did; when it is over, client and server agree;
 * no message is lost or doubled, no key and no accepted change of a flag is lost.
 *
 * <p>{@code -Dheliogram.seed=N} repeats one run, {@code -Dheliogram.seeds=N} sets how many there are.
 */
public abstract class LawSimulation {
  protected abstract TrialFrame frame();

  /** How many runs, unless {@code heliogram.seeds} says otherwise. */
  protected abstract int seeds();

  @Test
  void lawHoldsWhateverHappens() throws Exception {
    Long one = Long.getLong("heliogram.seed");
    long count = Long.getLong("heliogram.seeds", seeds());
    long[] seeds = one != null ? new long[] {one} : LongStream.range(0, count).toArray();
    for (long seed : seeds) {
      var run = new SimulatedRun(frame(), seed);
      try {
        run.run();
      } catch (AssertionError | RuntimeException | FaultyStore.Death e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + run.story(), e);
      }
    }
    assertEquals(one == null ? count : 1, seeds.length);
    if (seeds.length == 0) {
      fail("no seeds");
    }
  }
}
