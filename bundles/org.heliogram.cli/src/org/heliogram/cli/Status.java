/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

/** How a command ended, for the calling script. */
enum Status {
  DONE(0), FAILED(1), WRONG_USAGE(2), SIGN_IN_REFUSED(3), STORE_IN_USE(4), CERTIFICATE_REFUSED(5), UNREACHABLE(6);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** The exit status of the process. */
  int code() {
    return code;
  }

  /** The first of two that is not {@link #DONE}. */
  Status and(Status later) {
    return this == DONE ? later : this;
  }
}
