/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;

/**
 * Deletes in a maildrop what by the user's choice is not to stay there. Nothing is noted before: what is overdue is found anew with each
 * session. It is deleted only if its content here can be read, as it was written, to the last byte; and counts as deleted only when the
 * server said so at the end of the session.
 */
final class MaildropLeaving {
  private static final System.Logger LOG = System.getLogger(MaildropLeaving.class.getName());
  private static final int PIECE = 500;
  /** Some servers end a session in which nothing is asked for a minute. */
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private final MailStore store;
  private final Connection connection;

  MaildropLeaving(MailStore store, Connection connection) {
    this.store = store;
    this.connection = connection;
  }

  /** Ends the session if there is something to be deleted. @return how many are gone */
  int run(FolderKey maildrop, RemoteFolder folder, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    List<Taken> overdue = store.read(r -> r.overdue(maildrop));
    Map<RemoteId, Fingerprint> readable = readable(overdue, monitor);
    if (readable.isEmpty()) {
      return 0;
    }
    Set<RemoteId> discarded = connection.get(monitor).discard(folder, readable, monitor);
    List<RemoteId> all = List.copyOf(discarded);
    for (int from = 0; from < all.size(); from += PIECE) {
      var gone = new HashMap<RemoteId, Boolean>();
      all.subList(from, Math.min(all.size(), from + PIECE)).forEach(id -> gone.put(id, false));
      store.<Void>write(w -> {
        w.apply(maildrop, MaildropPlan.seen(maildrop, gone));
        return null;
      });
    }
    return discarded.size();
  }

  private Map<RemoteId, Fingerprint> readable(List<Taken> overdue, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    var readable = new LinkedHashMap<RemoteId, Fingerprint>();
    long asked = System.nanoTime();
    for (Taken one : overdue) {
      FolderSync.checkCancelled(monitor);
      if (readable(one)) {
        readable.put(one.id(), one.print());
      }
      if (System.nanoTime() - asked > SILENCE.toNanos()) {
        connection.get(monitor).keepAlive(monitor);
        asked = System.nanoTime();
      }
    }
    return readable;
  }

  /** What the user deleted here needs not be readable any more. */
  private boolean readable(Taken one) throws StoreException {
    Optional<Body> body = store.read(r -> r.body(one.message().orElseThrow()));
    if (body.isEmpty()) {
      return true;
    }
    try (InputStream in = body.get().open()) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "message {0} stays on the server, for here it cannot be read: {1}", //$NON-NLS-1$
          one.message().orElseThrow(), e.getMessage());
      return false;
    }
  }
}
