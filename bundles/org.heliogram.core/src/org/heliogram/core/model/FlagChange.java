/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;

/** Flags to set and flags to clear; a change never names the flags it leaves alone, so two clients do not overwrite each other. */
public record FlagChange(Flags add, Flags remove) {
  public FlagChange {
    Objects.requireNonNull(add);
    Objects.requireNonNull(remove);
  }

  public static FlagChange set(Flag... flags) {
    return new FlagChange(Flags.of(flags), Flags.NONE);
  }

  public static FlagChange clear(Flag... flags) {
    return new FlagChange(Flags.NONE, Flags.of(flags));
  }

  /** What takes this change back on a message that had none of {@link #add} and all of {@link #remove}. */
  public FlagChange inverse() {
    return new FlagChange(remove, add);
  }
}
