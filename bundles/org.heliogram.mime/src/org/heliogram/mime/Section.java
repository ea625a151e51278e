/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Objects;
import java.util.Optional;

/**
 * A piece of a message's text, in the order of the message. At least one of the two texts is there.
 *
 * @param heading the header of a message that was sent within this one, for the section that begins it
 * @param plain   plain text with "\n" line ends; format=flowed (RFC 3676) already joined
 * @param html    HTML as sent: <strong>not safe</strong>, for {@link SafeHtml} only
 * @param code    whether the plain text is program text (a diff, text/x-*): keep its columns
 */
public record Section(Optional<Reading.Heading> heading, Optional<String> plain, Optional<String> html, boolean code) {
  public Section {
    Objects.requireNonNull(heading);
    if (plain.isEmpty() && html.isEmpty()) {
      throw new IllegalArgumentException("section without text"); //$NON-NLS-1$
    }
  }

  /** Says nothing: a mail's content never reaches a log by accident. */
  @Override
  public String toString() {
    return "Section[...]"; //$NON-NLS-1$
  }
}
