/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.service.MimeCodec;
import org.osgi.service.component.annotations.Component;

/** Reads messages by the same rules as {@link MessageReader}: one parser, one rule for names, for view, store and scripts alike. */
@Component
public final class Mime4jCodec implements MimeCodec {
  /** An attachment flag is not worth more than this much reading. */
  private static final long SUMMARY_NANOS = 10_000_000_000L;

  @Override
  public Envelope envelope(byte[] header) {
    try {
      return Envelopes.of(RawHeader.parse(header));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // the one boundary: a header nobody can read still belongs to a message
      System.getLogger(Mime4jCodec.class.getName()).log(System.Logger.Level.WARNING, "header not read: {0}", e.getClass().getName()); //$NON-NLS-1$
      return Envelope.EMPTY;
    }
  }

  @Override
  public Summary summarise(InputStream message) throws IOException {
    long end = System.nanoTime() + SUMMARY_NANOS;
    try {
      Part root = PartScanner.scan(message, false, () -> System.nanoTime() - end > 0).root();
      return new Summary(Envelopes.of(root.header), Selection.of(root).hasAttachments());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      System.getLogger(Mime4jCodec.class.getName()).log(System.Logger.Level.WARNING, "message not read: {0}", e.getClass().getName()); //$NON-NLS-1$
      return new Summary(Envelope.EMPTY, false);
    }
  }

  @Override
  public String text(Body body) throws IOException {
    Reading reading = new MessageReader().read(body, new NullProgressMonitor());
    var text = new StringBuilder();
    for (HeaderField field : reading.brief()) {
      text.append(field.name()).append(": ").append(field.value()).append('\n'); //$NON-NLS-1$
    }
    for (Attachment attachment : reading.attachments()) {
      if (!attachment.inline()) {
        text.append(String.format(Locale.ROOT, "Attachment: %s (%s, %d)\n", attachment.fileName(), attachment.mediaType(), //$NON-NLS-1$
            attachment.sizeInBytes()));
      }
    }
    text.append('\n').append(SafeHtml.plainText(reading));
    return text.append(text.charAt(text.length() - 1) == '\n' ? "" : "\n").toString(); //$NON-NLS-1$ //$NON-NLS-2$
  }

  @Override
  public String html(Body body) throws IOException {
    return SafeHtml.page(new MessageReader().read(body, new NullProgressMonitor()), Look.LIGHT).html();
  }
}
