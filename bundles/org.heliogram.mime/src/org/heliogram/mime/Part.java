/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A node of a message's structure: what its header says and where its content lies. Built by {@link PartScanner}. */
final class Part {
  /** A field the IMAP backend puts into a part that it left on the server: its size there. */
  static final String OMITTED = "X-Heliogram-Omitted"; //$NON-NLS-1$
  final Part parent;
  final int depth;
  private final int index;
  final List<Part> children = new ArrayList<>();
  RawHeader header = RawHeader.parse(new byte[0]);
  Parameters type = Parameters.NONE;
  Parameters disposition = Parameters.NONE;
  String encoding = ""; //$NON-NLS-1$
  /** Of the content, within the message. */
  long start;
  long end;
  /** Whether it is split into children; else its content is its own. */
  boolean container;
  private long omitted = -1;
  /** Whether a boundary that should end it is missing, or its header is none. */
  boolean broken;

  /** @param index from 1, among its siblings */
  Part(Part parent, int index) {
    this.parent = parent;
    this.index = index;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** Takes over what the header says about the content. Only the header of a message is kept. */
  void describe(RawHeader fields) {
    header = fields;
    boolean digest = parent != null && parent.container && parent.mediaType().equals("multipart/digest"); //$NON-NLS-1$
    String value = fields.value("Content-Type"); //$NON-NLS-1$
    type = Parameters.parse(value.isEmpty() || value.indexOf('/') < 0 ? digest ? "message/rfc822" : "text/plain" : value); //$NON-NLS-1$ //$NON-NLS-2$
    disposition = Parameters.parse(fields.value("Content-Disposition")); //$NON-NLS-1$
    encoding = Parameters.parse(fields.value("Content-Transfer-Encoding")).value(); //$NON-NLS-1$
  }

  /** Lower case, such as "text/html"; never empty. */
  String mediaType() {
    return type.value().isEmpty() ? "text/plain" : type.value(); //$NON-NLS-1$
  }

  boolean isMultipart() {
    return mediaType().startsWith("multipart/"); //$NON-NLS-1$
  }

  boolean isMessage() {
    return mediaType().equals("message/rfc822") || mediaType().equals("message/global"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  boolean isEncoded() {
    return switch (encoding) {
      case "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue" -> true; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      case String other -> false;
    };
  }

  String contentId() {
    String id = header.value("Content-ID").strip(); //$NON-NLS-1$
    return id.startsWith("<") && id.endsWith(">") && id.length() > 2 ? id.substring(1, id.length() - 1) : id; //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Size on the server of content that was left there, or -1. */
  long omitted() {
    return omitted;
  }

  /** Believes the field by which our own backend marks what it left out; in a message that is here whole a sender wrote it, to hide a part. */
  void believeOmitted() {
    String size = header.value(OMITTED);
    boolean number = !size.isEmpty() && size.length() <= 18 && size.chars().allMatch(c -> c >= '0' && c <= '9');
    omitted = number ? Long.parseLong(size) : -1;
  }

  /** The root of a message: of the whole one, or of one within it. */
  boolean isRoot() {
    return parent == null || parent.isMessage();
  }

  /** The name in the manner of IMAP (RFC 9051 section 6.4.5.1): a message within the message has no number of its own. */
  String number() {
    if (parent == null) {
      return container ? "" : "1"; //$NON-NLS-1$ //$NON-NLS-2$
    }
    String above = parent.number();
    if (parent.isMessage() && container) {
      return above;
    }
    return above.isEmpty() ? Integer.toString(index) : above + '.' + index;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Part[%s %s %d-%d]", number(), mediaType(), start, end); //$NON-NLS-1$
  }
}
