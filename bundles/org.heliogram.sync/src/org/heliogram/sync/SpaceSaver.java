/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/** Drops content that is not to be kept here any more, of messages the server has, and gives its space back. */
final class SpaceSaver {
  private static final int TOGETHER = 500;
  private final MailStore store;
  private final Clock clock;

  SpaceSaver(MailStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What holds for a folder: its own choice, else the account's. */
  static BodyPolicy policy(StoreReader reader, FolderKey folder, Account account) throws StoreException {
    return reader.options(folder).bodies().orElse(account.options().bodies());
  }

  /** How far back content is kept. */
  static Instant since(BodyPolicy policy, Clock clock) {
    return policy.months() == 0 ? Instant.EPOCH : clock.instant().atOffset(ZoneOffset.UTC).minusMonths(policy.months()).toInstant();
  }

  /** @return bytes gained */
  long run(List<Folder> folders, IProgressMonitor monitor) throws StoreException {
    SubMonitor progress = SubMonitor.convert(monitor, 10);
    List<MessageKey> surplus = new ArrayList<>();
    for (Folder folder : folders) {
      surplus.addAll(surplus(folder));
    }
    if (surplus.isEmpty()) {
      return 0;
    }
    SubMonitor dropping = progress.split(5).setWorkRemaining(surplus.size());
    for (int from = 0; from < surplus.size(); from += TOGETHER) {
      List<MessageKey> some = surplus.subList(from, Math.min(surplus.size(), from + TOGETHER));
      store.<Void>write(writer -> {
        writer.drop(some);
        return null;
      });
      dropping.split(some.size());
    }
    return store.compact(progress.split(5));
  }

  private List<MessageKey> surplus(Folder folder) throws StoreException {
    if (folder.keeping() != Keeping.MIRRORED || !folder.selectable()) {
      return List.of();
    }
    return store.read(reader -> {
      BodyPolicy policy = policy(reader, folder.key(), reader.account(folder.account()).orElseThrow());
      var surplus = new ArrayList<MessageKey>();
      for (BodyState state : List.of(BodyState.WHOLE, BodyState.PARTIAL)) {
        MessageKeys here = reader.bodies(folder.key(), state, Instant.EPOCH);
        int kept = policy.keep() == BodyPolicy.Keep.HEADERS ? 0 : reader.bodies(folder.key(), state, since(policy, clock)).size();
        surplus.addAll(here.subList(kept, here.size())); // newest first: what is kept comes before the rest
      }
      return surplus;
    });
  }
}
