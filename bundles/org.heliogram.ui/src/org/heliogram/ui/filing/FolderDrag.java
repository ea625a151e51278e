/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.Transfer;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;

/** Lets folders be dragged to another place in their account. */
public final class FolderDrag extends DragSourceAdapter {
  private final StructuredViewer viewer;

  private FolderDrag(StructuredViewer viewer) {
    this.viewer = viewer;
  }

  /** Makes a viewer of {@link Folder}s a source; ends with the viewer. */
  public static void install(StructuredViewer viewer) {
    viewer.addDragSupport(DND.DROP_MOVE, new Transfer[] {LocalSelectionTransfer.getTransfer()}, new FolderDrag(viewer));
  }

  @Override
  public void dragStart(DragSourceEvent event) {
    IStructuredSelection selection = viewer.getStructuredSelection();
    event.doit = selection.size() == 1 && selection.getFirstElement() instanceof Folder folder && FolderRules.canRename(folder);
    if (event.doit) {
      LocalSelectionTransfer.getTransfer().setSelection(selection);
      LocalSelectionTransfer.getTransfer().setSelectionSetTime(event.time & 0xFFFFFFFFL);
    }
  }

  @Override
  public void dragSetData(DragSourceEvent event) {
    event.data = LocalSelectionTransfer.getTransfer().getSelection();
  }

  @Override
  public void dragFinished(DragSourceEvent event) {
    LocalSelectionTransfer.getTransfer().setSelection(null);
  }

  /** Where a dragged folder would go; empty if nothing like that is dragged or it cannot go there. @param target an account or a folder */
  public static Optional<FolderPath> destination(Object dragged, Object target, List<Folder> folders) {
    if (!(dragged instanceof IStructuredSelection selection) || selection.size() != 1 || !(selection.getFirstElement() instanceof Folder folder)) {
      return Optional.empty();
    }
    return switch (target) {
      case Account account when account.id().equals(folder.account()) -> FolderRules.moved(folder, Optional.empty(), folders);
      case Folder parent -> FolderRules.moved(folder, Optional.of(parent), folders);
      case null, default -> Optional.empty();
    };
  }
}
