/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;

/** A part of a message that is not shown as text. Belongs to the {@link org.heliogram.core.model.Body} it was read from. */
public interface Attachment {
  /** Names the part within its message, in the manner of IMAP: "2", "2.1" (RFC 9051 section 6.4.5.1). */
  String part();

  /**
   * A name that is safe for a file: no path, no control or bidirectional control characters, no reserved name, at most 200 bytes of
   * UTF-8, never empty. One rule for all: Content-Disposition filename* (RFC 2231), filename, then Content-Type name*, name; encoded
   * words (RFC 2047) decoded; made up from the type where there is none.
   */
  String fileName();

  /** As the sender says, lower case, such as "application/pdf". */
  String mediaType();

  /** Decoded size; an estimate for a part that is not present, and where decoding it all would take long. */
  long sizeInBytes();

  /** Shown within the text (an image an HTML part refers to), not only listed. */
  boolean inline();

  /** Whether the content is on this machine. */
  boolean present();

  /** The decoded content, read and decoded as it is asked for; damaged encoding never throws. The caller closes it. Not on the UI thread. */
  InputStream open() throws IOException;
}
