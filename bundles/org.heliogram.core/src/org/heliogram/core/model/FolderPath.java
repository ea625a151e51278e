/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder's place in its account, outermost first, as decoded text. As text the segments are joined by "/"; a "/" or "%" inside a
 * segment is written %2F, %25, so that the text can be read back whatever the server's delimiter is.
 */
public record FolderPath(List<String> segments) {
  public FolderPath {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || segments.contains("")) { //$NON-NLS-1$
      throw new IllegalArgumentException("empty folder name"); //$NON-NLS-1$
    }
  }

  public static FolderPath of(String... segments) {
    return new FolderPath(List.of(segments));
  }

  /** The inverse of {@link #text()}. */
  public static FolderPath parse(String text) {
    return new FolderPath(Arrays.stream(text.split("/", -1)).map(FolderPath::unescape).toList()); //$NON-NLS-1$
  }

  public String name() {
    return segments.get(segments.size() - 1);
  }

  /** The folder it is in; empty at the top. */
  public Optional<FolderPath> parent() {
    return segments.size() == 1 ? Optional.empty() : Optional.of(new FolderPath(segments.subList(0, segments.size() - 1)));
  }

  /** A folder in this one. */
  public FolderPath child(String name) {
    var longer = new ArrayList<>(segments);
    longer.add(name);
    return new FolderPath(longer);
  }

  /** Whether this is the other or somewhere in it. */
  public boolean within(FolderPath other) {
    int depth = other.segments.size();
    return segments.size() >= depth && segments.subList(0, depth).equals(other.segments);
  }

  /** Where this is after the folder {@code from}, which it is {@link #within}, became {@code to}. */
  public FolderPath moved(FolderPath from, FolderPath to) {
    var moved = new ArrayList<>(to.segments);
    moved.addAll(segments.subList(from.segments.size(), segments.size()));
    return new FolderPath(moved);
  }

  public String text() {
    return segments.stream().map(FolderPath::escape).collect(Collectors.joining("/")); //$NON-NLS-1$
  }

  /** Makes "/" and "%" safe for use inside one segment of {@link #text()}. */
  public static String escape(String segment) {
    return segment.replace("%", "%25").replace("/", "%2F"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  /** The inverse of {@link #escape}. */
  public static String unescape(String segment) {
    return segment.replace("%2F", "/").replace("%25", "%"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public String toString() {
    return text();
  }
}
