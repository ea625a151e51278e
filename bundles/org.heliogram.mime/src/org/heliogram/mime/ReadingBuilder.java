/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliogram.core.model.Body;

/** Decodes the selected parts of a message. Used once, on one thread. */
final class ReadingBuilder {
  private static final Pattern META_CHARSET = Pattern.compile("charset\\s{0,9}=\\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})"); //$NON-NLS-1$
  private static final Pattern CID = Pattern.compile("(?i)cid:([^\"'\\s<>)]{1,500})"); //$NON-NLS-1$
  private static final int META_BYTES = 2_048;
  /** Quoted-printable may need three bytes for one. */
  private static final int RAW_TEXT_BYTES = 3 * Limits.TEXT_BYTES;
  private static final int COUNTED = 100;
  private final Body body;
  private final Content content;
  private final PartScanner.Structure structure;
  private final BooleanSupplier stop;
  private final Set<Note> notes = EnumSet.noneOf(Note.class);
  private final Set<String> referenced = new HashSet<>();
  private int textBytes;

  ReadingBuilder(Body body, Content content, PartScanner.Structure structure, BooleanSupplier stop) {
    this.body = body;
    this.content = content;
    this.structure = structure;
    this.stop = stop;
  }

  Reading build() throws IOException {
    notes.addAll(structure.notes());
    Part root = structure.root();
    Selection selection = Selection.of(root);
    List<HeaderField> headers = headers(root.header);
    List<Section> sections = sections(selection);
    Map<Part, byte[]> pictures = pictures(selection);
    List<Attachment> attachments = attachments(selection, pictures);
    return new Reading(Envelopes.of(root.header), headers, sections, attachments, images(pictures), notes);
  }

  private List<HeaderField> headers(RawHeader header) {
    var fields = new ArrayList<HeaderField>();
    int from = 0;
    for (RawHeader.Field field : header.fields()) {
      fields.add(new HeaderField(field.name(), Words.decode(header.value(field)), header.raw(field)));
      from += field.name().equalsIgnoreCase("From") ? 1 : 0; //$NON-NLS-1$
    }
    if (from > 1) {
      notes.add(Note.SEVERAL_FROM);
    }
    return fields;
  }

  private List<Section> sections(Selection selection) throws IOException {
    List<Selection.Piece> pieces = selection.pieces();
    if (pieces.size() > Limits.SECTIONS) {
      notes.add(Note.SHORTENED);
      pieces = pieces.subList(0, Limits.SECTIONS);
    }
    var wanted = new ArrayList<Part>();
    pieces.forEach(piece -> {
      wanted.addAll(piece.plain());
      wanted.addAll(piece.html());
    });
    Map<Part, byte[]> loaded = content.load(wanted, RAW_TEXT_BYTES, 3 * Limits.ALL_TEXT_BYTES);
    var sections = new ArrayList<Section>();
    for (Selection.Piece piece : pieces) {
      if (stop.getAsBoolean()) {
        notes.add(Note.OUT_OF_TIME);
        break;
      }
      section(piece, loaded).ifPresent(sections::add);
    }
    return sections;
  }

  private Optional<Section> section(Selection.Piece piece, Map<Part, byte[]> loaded) {
    Optional<String> plain = joined(piece.plain(), loaded, "\n"); //$NON-NLS-1$
    Optional<String> html = joined(piece.html(), loaded, "\n<hr>\n"); //$NON-NLS-1$
    html.ifPresent(this::noteReferences);
    boolean code = plain.isPresent() && piece.plain().stream().allMatch(ReadingBuilder::isCode);
    Optional<Reading.Heading> heading = piece.heading().map(part -> new Reading.Heading(Envelopes.of(part.header)));
    if (plain.isEmpty() && html.isEmpty()) {
      return heading.map(some -> new Section(heading, Optional.of(""), html, false)); //$NON-NLS-1$
    }
    return Optional.of(new Section(heading, plain, html, code));
  }

