/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.op.Operation;

/**
 * The law for an account's folders: what the user sees is what the server said last, with the queued operations on folders applied in
 * order. For implementations of {@link MailStore}; nothing here touches a store.
 */
public final class FolderViews {
  /** A folder's server half. @param made false while a queued operation is still to make it; then {@code remote} is what it is to be */
  public record Known(FolderKey key, RemoteFolder remote, boolean made) {
    public Known {
      Objects.requireNonNull(key);
      Objects.requireNonNull(remote);
    }

    boolean inbox() {
      return remote.role() == FolderRole.INBOX;
    }
  }

  /** A queued operation. @param folder the folder it is on, or makes */
  public record Step(FolderKey folder, Operation.OnFolder operation) {
    public Step {
      Objects.requireNonNull(folder);
      Objects.requireNonNull(operation);
    }
  }

  /** A folder's derived half. @param hidden whether it is not shown at all; @param pending whether an operation on it is queued */
  public record View(FolderPath path, FolderRole role, boolean selectable, boolean subscribed, boolean hidden, boolean pending) {
    public View {
      Objects.requireNonNull(path);
      Objects.requireNonNull(role);
    }

    View at(FolderPath other) {
      return new View(other, role, selectable, subscribed, hidden, pending);
    }

    View as(FolderRole other) {
      return new View(path, other, selectable, subscribed, hidden, pending);
    }

    View waiting(boolean nowSelectable, boolean nowSubscribed) {
      return new View(path, role, nowSelectable, nowSubscribed, hidden, true);
    }

    View hiding(boolean now) {
      return new View(path, role, selectable, subscribed, now, pending);
    }
  }

  private final Map<FolderKey, Known> known = new LinkedHashMap<>();
  private final Map<FolderKey, View> views = new LinkedHashMap<>();
  private final Set<FolderKey> deleted = new LinkedHashSet<>();
  private final List<Step> misplaced = new ArrayList<>();

  /**
   * @param folders all of one account
   * @param roles   which folder is for what by the user's choice, by remote name
   * @param steps   the account's queue, oldest first
   */
  public FolderViews(Collection<Known> folders, Map<FolderRole, String> roles, List<Step> steps) {
    for (Known folder : folders) {
      known.put(folder.key(), folder);
      RemoteFolder remote = folder.remote();
      views.put(folder.key(), new View(remote.path(), remote.role(), remote.selectable(), remote.subscribed(), !folder.made(), false));
    }
    choose(roles);
    steps.forEach(this::apply);
    deleted.forEach(this::hideUnlessParent);
  }

  /** What is seen of each folder. */
  public Map<FolderKey, View> all() {
    return Map.copyOf(views);
  }

  /** Operations that make no sense where they stand in the queue: nothing there to be changed, the place taken, no folder to be in. */
  public List<Step> misplaced() {
    return List.copyOf(misplaced);
  }

  /** The user's choice goes before what the server says. */
  private void choose(Map<FolderRole, String> roles) {
    var chosen = new EnumMap<FolderRole, FolderKey>(FolderRole.class);
    new EnumMap<FolderRole, String>(withoutFixed(roles)).forEach((role, name) -> known.values().stream()
        .filter(folder -> folder.made() && !folder.inbox() && folder.remote().name().equals(name) && !chosen.containsValue(folder.key()))
        .findFirst().ifPresent(folder -> chosen.put(role, folder.key())));
    views.replaceAll((key, view) -> chosen.containsKey(view.role()) ? view.as(FolderRole.NONE) : view);
    chosen.forEach((role, key) -> views.computeIfPresent(key, (k, view) -> view.as(role)));
  }

  private static Map<FolderRole, String> withoutFixed(Map<FolderRole, String> roles) {
    var free = new EnumMap<FolderRole, String>(FolderRole.class);
    roles.forEach((role, name) -> {
      if (role != FolderRole.INBOX && role != FolderRole.NONE) {
        free.put(role, name);
      }
    });
    return free;
  }

  private void apply(Step step) {
    View view = views.get(step.folder());
    if (view == null) {
      misplaced.add(step);
      return;
    }
    if (!fits(step, view)) {
      misplaced.add(step);
    }
    switch (step.operation()) {
      case Operation.CreateFolder create -> create(step.folder(), create, view);
      case Operation.RenameFolder rename -> rename(step.folder(), rename.to(), view.path());
      case Operation.DeleteFolder delete -> {
        views.put(step.folder(), view.waiting(false, view.subscribed()));
        deleted.add(step.folder());
      }
      case Operation.Subscribe subscribe -> views.put(step.folder(), view.waiting(view.selectable(), subscribe.subscribed()));
    }
  }

