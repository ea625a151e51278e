/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.ui.IMemento;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;

/** Which folder was selected and what was unfolded when the program ended. UI thread only. */
final class TreeMemory {
  private static final String FOLDER = "folder"; //$NON-NLS-1$
  private static final String EXPANDED = "expanded"; //$NON-NLS-1$
  private final Optional<FolderKey> folder;
  private Optional<List<String>> expanded;

  /** @param memento null where nothing is remembered */
  TreeMemory(IMemento memento) {
    Optional<IMemento> kept = Optional.ofNullable(memento);
    folder = kept.map(from -> from.getString(FOLDER)).filter(text -> text.matches("\\d{1,18}")).map(text -> new FolderKey(Long.parseLong(text))); //$NON-NLS-1$
    expanded = kept.map(from -> from.getString(EXPANDED)).map(text -> Arrays.asList(text.split(" "))); //$NON-NLS-1$
  }

  Optional<FolderKey> folder() {
    return folder;
  }

  /** @param selected the selected folder; empty: what was remembered stays */
  void save(IMemento memento, Optional<FolderKey> selected, FolderTree tree, TreeViewer viewer) {
    selected.or(() -> folder).ifPresent(key -> memento.putString(FOLDER, key.toString()));
    if (!tree.accounts().isEmpty()) {
      memento.putString(EXPANDED, Arrays.stream(viewer.getExpandedElements()).map(TreeMemory::id).collect(Collectors.joining(" "))); //$NON-NLS-1$
    }
  }

  private static String id(Object element) {
    return switch (element) {
      case Account account -> account.id().toString();
      case Folder folder -> folder.key().toString();
      default -> ""; //$NON-NLS-1$
    };
  }

  /** Accounts open themselves when they come; what the user closed stays closed. */
  void unfold(TreeViewer viewer, FolderTree before, FolderTree tree) {
    if (before.accounts().isEmpty() && expanded.isPresent()) {
      List<String> ids = expanded.get();
      Stream<Object> all = Stream.concat(tree.accounts().stream(), tree.accounts().stream().flatMap(a -> withChildren(tree, tree.children(a))));
      viewer.setExpandedElements(all.filter(element -> ids.contains(id(element))).toArray());
      expanded = Optional.empty();
      return;
    }
    for (Account account : tree.accounts()) {
      boolean had = before.account(account.id()).isPresent() && !before.children(account).isEmpty();
      if (!had) {
        viewer.setExpandedState(account, true);
      }
    }
  }

  private static Stream<Folder> withChildren(FolderTree tree, List<Folder> folders) {
    var all = new ArrayList<Folder>(folders);
    folders.forEach(folder -> withChildren(tree, tree.children(folder)).forEach(all::add));
    return all.stream();
  }
}
