/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

/** The secure storage is locked, damaged or not to be written. The message holds no secret. */
public final class CredentialException extends Exception {
  private static final long serialVersionUID = 1L;

  public CredentialException(String message, Throwable cause) {
    super(message, cause);
  }
}
