/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.Envelope;

/**
 * A message taken apart for showing. Immutable; may be handed to any thread, but {@link Attachment#open()} reads from disk.
 *
 * @param headers     all fields, in order; see {@link #brief()} for those a reader wants first
 * @param sections    the text; empty only where a message has none
 * @param attachments everything else, in order; images that the HTML refers to are among them, {@link Attachment#inline() inline}
 * @param images      content of inline images by Content-ID without brackets; at most 20 MB together
 * @param notes       what to tell the user about this showing
 */
public record Reading(Envelope envelope, List<HeaderField> headers, List<Section> sections, List<Attachment> attachments,
    Map<String, InlineImage> images, Set<Note> notes) {
  private static final List<String> BRIEF = List.of("from", "to", "cc", "bcc", "reply-to", "date", "subject"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$

  /** An image for a cid: reference. @param mediaType one of image/png, image/jpeg, image/gif, image/webp, image/bmp, by content */
  public record InlineImage(String mediaType, byte[] content) {
    public InlineImage {
      Objects.requireNonNull(mediaType);
      Objects.requireNonNull(content);
    }
  }

  /** The header of a message within a message. */
  public record Heading(Envelope envelope) {
    public Heading {
      Objects.requireNonNull(envelope);
    }
  }

  public Reading {
    Objects.requireNonNull(envelope);
    headers = List.copyOf(headers);
    sections = List.copyOf(sections);
    attachments = List.copyOf(attachments);
    images = Map.copyOf(images);
    notes = notes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(notes));
  }

  /** From, To, Cc, Bcc, Reply-To, Date and Subject, as far as they are there, in the order of the message. */
  public List<HeaderField> brief() {
    return headers.stream().filter(field -> BRIEF.contains(field.name().toLowerCase(Locale.ROOT))).toList();
  }

  /** The first field of that name, decoded. */
  public Optional<String> header(String name) {
    return headers.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(HeaderField::value).findFirst();
  }

  /** Whether any section has HTML, so that showing it as plain text is another view. */
  public boolean hasHtml() {
    return sections.stream().anyMatch(section -> section.html().isPresent());
  }

  /** Says nothing: a mail's content never reaches a log by accident. */
  @Override
  public String toString() {
    return "Reading[...]"; //$NON-NLS-1$
  }
}
