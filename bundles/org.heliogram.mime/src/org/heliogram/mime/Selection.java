/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which parts of a message are its text and which are attachments (RFC 2046, RFC 2387, RFC 2183). */
final class Selection {
  private static final Set<String> REPORTS = Set.of("message/delivery-status", "message/global-delivery-status", //$NON-NLS-1$ //$NON-NLS-2$
      "message/disposition-notification", "text/rfc822-headers", "message/global-headers"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  private static final Set<String> NOT_TEXT = Set.of("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/x-amp-html", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      "text/watch-html", "text/rtf", "text/richtext", "text/enriched", "text/xml", "text/csv"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  private static final Set<String> SIGNATURES =
      Set.of("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  private static final int SHOWN_FILE_BYTES = 100_000;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Listed> listed = new ArrayList<>();

  /** Text that is shown together: both ways of saying the same, or one of them. @param heading the message within the message that begins here */
  record Piece(Optional<Part> heading, List<Part> plain, List<Part> html) {}

  /** @param related belongs to the HTML beside it, rather than being a file of its own */
  record Listed(Part part, boolean related) {}

  private Selection() {}

  static Selection of(Part root) {
    var selection = new Selection();
    selection.pieces.addAll(selection.read(root, false));
    return selection;
  }

  List<Piece> pieces() {
    return pieces;
  }

  List<Listed> listed() {
    return listed;
  }

  /** Whether a user would say that something is attached: pictures of the text and signatures do not count. */
  boolean hasAttachments() {
    return listed.stream().anyMatch(item -> !(item.related() && isImage(item.part()) && !item.part().contentId().isEmpty())
        && !SIGNATURES.contains(item.part().mediaType()));
  }

  static boolean isImage(Part part) {
    return part.mediaType().startsWith("image/"); //$NON-NLS-1$
  }

  /** Depth is bounded by {@link Limits#DEPTH}. */
  private List<Piece> read(Part part, boolean related) {
    if (part.omitted() >= 0) {
      listed.add(new Listed(part, related));
      return List.of();
    }
    if (part.container && part.isMessage()) {
      return message(part);
    }
    if (part.container) {
      return switch (part.mediaType()) {
        case "multipart/alternative" -> alternative(part, related); //$NON-NLS-1$
        case "multipart/related" -> related(part); //$NON-NLS-1$
        case String sequence -> sequence(part, related);
      };
    }
    return leaf(part, related);
  }

  private List<Piece> sequence(Part part, boolean related) {
    var all = new ArrayList<Piece>();
    for (Part child : part.children) {
      all.addAll(read(child, related));
    }
    return all;
  }

  private List<Piece> message(Part part) {
    listed.add(new Listed(part, false));
    if (part.children.isEmpty() || part.disposition.value().equals("attachment") && !isWithinDigest(part)) { //$NON-NLS-1$
      return List.of();
    }
    Part root = part.children.get(0);
    List<Piece> inner = new ArrayList<>(read(root, false));
    Piece first = inner.isEmpty() ? new Piece(Optional.empty(), List.of(), List.of()) : inner.remove(0);
    if (first.heading().isPresent()) {
      inner.add(0, first);
      first = new Piece(Optional.empty(), List.of(), List.of());
    }
    inner.add(0, new Piece(Optional.of(root), first.plain(), first.html()));
    return inner;
  }

  private static boolean isWithinDigest(Part part) {
    return part.parent != null && part.parent.mediaType().equals("multipart/digest"); //$NON-NLS-1$
  }

  /** The last HTML and the first plain text of the ways to say it; the rest is dropped, as the sender meant it. */
  private List<Piece> alternative(Part part, boolean related) {
    List<Piece> plain = List.of();
    List<Piece> html = List.of();
    for (Part child : part.children) {
      List<Piece> some = read(child, related);
      boolean hasHtml = some.stream().anyMatch(piece -> !piece.html().isEmpty());
      if (hasHtml) {
        html = some;
      } else if (plain.isEmpty()) {
        plain = some;
      }
    }
    if (html.isEmpty() || plain.isEmpty()) {
      return html.isEmpty() ? plain : html;
    }
    var all = new ArrayList<>(html);
    Piece first = html.get(0);
    List<Part> texts = plain.stream().flatMap(piece -> piece.plain().stream()).toList();
    all.set(0, new Piece(first.heading(), first.plain().isEmpty() ? texts : first.plain(), first.html()));
    return all;
  }

  private List<Piece> related(Part part) {
    String start = part.type.get("start").replaceAll("^<|>$", ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    Part root = part.children.stream().filter(child -> !start.isEmpty() && child.contentId().equals(start)).findFirst()
        .orElse(part.children.get(0));
    List<Piece> text = read(root, false);
    for (Part child : part.children) {
      if (child != root) {
        for (Piece extra : read(child, true)) {
          extra.plain().forEach(other -> listed.add(new Listed(other, true)));
          extra.html().forEach(other -> listed.add(new Listed(other, true)));
        }
      }
    }
    return text;
  }

  private List<Piece> leaf(Part part, boolean related) {
    String type = part.mediaType();
    boolean text = type.startsWith("text/") && !NOT_TEXT.contains(type) || REPORTS.contains(type) || part.isMultipart() && part.broken; //$NON-NLS-1$
    boolean attached = part.disposition.value().equals("attachment"); //$NON-NLS-1$
    boolean named = !part.disposition.get("filename").isEmpty() || !part.type.get("name").isEmpty(); //$NON-NLS-1$ //$NON-NLS-2$
    boolean large = part.end - part.start > SHOWN_FILE_BYTES;
    if (part.parent == null && text) {
      attached = false;
      named = false;
    }
    if (!text || attached || named && (large || related || type.equals("text/html"))) { //$NON-NLS-1$
      listed.add(new Listed(part, related));
      return List.of();
    }
    if (named) {
      listed.add(new Listed(part, false));
    }
    boolean html = type.equals("text/html"); //$NON-NLS-1$
    return List.of(new Piece(Optional.empty(), html ? List.of() : List.of(part), html ? List.of(part) : List.of()));
  }
}
