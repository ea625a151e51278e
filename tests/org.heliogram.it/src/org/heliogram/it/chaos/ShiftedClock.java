/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that somebody sets; how much it is wrong is kept in a file. */
final class ShiftedClock extends Clock {
  private final Path file;
  private volatile Duration shift;

  ShiftedClock(Path file) throws IOException {
    this.file = file;
    this.shift = Files.exists(file) ? Duration.parse(Files.readString(file)) : Duration.ZERO;
  }

  /** @return what it shows now */
  Instant shift(Duration by) throws IOException {
    shift = shift.plus(by);
    Files.writeString(file, shift.toString());
    return instant();
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(shift);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new Clock() {
      @Override
      public Instant instant() {
        return ShiftedClock.this.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return ShiftedClock.this.withZone(other);
      }
    };
  }
}
