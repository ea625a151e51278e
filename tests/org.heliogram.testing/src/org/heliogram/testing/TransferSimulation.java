/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.heliogram.testing.TransferRun.Death;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The law for transfers: messages go between two mirrored accounts and a maildrop with its local folders, on servers of all kinds. The
 * account book is kept: every message that was ever delivered is somewhere until the user deletes it, and when all is settled it is
 * exactly where he put it, once.
 *
 * <p>{@code -Dheliogram.seed=N} repeats one run, {@code -Dheliogram.seeds=N} sets how many there are.
 */
public abstract class TransferSimulation {
  protected abstract TrialFrame frame();

  /** How many random runs, unless {@code heliogram.seeds} says otherwise. */
  protected abstract int seeds();

  /** How many points of death for each that is tried. */
  protected abstract int oneIn();

  @Test
  void theAccountBookBalancesWhateverHappens() throws Exception {
    Long one = Long.getLong("heliogram.seed");
    long[] seeds = one != null ? new long[] {one} : LongStream.range(0, Long.getLong("heliogram.seeds", seeds())).toArray();
    for (long seed : seeds) {
      var run = new TransferRun(frame(), seed);
      run.guarded(run::random);
    }
    assertTrue(seeds.length > 0, "no seeds");
  }

  /** Dies before and after transactions and what is said to a server, while messages go every way. */
  @ParameterizedTest
  @EnumSource
  void theNextProcessBringsEveryTransferToItsEnd(Death death) throws Exception {
    int tried = 0;
    int kinds = ModelServer.Kind.values().length;
    for (int pair = 0; pair < kinds * kinds; pair += 5) {
      boolean died = true;
      for (int point = pair % oneIn(); died; point += oneIn()) {
        int at = point;
        var run = new TransferRun(frame(), pair);
        died = run.guarded(() -> run.dying(death, at));
        tried++;
      }
    }
    assertTrue(tried > kinds, "hardly a point of " + death);
  }
}
