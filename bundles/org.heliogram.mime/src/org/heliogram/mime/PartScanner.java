/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.nio.charset.StandardCharsets;

/**
 * Finds the parts of a message in one pass over its lines (RFC 2046 section 5.1), without recursion: time and memory do not grow with the
 * depth. It goes on where a parser would give up: mime4j ends a parse with an exception at a limit, but the reader has to show the rest.
 * Boundaries are looked for in every open multipart, the innermost first.
 */
final class PartScanner {
  private static final int TIME_CHECK_LINES = 512;
  private final LineReader lines;
  private final boolean partial;
  private final BooleanSupplier stop;
  private final Set<Note> notes = EnumSet.noneOf(Note.class);
  private final Part root = new Part(null, 1);
  /** Open multiparts, innermost first. */
  private final Deque<Part> open = new ArrayDeque<>();
  /** The same by boundary; several may have the same one, the innermost is first. */
  private final Map<String, Deque<Part>> byBoundary = new HashMap<>();
  /** The part whose header or content is being read; null between parts. */
  private Part current = root;
  private boolean inHeader = true;
  private ByteArrayOutputStream header = new ByteArrayOutputStream();
  private int headerBytes;
  private int fieldBytes;
  private int parts = 1;
  private long previousEnd;

  private PartScanner(InputStream in, boolean partial, BooleanSupplier stop) {
    this.partial = partial;
    this.lines = new LineReader(in);
    this.stop = stop;
  }

  /** @param notes what was found wrong, or left out */
  record Structure(Part root, Set<Note> notes) {}

  /** @param partial whether parts may have been left on the server; @param stop asked now and then; true ends the scan with what was found */
  static Structure scan(InputStream in, boolean partial, BooleanSupplier stop) throws IOException {
    var scanner = new PartScanner(in, partial, stop);
    scanner.run();
    return new Structure(scanner.root, scanner.notes);
  }

  private void run() throws IOException {
    int count = 0;
    while (lines.next(inHeader ? Limits.FIELD_BYTES : Limits.BOUNDARY_BYTES)) {
      if (++count % TIME_CHECK_LINES == 0 && stop.getAsBoolean()) {
        notes.add(Note.OUT_OF_TIME);
        break;
      }
      if (!line()) {
        notes.add(Note.SHORTENED);
        break;
      }
      previousEnd = lines.end();
    }
    finish();
  }

  /** @return false when no more parts are taken */
  private boolean line() {
    if (lines.startsWithDashes() && !open.isEmpty()) {
      String text = new String(lines.line(), 2, lines.kept() - 2, StandardCharsets.ISO_8859_1).stripTrailing();
      Deque<Part> same = byBoundary.get(text);
      if (same != null) {
        return delimiter(same.peekFirst());
      }
      same = text.endsWith("--") ? byBoundary.get(text.substring(0, text.length() - 2)) : null; //$NON-NLS-1$
      if (same != null) {
        close(same.peekFirst(), true);
        return true;
      }
    }
    if (inHeader) {
      headerLine();
    }
    return true;
  }

  private boolean delimiter(Part multipart) {
    close(multipart, false);
    if (parts >= Limits.PARTS) {
      return false;
    }
    begin(multipart);
    return true;
  }

  private void begin(Part parent) {
    parts++;
    current = new Part(parent, parent.children.size() + 1);
    current.start = lines.next();
    parent.children.add(current);
    parent.container = true;
    inHeader = true;
    header = new ByteArrayOutputStream();
    fieldBytes = 0;
  }

  /** Ends the current part and every multipart within this one; with {@code whole} this one too. */
  private void close(Part multipart, boolean whole) {
    long end = Math.max(0, lines.start() == 0 ? 0 : previousEnd);
    endCurrent(end);
    while (!open.isEmpty() && open.peek() != multipart) {
      notes.add(Note.BROKEN_STRUCTURE);
      pop(end);
    }
    if (whole && open.peek() == multipart) {
      pop(end);
    }
  }

  private void endCurrent(long end) {
    for (Part part = current; part != null && part != open.peek(); part = part.parent) {
      if (part == current && inHeader) {
        endHeader(end);
        if (current == null) {
          // a multipart of which only the header is there: it is open now, the caller closes it
          return;
        }
        // a message within the message of which nothing is there has become the current part
        part = current;
        inHeader = false;
      }
      part.end = Math.max(part.start, end);
    }
    current = null;
    inHeader = false;
  }

