/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;

/** Fetches all of a message in a maildrop of which only the header was taken. */
final class MaildropCompletion {
  private final MailStore store;
  private final MimeCodec codec;
  private final Connection connection;

  MaildropCompletion(MailStore store, MimeCodec codec, Connection connection) {
    this.store = store;
    this.codec = codec;
    this.connection = connection;
  }

  /**
   * Does nothing where the server does not list it: the next session tells what became of it.
   *
   * @throws MailException.Refused if the server has another message under its id
   */
  void run(Located located, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    FolderKey maildrop = located.serverFolder();
    RemoteId id = located.id().orElseThrow();
    RemoteFolder folder = store.read(r -> r.remote(maildrop));
    Optional<Taken> taken = store.read(r -> r.taken(maildrop)).stream().filter(one -> one.id().equals(id)).findFirst();
    News news = connection.get(monitor).news(folder, Known.NOTHING, monitor);
    Optional<RemoteState> listed = news.states().stream().filter(state -> state.id().equals(id)).findFirst();
    if (taken.isEmpty() || listed.isEmpty()) {
      return;
    }
    var one = new One(maildrop, located.message(), taken.get().print(), listed.get().sizeInBytes());
    connection.get(monitor).fetch(folder, news.cursor(), List.of(id), Depth.WHOLE, one, monitor);
    if (one.other) {
      throw new MailException.Refused("the server has another message under the id of " + located.message(), null, null); //$NON-NLS-1$
    }
  }

  private final class One implements Sink {
    private final FolderKey maildrop;
    private final MessageKey message;
    private final Fingerprint taken;
    private final long listedSize;
    private boolean other;

    One(FolderKey maildrop, MessageKey message, Fingerprint taken, long listedSize) {
      this.maildrop = maildrop;
      this.message = message;
      this.taken = taken;
      this.listedSize = listedSize;
    }

    /** The header is read again: what TOP told of it may have been cut short. */
    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException {
      var header = new HeaderTap(content);
      StagedBody body = store.stage(header, state);
      String digest = header.digest();
      boolean sameSize = listedSize != 0 && listedSize == taken.sizeInBytes();
      other = !sameSize && !digest.equals(taken.header());
      if (!other) {
        MimeCodec.Summary summary = MaildropIntake.summarise(codec, body);
        var print = Map.of(id, new Fingerprint(listedSize, digest));
        store.<Void>write(w -> {
          w.attach(message, body);
          w.describe(message, summary.envelope(), summary.attachments());
          w.apply(maildrop, MaildropPlan.taking(maildrop, List.of(), print));
          return null;
        });
      }
    }

    @Override
    public void envelope(FetchedMessage envelope) {
      throw new IllegalStateException("a summary where a body was asked for"); //$NON-NLS-1$
    }

    @Override
    public void gone(RemoteId id) {
      // Whoever asked finds nothing here.
    }
  }
}
