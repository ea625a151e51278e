/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.ModelServer.Box;
import org.heliogram.testing.ModelServer.Deltas;
import org.heliogram.testing.ModelServer.Mail;

/**
 * How a model's folder answers: with what changed since the cursor where that can be counted out, else with everything. Cursors are
 * {@code validity:next:modseq}, with {@code ~} where the first listing was begun.
 */
final class ModelNews {
  private final ModelServer server;
  private final Box box;
  private final Known known;
  private final Deltas deltas;

  ModelNews(ModelServer server, Box box, Known known, Deltas deltas) {
    this.server = server;
    this.box = box;
    this.known = known;
    this.deltas = deltas;
  }

  News read() throws StoreException {
    boolean mirrored = box.folder.keeping() == Keeping.MIRRORED;
    Optional<String[]> before = known.cursor().map(cursor -> cursor.value().split(":"));
    boolean renumbered = before.isPresent() && !before.get()[0].equals(Long.toString(box.validity));
    boolean begun = before.isEmpty() || before.get()[2].endsWith(SyncCursor.BEGUN);
    if (mirrored && !renumbered && !begun && deltas != Deltas.NONE && server.kind.expunges) {
      Optional<News> delta = since(Long.parseLong(before.get()[2]));
      if (delta.isPresent()) {
        return delta.get();
      }
    }
    var states = new ArrayList<RemoteState>();
    if (!server.hidesMessages()) {
      box.mails.forEach((uid, mail) -> list(states, uid, mail, mirrored));
    }
    Collections.reverse(states);
    Optional<SyncCursor> first = mirrored && (renumbered || begun) ? Optional.of(cursor(SyncCursor.BEGUN)) : Optional.empty();
    return new News(cursor(""), true, renumbered, states, List.of(), true, first);
  }

  /** Where nothing can be expunged, what is marked as deleted is gone. */
  private void list(List<RemoteState> states, long uid, Mail mail, boolean mirrored) {
    if (server.kind.expunges || !mail.flags().has(Flag.DELETED)) {
      states.add(new RemoteState(RemoteId.of(uid), mirrored ? Optional.of(mail.flags()) : Optional.empty()));
    }
  }

  private SyncCursor cursor(String mark) {
    return cursor(box, mark);
  }

  static SyncCursor cursor(Box box, String mark) {
    return new SyncCursor(box.validity + ":" + box.next + ":" + box.modSeq + mark);
  }

  /** Empty if it does not add up. */
  private Optional<News> since(long modSeq) throws StoreException {
    var states = new ArrayList<RemoteState>();
    box.changed.forEach((uid, when) -> {
      Mail mail = box.mails.get(uid);
      if (when > modSeq && mail != null) {
        states.add(new RemoteState(RemoteId.of(uid), Optional.<Flags>of(mail.flags())));
      }
    });
    Collections.reverse(states);
    Set<RemoteId> gone = new HashSet<>();
    box.gone.forEach((uid, when) -> {
      if (when > modSeq) {
        gone.add(RemoteId.of(uid));
      }
    });
    if (deltas == Deltas.COUNTED) {
      gone.clear();
      known.messages().keySet().stream().filter(id -> !box.mails.containsKey(Long.valueOf(id.value()))).forEach(gone::add);
    }
    List<RemoteId> lost = List.copyOf(known.among(gone).keySet());
    long old = known.among(states.stream().map(RemoteState::id).toList()).size();
    int exists = server.hidesMessages() ? 0 : box.mails.size();
    boolean agrees = known.size() + states.size() - old - lost.size() == exists;
    return agrees ? Optional.of(new News(cursor(""), false, false, states, lost, true, Optional.empty())) : Optional.empty();
  }
}
