/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;

/** Takes the answers to a command as they come. @param <X> what it may throw besides */
@FunctionalInterface
interface Answers<X extends Exception> {
  /**
   * @param number before the name, or 0
   * @param name   in capitals
   * @param in     after the name; to be read up to the end of the line, which is left
   * @return false if it read nothing and does not care
   */
  boolean take(long number, String name, ResponseReader in) throws IOException, X;

  /** An untagged OK, NO or BAD (RFC 3501 section 7.1), after the connection took note of it. */
  default void heard(Status status) {}

  /** Cares for nothing. */
  static Answers<RuntimeException> none() {
    return (number, name, in) -> false;
  }
}
