/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;

/**
 * The demo mailbox as a backend without state: it always holds the same messages, and its folders are delivered or local, so that
 * everything the user does to them is settled on this machine.
 */
final class DemoBackend implements Backend {
  private static final SyncCursor CURSOR = new SyncCursor("demo-1"); //$NON-NLS-1$
  private final DemoMailbox mailbox = new DemoMailbox();

  @Override
  public Set<Feature> features() {
    return EnumSet.of(Feature.FOLDERS);
  }

  @Override
  public List<RemoteFolder> folders(IProgressMonitor monitor) {
    return DemoMailbox.FOLDERS;
  }

  @Override
  public News news(RemoteFolder folder, Known known, IProgressMonitor monitor) {
    List<RemoteState> states =
        mailbox.in(folder).stream().map(message -> new RemoteState(message.id(), Optional.of(message.flags()))).toList();
    return new News(CURSOR, true, false, states, List.of());
  }

  @Override
  public void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
      throws StoreException {
    for (RemoteId id : ids) {
      if (monitor.isCanceled()) {
        throw new OperationCanceledException();
      }
      Optional<DemoMessage> message = mailbox.find(folder, id);
      if (message.isPresent()) {
        deliver(message.get(), depth, sink);
      } else {
        sink.gone(id);
      }
      monitor.worked(1);
    }
  }

  private void deliver(DemoMessage message, Depth depth, Sink sink) throws StoreException {
    byte[] content = mailbox.content(message);
    switch (depth) {
      case ENVELOPE -> sink.envelope(new FetchedMessage(message.id(), message.flags(), message.received(), content.length,
          header(content), message.attachments()));
      case TEXT, WHOLE -> {
        try {
          sink.body(message.id(), BodyState.WHOLE, message.received(), new ByteArrayInputStream(content));
        } catch (IOException e) {
          throw new UncheckedIOException("reading from memory failed", e); //$NON-NLS-1$
        }
      }
    }
  }

  private static byte[] header(byte[] content) {
    int end = new String(content, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n"); //$NON-NLS-1$
    return end < 0 ? content : Arrays.copyOf(content, end + 4);
  }

  /** Never asked for: operations on delivered and local folders are settled here. */
  @Override
  public Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) throws MailException {
    throw new MailException.Refused("the demo mailbox keeps no changes", null, null); //$NON-NLS-1$
  }

  @Override
  public List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) {
    String line = "\r\nMessage-ID: " + messageIdHeader + "\r\n"; //$NON-NLS-1$ //$NON-NLS-2$
    return mailbox.in(folder).stream()
        .filter(message -> new String(header(mailbox.content(message)), StandardCharsets.ISO_8859_1).contains(line))
        .map(DemoMessage::id).toList();
  }

  @Override
  public boolean alive() {
    return true;
  }

  /** There is nothing to close. */
  @Override
  public void close() {}
}
