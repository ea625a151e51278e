/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

/** Something the reader should be told about a message as it is shown. The order is the order of importance. */
public enum Note {
  /** The message is too deep, too long or has too many parts: not all of it is shown. The raw message is untouched. */
  SHORTENED,
  /** Reading took too long or was cancelled; what had been found is shown. */
  OUT_OF_TIME,
  /** The structure is damaged (a boundary is missing, a header is not one): shown as well as it can be made out. */
  BROKEN_STRUCTURE,
  /** A part's encoding (base64, quoted-printable) is damaged; characters may be missing. */
  BROKEN_ENCODING,
  /** The charset is missing or unknown, or the text is not in the charset it names; it was guessed. */
  GUESSED_CHARSET,
  /** A part was left on the server ({@link Attachment#present()} is false). */
  NOT_DOWNLOADED,
  /** A part has two different file names; the one shown follows the rule of {@link Attachment#fileName()}. */
  TWO_NAMES,
  /** More than one From field: who sent it cannot be told. */
  SEVERAL_FROM
}
