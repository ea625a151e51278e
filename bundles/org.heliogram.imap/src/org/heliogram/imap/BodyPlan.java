/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliogram.imap.BodyStructure.Part;

/**
 * How to put a message together from a part of its parts. What is left out keeps its MIME header, with the field
 * {@code X-Heliogram-Omitted: OCTETS} in front of it and nothing after it, so that a reader can name it and offer to fetch it.
 */
final class BodyPlan {
  /** Names what was left out; the value is its size as transferred. */
  static final String OMITTED = "X-Heliogram-Omitted"; //$NON-NLS-1$
  private static final int SECTION_LIMIT = 200;
  private static final long HEADER_OCTETS = 16_000_000;
  private final long attachmentLimit;
  private final List<Piece> pieces = new ArrayList<>();
  private int sections;
  private boolean omits;
  private boolean possible = true;

  /** What the message is made of, in order. */
  sealed interface Piece {
    /** Octets of ours. */
    record Octets(byte[] octets) implements Piece {}

    /** @param spec inside the brackets of BODY.PEEK[]; @param limit octets that would be too many; @param header it must end with an empty line */
    record Section(String spec, long expected, long limit, boolean header) implements Piece {}
  }

  private BodyPlan(long attachmentLimit) {
    this.attachmentLimit = attachmentLimit;
  }

  /** All of it, in one piece. */
  static List<Piece> whole(long size) {
    return List.of(new Piece.Section("", size, limit(size), false)); //$NON-NLS-1$
  }

  /** Without what is too large; empty if nothing is, or if the structure does not allow it. */
  static Optional<List<Piece>> without(Part message, long attachmentLimit) {
    BodyPlan plan = new BodyPlan(attachmentLimit);
    plan.message(message);
    return plan.omits && plan.possible && plan.sections <= SECTION_LIMIT ? Optional.of(plan.pieces) : Optional.empty();
  }

  private static long limit(long expected) {
    return expected + expected / 10 + 1_000_000;
  }

  private void message(Part part) {
    switch (part) {
      case Part.Multi multi -> {
        header("HEADER"); //$NON-NLS-1$
        multi(multi, ""); //$NON-NLS-1$
      }
      case Part.Leaf leaf -> {
        mark(leaf);
        header("HEADER"); //$NON-NLS-1$
        content(leaf, "TEXT"); //$NON-NLS-1$
      }
    }
  }

  private void multi(Part.Multi multi, String path) {
    // RFC 2046 section 5.1.1; anything else may be a trick.
    possible &= multi.boundary().matches("[0-9A-Za-z'()+_,./:=? -]{1,70}") && !multi.boundary().endsWith(" "); //$NON-NLS-1$ //$NON-NLS-2$
    int number = 1;
    for (Part child : multi.children()) {
      String at = path + number++;
      ours("--" + multi.boundary() + "\r\n"); //$NON-NLS-1$ //$NON-NLS-2$
      switch (child) {
        case Part.Multi inner -> {
          header(at + ".MIME"); //$NON-NLS-1$
          multi(inner, at + '.');
        }
        case Part.Leaf leaf -> {
          mark(leaf);
          header(at + ".MIME"); //$NON-NLS-1$
          content(leaf, at);
        }
      }
      ours("\r\n"); //$NON-NLS-1$
    }
    ours("--" + multi.boundary() + "--\r\n"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private boolean tooLarge(Part.Leaf leaf) {
    return !leaf.isText() && leaf.octets() > attachmentLimit;
  }

  private void mark(Part.Leaf leaf) {
    if (tooLarge(leaf)) {
      omits = true;
      ours(OMITTED + ": " + leaf.octets() + "\r\n"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  private void content(Part.Leaf leaf, String spec) {
    if (!tooLarge(leaf)) {
      sections++;
      pieces.add(new Piece.Section(spec, leaf.octets(), limit(leaf.octets()), false));
    }
  }

  private void header(String spec) {
    sections++;
    pieces.add(new Piece.Section(spec, 0, HEADER_OCTETS, true));
  }

  private void ours(String text) {
    pieces.add(new Piece.Octets(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
