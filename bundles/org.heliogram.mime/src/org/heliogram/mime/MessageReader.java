/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;

/**
 * Takes a message apart for showing. Stateless; call it in a job, never on the UI thread. Bounded in depth, parts, header size, memory
 * and time (ten seconds); what is beyond is left out and {@link Reading#notes() noted}. Bad content never throws.
 */
public final class MessageReader {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int SHOWN_RAW = 1 << 16;
  private final Duration time;

  public MessageReader() {
    this(TIME);
  }

  /** @param time after which reading ends with what was found */
  public MessageReader(Duration time) {
    this.time = time;
  }

  /**
   * Reads a message. When the monitor is cancelled it ends soon with what was found and {@link Note#OUT_OF_TIME}.
   *
   * @throws IOException if the bytes cannot be read; never for what they say
   */
  public Reading read(Body body, IProgressMonitor monitor) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    BooleanSupplier stop = () -> monitor.isCanceled() || System.nanoTime() - end > 0;
    try {
      Content content = Content.of(body);
      PartScanner.Structure structure = scan(content, body.state() == BodyState.PARTIAL, stop);
      return new ReadingBuilder(body, content, structure, stop).build();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // the one boundary: whatever a library makes of hostile bytes, the user sees the message as it is
      System.getLogger(MessageReader.class.getName()).log(System.Logger.Level.WARNING, "message shown raw: {0}", e.getClass().getName()); //$NON-NLS-1$
      return raw(body);
    }
  }

  private static PartScanner.Structure scan(Content content, boolean partial, BooleanSupplier stop) throws IOException {
    try (InputStream in = content.open()) {
      return PartScanner.scan(in, partial, stop);
    }
  }

  private static Reading raw(Body body) throws IOException {
    byte[] beginning;
    try (InputStream in = body.open()) {
      beginning = in.readNBytes(SHOWN_RAW);
    }
    Set<Note> notes = EnumSet.of(Note.BROKEN_STRUCTURE);
    if (body.sizeInBytes() > SHOWN_RAW) {
      notes.add(Note.SHORTENED);
    }
    String text = Characters.cleanLines(new String(beginning, StandardCharsets.ISO_8859_1));
    var section = new Section(Optional.empty(), Optional.of(text), Optional.empty(), true);
    return new Reading(Envelope.EMPTY, List.of(), List.of(section), List.of(), Map.of(), notes);
  }
}
