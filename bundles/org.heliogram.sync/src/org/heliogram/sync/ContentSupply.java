/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Queued;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/** Fetches the whole content of messages that transfers into other accounts, or into folders of this machine, wait for. */
final class ContentSupply {
  private static final int TOGETHER = 20;
  private static final int LIMIT = 1_000;
  private final MailStore store;
  private final AccountId account;
  private final FolderSync sync;
  private final BodyFetch bodies;
  private final Course course;

  ContentSupply(MailStore store, AccountId account, FolderSync sync, BodyFetch bodies, Course course) {
    this.store = store;
    this.account = account;
    this.sync = sync;
    this.bodies = bodies;
    this.course = course;
  }

  /** Whether a transfer waits for something this account's server has. */
  static boolean wanted(MailStore store, AccountId account) throws StoreException {
    return !store.read(r -> r.contentWanted(account, 1)).isEmpty();
  }

  /** Says of an account's transfers that wait for content who has to bring it. */
  static void explain(MailStore store, AccountId account) throws StoreException {
    for (Queued entry : store.read(r -> r.queue(account))) {
      if (entry.standing() == Queued.Standing.INCOMPLETE) {
        Set<String> sources = store.read(r -> sources(r, entry.messages()));
        String why = "content is still to be fetched from " + String.join(", ", sources); //$NON-NLS-1$ //$NON-NLS-2$
        if (!entry.waiting().equals(Optional.of(why))) {
          store.<Void>write(w -> {
            w.settle(entry.sequence(), new Outcome.Postponed(why));
            return null;
          });
        }
      }
    }
  }

  /** Labels of accounts. */
  private static Set<String> sources(StoreReader reader, List<MessageKey> messages) throws StoreException {
    var labels = new TreeSet<String>();
    for (Located located : reader.locate(messages)) {
      Optional<Folder> folder = reader.folder(located.serverFolder());
      Optional<Account> account = folder.isEmpty() ? Optional.empty() : reader.account(folder.get().account());
      account.ifPresent(source -> labels.add(source.label()));
    }
    return labels;
  }

  /** A few at a time, so that what is more urgent can overtake. What does not come is not asked for twice. @return how many came */
  int run(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Set<MessageKey> tried = new HashSet<>();
    int came = 0;
    while (true) {
      int limit = Math.min(LIMIT, tried.size() + TOGETHER);
      List<MessageKey> wanted = store.read(r -> r.contentWanted(account, limit)).stream().filter(key -> !tried.contains(key)).toList();
      if (wanted.isEmpty()) {
        return came;
      }
      tried.addAll(wanted);
      came += fetch(wanted, monitor);
      FolderSync.checkCancelled(monitor);
      course.between();
    }
  }

  private int fetch(List<MessageKey> wanted, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    int came = 0;
    for (Map.Entry<FolderKey, List<Located>> some : places(wanted).entrySet()) {
      try {
        came += fetch(some.getKey(), some.getValue(), monitor);
      } catch (MailException.Refused | MailException.Stale e) {
        System.getLogger(ContentSupply.class.getName()).log(System.Logger.Level.INFO, "folder {0} cannot be read", some.getKey()); //$NON-NLS-1$
      }
    }
    return came;
  }

  /** Where an id is not known, or nothing comes, the folder is read: a message that is there no more is nobody's source. */
  private int fetch(FolderKey folder, List<Located> places, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    List<MessageKey> keys = places.stream().map(Located::message).toList();
    if (places.stream().map(Located::id).anyMatch(Optional::isEmpty)) {
      sync.run(folder, monitor);
    }
    int came = 0;
    try {
      came = bodies.wholes(folder, keys, monitor);
    } catch (MailException.Stale e) {
      System.getLogger(ContentSupply.class.getName()).log(System.Logger.Level.DEBUG, "folder {0} was renumbered", folder); //$NON-NLS-1$
    }
    if (came < keys.size()) {
      sync.run(folder, monitor);
      came += bodies.wholes(folder, store.read(r -> r.contentWanted(account, LIMIT)).stream().filter(keys::contains).toList(), monitor);
    }
    return came;
  }

  private Map<FolderKey, List<Located>> places(List<MessageKey> keys) throws StoreException {
    var places = new LinkedHashMap<FolderKey, List<Located>>();
    for (Located located : store.read(r -> r.locate(keys))) {
      places.computeIfAbsent(located.serverFolder(), folder -> new ArrayList<>()).add(located);
    }
    return places;
  }
}
