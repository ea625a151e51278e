/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Right;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;

/**
 * Learns which folders a server has. A folder that is missing is looked for once more, on another connection, and among the folders that
 * are new, before it is forgotten.
 */
final class FolderList {
  private static final int PROBES = 40;
  private static final int ASK_ALL = 1_000;

  /** A folder of ours that the server has; those that are here alone no listing brings back. */
  private record Ours(FolderKey key, RemoteFolder remote) {}

  private final MailStore store;
  private final Connection connection;
  private final Course course;

  FolderList(MailStore store, Connection connection, Course course) {
    this.store = store;
    this.connection = connection;
    this.course = course;
  }

  void read(IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    course.at(Phase.READING_FOLDERS, "", 0, 0); //$NON-NLS-1$
    List<RemoteFolder> listed = connection.get(monitor).folders(monitor);
    List<Ours> ours = ours();
    Map<FolderKey, String> renamed = Map.of();
    if (!missing(listed, ours).isEmpty() || listed.isEmpty()) {
      List<RemoteFolder> again = connection.fresh(monitor).folders(monitor);
      if (again.isEmpty()) {
        throw new MailException.Malformed("the server lists no folder", null); //$NON-NLS-1$
      }
      listed = union(again, listed);
      renamed = renamed(listed, ours, monitor);
    }
    List<RemoteFolder> all = withRights(listed, ours, monitor);
    Map<FolderKey, String> names = renamed;
    store.<Void>write(w -> {
      w.folders(connection.account().id(), all, names);
      return null;
    });
  }

  private List<Ours> ours() throws StoreException {
    return store.read(r -> {
      var all = new ArrayList<Ours>();
      for (Folder folder : r.folders(connection.account().id())) {
        if (!folder.remoteName().isEmpty() && folder.keeping() != Keeping.LOCAL) {
          all.add(new Ours(folder.key(), r.remote(folder.key())));
        }
      }
      return all;
    });
  }

  private static List<Ours> missing(List<RemoteFolder> listed, List<Ours> ours) {
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    listed.forEach(folder -> {
      names.add(folder.name());
      folder.mailboxId().ifPresent(ids::add);
    });
    return ours.stream().filter(f -> !names.contains(f.remote().name()) && f.remote().mailboxId().filter(ids::contains).isEmpty()).toList();
  }

  private static List<RemoteFolder> union(List<RemoteFolder> first, List<RemoteFolder> second) {
    Map<String, RemoteFolder> byName = new HashMap<>();
    Set<String> ids = new HashSet<>();
    first.forEach(f -> {
      byName.put(f.name(), f);
      f.mailboxId().ifPresent(ids::add);
    });
    var all = new ArrayList<>(first);
    second.stream().filter(f -> f.mailboxId().filter(ids::contains).isEmpty() && byName.put(f.name(), f) == null).forEach(all::add);
    return all;
  }

  /** Another client may have renamed what is missing: then one of the new folders has the same messages under the same ids. */
  private Map<FolderKey, String> renamed(List<RemoteFolder> listed, List<Ours> ours, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Set<String> known = new HashSet<>();
    Set<String> ids = new HashSet<>();
    ours.forEach(f -> {
      known.add(f.remote().name());
      f.remote().mailboxId().ifPresent(ids::add);
    });
    var fresh = new ArrayList<>(listed.stream()
        .filter(f -> f.selectable() && !known.contains(f.name()) && f.mailboxId().filter(ids::contains).isEmpty()).toList());
    var found = new LinkedHashMap<FolderKey, String>();
    var lookup = new SameFolder(store, connection, monitor);
    int probes = 0;
    for (Ours lost : missing(listed, ours)) {
      for (RemoteFolder candidate : likelyFirst(lost.remote(), fresh)) {
        if (probes < PROBES && lost.remote().selectable()) {
          probes++;
          if (lookup.is(lost.key(), candidate)) {
            found.put(lost.key(), candidate.name());
            fresh.remove(candidate);
            break;
          }
        }
      }
    }
    return found;
  }

  /** A folder whose parent was renamed has its own name still; a renamed one mostly is where it was. */
  private static List<RemoteFolder> likelyFirst(RemoteFolder lost, List<RemoteFolder> fresh) {
    Comparator<RemoteFolder> bySibling = Comparator.comparing(f -> !f.path().parent().equals(lost.path().parent()));
    Comparator<RemoteFolder> byName = Comparator.comparing(f -> !f.path().name().equals(lost.path().name()));
    return fresh.stream().sorted(byName.thenComparing(bySibling)).toList();
  }

  /** Rights are asked for once; again for all when folders came or went. What a server does not tell about is the user's. */
  private List<RemoteFolder> withRights(List<RemoteFolder> listed, List<Ours> ours, IProgressMonitor monitor)
      throws MailException, CredentialException {
    if (!connection.get(monitor).features().contains(Feature.RIGHTS)) {
      return listed;
    }
    Set<String> told = new HashSet<>();
    ours.stream().filter(f -> f.remote().rights().isPresent()).forEach(f -> told.add(f.remote().name()));
    List<RemoteFolder> asked = listed.stream().filter(f -> f.selectable() && !told.contains(f.name())).toList();
    if (!asked.isEmpty() && listed.size() <= ASK_ALL) {
      asked = listed.stream().filter(RemoteFolder::selectable).toList();
    }
    if (asked.isEmpty()) {
      return listed;
    }
    Map<String, Set<Right>> rights = connection.get(monitor).rights(asked, monitor);
    Set<String> names = new HashSet<>();
    asked.forEach(f -> names.add(f.name()));
    return listed.stream()
        .map(f -> names.contains(f.name()) ? f.withRights(Optional.of(rights.getOrDefault(f.name(), Right.ALL))) : f).toList();
  }
}
