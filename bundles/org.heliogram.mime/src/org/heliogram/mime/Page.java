/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Objects;

/**
 * A message as it is shown.
 *
 * @param html       one self-contained HTML document without script; loads nothing, whatever shows it
 * @param remote     references to remote content (images, style sheets, fonts) that were taken out; 0 where there were none
 */
public record Page(String html, int remote) {
  public Page {
    Objects.requireNonNull(html);
  }

  /** Says nothing: a mail's content never reaches a log by accident. */
  @Override
  public String toString() {
    return "Page[...]"; //$NON-NLS-1$
  }
}
