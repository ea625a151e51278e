/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import org.eclipse.jface.viewers.IElementComparer;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;

/** Feeds the tree viewer. Elements are {@link Account}s and {@link Folder}s, the same as long as their keys are, whatever their counts. */
final class FolderTreeContent implements ITreeContentProvider, IElementComparer {
  private FolderTree tree = FolderTree.EMPTY;

  void show(FolderTree next) {
    tree = next;
  }

  FolderTree tree() {
    return tree;
  }

  @Override
  public Object[] getElements(Object input) {
    return tree.accounts().toArray();
  }

  @Override
  public Object[] getChildren(Object element) {
    return switch (element) {
      case Account account -> tree.children(account).toArray();
      case Folder folder -> tree.children(folder).toArray();
      default -> new Object[0];
    };
  }

  @Override
  public Object getParent(Object element) {
    return element instanceof Folder folder ? tree.parent(folder) : null;
  }

  @Override
  public boolean hasChildren(Object element) {
    return getChildren(element).length > 0;
  }

  @Override
  public boolean equals(Object one, Object other) {
    return key(one).equals(key(other));
  }

  @Override
  public int hashCode(Object element) {
    return key(element).hashCode();
  }

  private static Object key(Object element) {
    return switch (element) {
      case Account account -> account.id();
      case Folder folder -> folder.key();
      default -> element;
    };
  }
}
