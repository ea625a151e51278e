/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;

/** Fetches all of messages in a maildrop of which only the header was taken. */
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
   * Leaves out what the server does not list: the next session tells what became of it.
   *
   * @return how many came
   * @throws MailException.Refused if none came, for the server has other messages under their ids
   */
  int run(FolderKey maildrop, Map<RemoteId, MessageKey> messages, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    RemoteFolder folder = store.read(r -> r.remote(maildrop));
    var wanted = new LinkedHashMap<RemoteId, Wanted>();
    News news = connection.get(monitor).news(folder, Known.NOTHING, monitor);
    Map<RemoteId, Long> listed = new HashMap<>();
    news.states().stream().filter(state -> messages.containsKey(state.id())).forEach(state -> listed.put(state.id(), state.sizeInBytes()));
    for (Taken one : store.read(r -> r.taken(maildrop))) {
      if (listed.containsKey(one.id())) {
        wanted.put(one.id(), new Wanted(messages.get(one.id()), one.print(), listed.get(one.id())));
      }
    }
    var sink = new Completing(maildrop, wanted);
    connection.get(monitor).fetch(folder, news.cursor(), List.copyOf(wanted.keySet()), Depth.WHOLE, sink, monitor);
    if (sink.came == 0 && sink.others > 0) {
      throw new MailException.Refused("the server has another message under this id", null, null); //$NON-NLS-1$
    }
    return sink.came;
  }

  private record Wanted(MessageKey message, Fingerprint taken, long listedSize) {
    boolean is(String header) {
      return listedSize != 0 && listedSize == taken.sizeInBytes() || header.equals(taken.header());
    }
  }

  private final class Completing implements Sink {
    private final FolderKey maildrop;
    private final Map<RemoteId, Wanted> wanted;
    private int came;
    private int others;

    Completing(FolderKey maildrop, Map<RemoteId, Wanted> wanted) {
      this.maildrop = maildrop;
      this.wanted = wanted;
    }

    /** The header is read again: what TOP told of it may have been cut short. */
    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws StoreException, IOException {
      var header = new HeaderTap(content);
      StagedBody body = store.stage(header, state);
      String digest = header.digest();
      Wanted one = wanted.get(id);
      if (!one.is(digest)) {
        others++;
        return;
      }
      MimeCodec.Summary summary = MaildropIntake.summarise(codec, body);
      var print = Map.of(id, new Fingerprint(one.listedSize(), digest));
      store.<Void>write(w -> {
        w.attach(one.message(), body);
        w.describe(one.message(), summary.envelope(), summary.attachments());
        w.apply(maildrop, MaildropPlan.taking(maildrop, List.of(), print));
        return null;
      });
      came++;
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
