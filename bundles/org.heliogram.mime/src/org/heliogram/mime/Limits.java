/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

/** How much of a message is looked at. What lies beyond is left out and noted; the raw message is never changed. */
final class Limits {
  /** Multiparts and messages within each other. */
  static final int DEPTH = 100;
  static final int PARTS = 10_000;
  /** Fields of one header. */
  static final int FIELDS = 10_000;
  static final int FIELD_BYTES = 1 << 20;
  /** All headers of a message together. */
  static final int HEADER_BYTES = 16 << 20;
  /** In one field. */
  static final int ENCODED_WORDS = 10_000;
  /** Characters of a decoded field that are shown. */
  static final int FIELD_CHARACTERS = 100_000;
  /** Characters of a subject in lists; the view shows more. */
  static final int SUBJECT_CHARACTERS = 2_000;
  static final int ADDRESSES = 2_000;
  static final int REFERENCES = 100;
  static final int ID_CHARACTERS = 998;
  /** Parameters of a Content-Type or Content-Disposition, continuations included. */
  static final int PARAMETERS = 1_000;
  /** One text part, decoded. */
  static final int TEXT_BYTES = 2 << 20;
  /** All text parts, decoded. */
  static final int ALL_TEXT_BYTES = 8 << 20;
  /** Text parts that are shown one below the other. */
  static final int SECTIONS = 200;
  static final int IMAGE_BYTES = 5 << 20;
  static final int ALL_IMAGE_BYTES = 10 << 20;
  static final int IMAGES = 200;
  static final int BOUNDARY_BYTES = 1_000;
  /** A message up to this size is read into memory once. */
  static final int IN_MEMORY_BYTES = 4 << 20;

  private Limits() {}
}
