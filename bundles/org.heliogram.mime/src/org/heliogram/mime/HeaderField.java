/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Objects;

/**
 * One field of a header, in the order of the message.
 *
 * @param name  as written, without the colon; at most 200 characters
 * @param value unfolded and decoded for display (RFC 2047, RFC 2231, 8-bit text guessed), free of control and bidirectional control
 *     characters; at most 100,000 characters
 * @param raw   the field as it came, name included, each octet one character (ISO-8859-1), folds kept
 */
public record HeaderField(String name, String value, String raw) {
  public HeaderField {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
    Objects.requireNonNull(raw);
  }

  /** Names only: a mail's content never reaches a log by accident. */
  @Override
  public String toString() {
    return "HeaderField[" + name.length() + "]"; //$NON-NLS-1$ //$NON-NLS-2$
  }
}
