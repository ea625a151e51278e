/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;

/** A mail address with its display name, both decoded and free of control characters; either may be empty (RFC 5322 section 3.4). */
public record Address(String name, String mailbox) {
  public Address {
    Objects.requireNonNull(name);
    Objects.requireNonNull(mailbox);
  }

  /** The name where there is one, else the address. */
  public String display() {
    return name.isBlank() ? mailbox : name;
  }
}
