/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.Objects;

/** A command cannot go on. The message is a sentence in the user's language. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Status status;

  CommandException(Status status, String sentence) {
    super(sentence);
    this.status = Objects.requireNonNull(status);
  }

  static CommandException failed(String sentence) {
    return new CommandException(Status.FAILED, sentence);
  }

  static CommandException usage(String sentence) {
    return new CommandException(Status.WRONG_USAGE, sentence);
  }

  Status status() {
    return status;
  }
}