  private void create(FolderKey key, Operation.CreateFolder create, View view) {
    if (known.get(key).made()) {
      views.put(key, view.waiting(view.selectable(), view.subscribed())); // Somebody was faster: it is there.
      return;
    }
    boolean free = views.entrySet().stream().noneMatch(other -> shown(other.getKey()) && other.getValue().role() == create.role());
    views.put(key, new View(create.path(), free ? create.role() : FolderRole.NONE, true, true, false, true));
  }

  private void rename(FolderKey renamed, FolderPath to, FolderPath from) {
    views.replaceAll((key, view) -> {
      if (key.equals(renamed)) {
        return view.at(to).waiting(view.selectable(), view.subscribed());
      }
      return view.path().within(from) ? view.at(view.path().moved(from, to)) : view;
    });
  }

  private boolean fits(Step step, View view) {
    Known folder = known.get(step.folder());
    return switch (step.operation()) {
      case Operation.CreateFolder create -> folder.made() || free(create.path(), step.folder());
      case Operation.RenameFolder rename -> shown(step.folder()) && !folder.inbox() && !rename.to().equals(view.path())
          && (rename.to().segments().size() <= view.path().segments().size() || !rename.to().within(view.path()))
          && free(rename.to(), step.folder());
      case Operation.DeleteFolder delete -> shown(step.folder()) && !folder.inbox();
      case Operation.Subscribe subscribe -> shown(step.folder());
    };
  }

  /** Whether a folder can be there: it has a folder to be in, and nobody else is in its place. */
  private boolean free(FolderPath path, FolderKey forWhom) {
    boolean taken = views.entrySet().stream()
        .anyMatch(other -> !other.getKey().equals(forWhom) && shown(other.getKey()) && same(other.getValue().path(), path));
    boolean placed = path.parent().isEmpty() || views.entrySet().stream()
        .anyMatch(other -> shown(other.getKey()) && same(other.getValue().path(), path.parent().get()));
    return placed && !taken;
  }

  /** INBOX is one folder in whatever case (RFC 3501 section 5.1). */
  private static boolean same(FolderPath one, FolderPath other) {
    return one.equals(other) || one.segments().size() == 1 && other.segments().size() == 1 && "INBOX".equalsIgnoreCase(one.name()) //$NON-NLS-1$
        && one.name().equalsIgnoreCase(other.name());
  }

  private boolean shown(FolderKey key) {
    return !views.get(key).hidden() && !deleted.contains(key);
  }

  /** A deleted folder with folders in it stays to be seen, but cannot be opened. */
  private void hideUnlessParent(FolderKey key) {
    View view = views.get(key);
    boolean parent = views.entrySet().stream().anyMatch(other -> !other.getKey().equals(key) && shown(other.getKey())
        && other.getValue().path().within(view.path()) && !other.getValue().path().equals(view.path()));
    views.put(key, view.hiding(!parent));
  }

  /**
   * Which folder of ours each listed one is: by what the caller knows, by MAILBOXID, by name, and for one that is still to be made by its place.
   *
   * @param renamed what folders are called now, where the caller found out
   * @return the listed folders that are known; a name that is listed twice counts once
   */
  public static Map<RemoteFolder, FolderKey> match(Collection<Known> folders, List<RemoteFolder> listed, Map<FolderKey, String> renamed) {
    var byName = new LinkedHashMap<String, RemoteFolder>();
    var byId = new HashMap<String, RemoteFolder>();
    for (RemoteFolder folder : listed) {
      if (byName.putIfAbsent(folder.name(), folder) == null) {
        folder.mailboxId().ifPresent(id -> byId.putIfAbsent(id, folder));
      }
    }
    var found = new LinkedHashMap<RemoteFolder, FolderKey>();
    var matched = new LinkedHashSet<FolderKey>();
    List<Known> made = folders.stream().filter(Known::made).toList();
    made.forEach(folder -> match(folder, byName.get(renamed.get(folder.key())), found, matched));
    made.forEach(folder -> match(folder, folder.remote().mailboxId().map(byId::get).orElse(null), found, matched));
    made.forEach(folder -> match(folder, byName.get(folder.remote().name()), found, matched));
    for (Known folder : folders) {
      if (!folder.made()) {
        match(folder, byName.values().stream().filter(l -> l.keeping() == Keeping.MIRRORED && !found.containsKey(l)
            && same(l.path(), folder.remote().path())).findFirst().orElse(null), found, matched);
      }
    }
    return found;
  }

  private static void match(Known folder, RemoteFolder listed, Map<RemoteFolder, FolderKey> found, Set<FolderKey> matched) {
    if (listed != null && !matched.contains(folder.key()) && found.putIfAbsent(listed, folder.key()) == null) {
      matched.add(folder.key());
    }
  }
}