  private void pop(long end) {
    Part part = open.pop();
    part.end = Math.max(part.start, end);
    Deque<Part> same = byBoundary.get(boundary(part));
    same.remove(part);
    if (same.isEmpty()) {
      byBoundary.remove(boundary(part));
    }
    for (Part outer = part.parent; outer != null && outer != open.peek(); outer = outer.parent) {
      outer.end = part.end;
    }
  }

  private void headerLine() {
    if (lines.isEmpty()) {
      endHeader(lines.next());
      return;
    }
    byte first = lines.line()[0];
    boolean fold = (first == ' ' || first == '\t') && header.size() > 0;
    if (!fold && !isField()) {
      notAField();
      return;
    }
    fieldBytes = fold ? fieldBytes : 0;
    int room = Math.min(Limits.FIELD_BYTES - fieldBytes, Limits.HEADER_BYTES - headerBytes - 2);
    int count = Math.min(lines.kept(), Math.max(0, room));
    if (count < lines.end() - lines.start()) {
      notes.add(Note.SHORTENED);
    }
    if (count > 0) {
      header.write(lines.line(), 0, count);
      header.write('\r');
      header.write('\n');
      fieldBytes += count + 2;
      headerBytes += count + 2;
    }
  }

  /** A line that is no field: an mbox separator before the header, or the text, because the blank line is missing. */
  private void notAField() {
    String text = new String(lines.line(), 0, Math.min(lines.kept(), 6), StandardCharsets.ISO_8859_1);
    if (header.size() == 0 && (text.startsWith("From ") || text.startsWith(">From "))) { //$NON-NLS-1$ //$NON-NLS-2$
      return;
    }
    notes.add(Note.BROKEN_STRUCTURE);
    current.broken = true;
    long textStart = lines.start();
    endHeader(textStart);
  }

  private boolean isField() {
    byte[] line = lines.line();
    int length = Math.min(lines.kept(), 200);
    boolean space = false;
    for (int i = 0; i < length; i++) {
      byte b = line[i];
      if (b == ':') {
        return i > 0;
      }
      if (b == ' ' || b == '\t') {
        space = true;
      } else if (b < '!' || b > '~' || space) {
        return false;
      }
    }
    return false;
  }

  /** The current part's header is complete; its content begins at {@code content}. */
  private void endHeader(long content) {
    Part part = current;
    RawHeader fields = RawHeader.parse(header.toByteArray());
    if (fields.cut()) {
      notes.add(Note.SHORTENED);
    }
    header = new ByteArrayOutputStream();
    fieldBytes = 0;
    inHeader = false;
    part.describe(fields);
    if (partial) {
      part.believeOmitted();
    }
    part.start = content;
    part.end = content;
    if (part.isMultipart()) {
      multipart(part);
    } else if (part.isMessage() && !part.isEncoded() && part.omitted() < 0) {
      message(part);
    }
  }

  private void multipart(Part part) {
    String boundary = boundary(part);
    if (boundary.isEmpty() || part.omitted() >= 0) {
      notes.add(Note.BROKEN_STRUCTURE);
      part.broken = true;
    } else if (part.depth >= Limits.DEPTH) {
      notes.add(Note.SHORTENED);
    } else {
      open.push(part);
      byBoundary.computeIfAbsent(boundary, key -> new ArrayDeque<>()).addFirst(part);
      part.container = true;
      current = null;
    }
  }

  private static String boundary(Part part) {
    String boundary = part.type.raw().getOrDefault("boundary", part.type.get("boundary")).stripTrailing(); //$NON-NLS-1$ //$NON-NLS-2$
    return boundary.length() > Limits.BOUNDARY_BYTES - 10 ? "" : boundary; //$NON-NLS-1$
  }

  private void message(Part part) {
    if (part.depth >= Limits.DEPTH || parts >= Limits.PARTS) {
      notes.add(Note.SHORTENED);
      return;
    }
    long start = part.start;
    begin(part);
    current.start = start;
  }

  private void finish() {
    long end = lines.next();
    endCurrent(end);
    if (!open.isEmpty()) {
      notes.add(Note.BROKEN_STRUCTURE);
    }
    while (!open.isEmpty()) {
      pop(end);
    }
    root.end = Math.max(root.end, end);
    withoutChildren(root);
  }

  /** A multipart in which no boundary was found is shown as the text it is. */
  private void withoutChildren(Part top) {
    List<Part> left = new ArrayList<>(List.of(top));
    while (!left.isEmpty()) {
      Part part = left.remove(left.size() - 1);
      if (part.isMultipart() && part.container && part.children.isEmpty()) {
        part.container = false;
        part.broken = true;
        notes.add(Note.BROKEN_STRUCTURE);
      }
      left.addAll(part.children);
    }
  }
}