  private static boolean isCode(Part part) {
    String type = part.mediaType();
    return part.broken || type.startsWith("text/x-") || type.startsWith("message/") || type.equals("text/rfc822-headers"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private Optional<String> joined(List<Part> parts, Map<Part, byte[]> loaded, String between) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var all = new StringBuilder();
    for (Part part : parts) {
      all.append(all.isEmpty() ? "" : between).append(text(part, loaded.getOrDefault(part, new byte[0]))); //$NON-NLS-1$
    }
    return Optional.of(all.toString());
  }

  private String text(Part part, byte[] raw) {
    int limit = Math.min(Limits.TEXT_BYTES, Math.max(0, Limits.ALL_TEXT_BYTES - textBytes));
    Transfer.Decoded decoded = Transfer.decode(raw, part.isMultipart() ? "" : part.encoding, limit); //$NON-NLS-1$
    textBytes += decoded.bytes().length;
    if (decoded.cut() || raw.length < part.end - part.start) {
      notes.add(Note.SHORTENED);
    }
    if (decoded.damaged()) {
      notes.add(Note.BROKEN_ENCODING);
    }
    Charsets.Decoded text = Charsets.decode(decoded.bytes(), charset(part, decoded.bytes()));
    if (text.guessed()) {
      notes.add(Note.GUESSED_CHARSET);
    }
    String clean = Characters.cleanLines(text.text());
    boolean flowed = part.type.get("format").equalsIgnoreCase("flowed") && part.mediaType().equals("text/plain"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    return flowed ? Flowed.join(clean, part.type.get("delsp").equalsIgnoreCase("yes")) : clean; //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static String charset(Part part, byte[] bytes) {
    String named = part.type.get("charset"); //$NON-NLS-1$
    if (!named.isEmpty() || !part.mediaType().equals("text/html")) { //$NON-NLS-1$
      return named;
    }
    String beginning = new String(bytes, 0, Math.min(bytes.length, META_BYTES), StandardCharsets.ISO_8859_1);
    Matcher meta = META_CHARSET.matcher(beginning.toLowerCase(Locale.ROOT));
    return meta.find() ? meta.group(1) : ""; //$NON-NLS-1$
  }

  private void noteReferences(String html) {
    Matcher cid = CID.matcher(html);
    while (cid.find() && referenced.size() < Limits.IMAGES) {
      referenced.add(cid.group(1));
    }
  }

  /** Pictures that the text refers to. */
  private Map<Part, byte[]> pictures(Selection selection) throws IOException {
    var wanted = new ArrayList<Part>();
    for (Selection.Listed item : selection.listed()) {
      Part part = item.part();
      if (!part.container && part.omitted() < 0 && wanted.size() < Limits.IMAGES && referenced.contains(part.contentId())) {
        wanted.add(part);
      }
    }
    var pictures = new HashMap<Part, byte[]>();
    int total = 0;
    for (var loaded : wanted.isEmpty() ? Map.<Part, byte[]>of().entrySet() : content.load(wanted, 2 * Limits.IMAGE_BYTES, 2 * Limits.ALL_IMAGE_BYTES).entrySet()) {
      Transfer.Decoded decoded = Transfer.decode(loaded.getValue(), loaded.getKey().encoding, Limits.IMAGE_BYTES);
      total += decoded.bytes().length;
      if (!decoded.cut() && total <= Limits.ALL_IMAGE_BYTES && Images.type(decoded.bytes()).isPresent()) {
        pictures.put(loaded.getKey(), decoded.bytes());
      }
    }
    return pictures;
  }

  private static Map<String, Reading.InlineImage> images(Map<Part, byte[]> pictures) {
    var images = new HashMap<String, Reading.InlineImage>();
    pictures.forEach((part, bytes) -> images.putIfAbsent(part.contentId(),
        new Reading.InlineImage(Images.type(bytes).orElseThrow(), bytes)));
    return images;
  }

  private List<Attachment> attachments(Selection selection, Map<Part, byte[]> pictures) throws IOException {
    Map<Part, byte[]> counted = countable(selection);
    var attachments = new ArrayList<Attachment>();
    for (Selection.Listed item : selection.listed()) {
      Part part = item.part();
      PartAttachment attachment = PartAttachment.of(body, part, pictures.containsKey(part));
      byte[] raw = counted.get(part);
      attachments.add(raw == null ? attachment
          : attachment.withSize(Transfer.decode(raw, part.encoding, Limits.IN_MEMORY_BYTES).bytes().length));
      if (!attachment.present()) {
        notes.add(Note.NOT_DOWNLOADED);
      }
      if (PartAttachment.hasTwoNames(part)) {
        notes.add(Note.TWO_NAMES);
      }
    }
    return attachments;
  }

  /** Of a small message the sizes are counted, of a large one they are estimated. */
  private Map<Part, byte[]> countable(Selection selection) throws IOException {
    if (body.sizeInBytes() > Limits.IN_MEMORY_BYTES || selection.listed().size() > COUNTED) {
      return Map.of();
    }
    List<Part> encoded = selection.listed().stream().map(Selection.Listed::part)
        .filter(part -> part.isEncoded() && !part.container && part.omitted() < 0).toList();
    return content.load(encoded, Limits.IN_MEMORY_BYTES, Limits.IN_MEMORY_BYTES);
  }
}
