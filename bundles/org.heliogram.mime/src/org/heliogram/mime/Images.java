/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Optional;

/** Tells pictures by their content; nothing else is ever put into a page. */
final class Images {
  private Images() {}

  /** The media type of a picture that browsers show and that holds no script; empty for everything else, SVG among it. */
  static Optional<String> type(byte[] content) {
    if (starts(content, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
      return Optional.of("image/png"); //$NON-NLS-1$
    }
    if (starts(content, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of("image/jpeg"); //$NON-NLS-1$
    }
    if (starts(content, 0, 'G', 'I', 'F', '8')) {
      return Optional.of("image/gif"); //$NON-NLS-1$
    }
    if (starts(content, 0, 'R', 'I', 'F', 'F') && starts(content, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of("image/webp"); //$NON-NLS-1$
    }
    return starts(content, 0, 'B', 'M') && content.length > 26 ? Optional.of("image/bmp") : Optional.empty(); //$NON-NLS-1$
  }

  private static boolean starts(byte[] content, int at, int... magic) {
    if (content.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((content[at + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
