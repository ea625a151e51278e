/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.FolderViews.Known;
import org.heliogram.core.store.FolderViews.Step;
import org.heliogram.core.store.FolderViews.View;

/**
 * The user's own folders in accounts whose server keeps none. Operations on them are not queued: the store does in the same transaction
 * what a server would have done. What a backend lists (its inbox, and what it has for sent mail and so on) is neither renamed nor deleted;
 * the user's own folders are in no listing and stay. For implementations of {@link MailStore}; nothing here touches a store.
 */
public final class LocalFolders {
  private static final int LONGEST_PATH = 2_000;

  private LocalFolders() {}

  /** Whether an account is such a one. Before its backend was asked for the first time nobody knows. */
  public static boolean of(Collection<RemoteFolder> folders) {
    return !folders.isEmpty() && folders.stream().noneMatch(folder -> folder.keeping() == Keeping.MIRRORED);
  }

  /** Whether the user made it. */
  public static boolean own(RemoteFolder folder) {
    return folder.keeping() == Keeping.LOCAL && folder.name().startsWith(Folder.OWN);
  }

  /** A folder that is to be made. @param key no other folder ever had it, and so neither the name */
  public static RemoteFolder wanted(FolderKey key, Operation.CreateFolder create) {
    return new RemoteFolder(Folder.OWN + key, create.path(), FolderRole.NONE, Keeping.LOCAL, true);
  }

  /**
   * What an operation makes of the account's folders.
   *
   * @param folders all of the account; one that is to be made as {@link #wanted} and not yet made
   * @param roles   which folder is for what by the user's choice, by remote name
   * @return the folders that become another: with their new state, or empty if they are gone with all in them. One that cannot be opened any
   *     more holds no messages either
   * @throws StoreException if it makes no sense, a name is too long, or the folder is not the user's own
   */
  public static Map<FolderKey, Optional<RemoteFolder>> settle(List<Known> folders, Map<FolderRole, String> roles, Step step)
      throws StoreException {
    boolean own = folders.stream().anyMatch(folder -> folder.key().equals(step.folder()) && own(folder.remote()));
    var views = new FolderViews(folders, roles, List.of(step));
    if (!own || step.operation() instanceof Operation.Subscribe || !views.misplaced().isEmpty()) {
      throw new StoreException("folder " + step.folder() + " cannot be changed so", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    var after = new LinkedHashMap<FolderKey, RemoteFolder>();
    for (Known folder : folders) {
      View view = views.all().get(folder.key());
      if (!view.hidden()) {
        after.put(folder.key(), own(folder.remote()) ? as(folder, view) : folder.remote());
      }
    }
    removeEmptyPlaces(after);
    var changed = new LinkedHashMap<FolderKey, Optional<RemoteFolder>>();
    if (after.values().stream().anyMatch(folder -> folder.path().text().length() > LONGEST_PATH)) {
      throw new StoreException("a name is too long", null); //$NON-NLS-1$
    }
    for (Known folder : folders) {
      Optional<RemoteFolder> now = Optional.ofNullable(after.get(folder.key()));
      if (!folder.made() || !now.equals(Optional.of(folder.remote()))) {
        changed.put(folder.key(), now);
      }
    }
    return changed;
  }

  private static RemoteFolder as(Known folder, View view) {
    RemoteFolder remote = folder.remote();
    FolderRole role = folder.made() ? remote.role() : view.role();
    return new RemoteFolder(remote.name(), view.path(), role, remote.keeping(), view.selectable());
  }

  /** A deleted folder stays as a place for the folders in it, as long as there are any. */
  private static void removeEmptyPlaces(Map<FolderKey, RemoteFolder> folders) {
    var places = new ArrayList<>(folders.entrySet().stream().filter(folder -> own(folder.getValue()) && !folder.getValue().selectable()).toList());
    places.sort((one, other) -> other.getValue().path().segments().size() - one.getValue().path().segments().size());
    for (var place : List.copyOf(places)) {
      Set<Map.Entry<FolderKey, RemoteFolder>> all = folders.entrySet();
      boolean needed = all.stream().anyMatch(other -> !other.getKey().equals(place.getKey()) && other.getValue().path().within(place.getValue().path()));
      if (!needed) {
        folders.remove(place.getKey());
      }
    }
  }
}
