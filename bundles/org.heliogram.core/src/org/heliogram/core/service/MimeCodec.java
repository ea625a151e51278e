/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.io.IOException;
import java.io.InputStream;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Envelope;

/** Reads RFC 5322 bytes. Never throws for bad content: what cannot be decoded comes as it is. Bounded in time, memory, depth and parts. */
public interface MimeCodec {
  /** Decodes header fields (RFC 5322, RFC 2047). The bytes may be a whole header, some fields, or rubbish. Fast: called once for each message of a sync. */
  Envelope envelope(byte[] header);

  /** Reads a whole message: its envelope, and whether it has attachments. @throws IOException only from reading */
  Summary summarise(InputStream message) throws IOException;

  /** The message as plain text for a terminal: chosen headers, then the text (HTML turned into text). */
  String text(Body body) throws IOException;

  /** The message as a self-contained, sanitised HTML document without script and remote content. */
  String html(Body body) throws IOException;

  /** What {@link MimeCodec#summarise} finds. */
  record Summary(Envelope envelope, boolean attachments) {}
}
