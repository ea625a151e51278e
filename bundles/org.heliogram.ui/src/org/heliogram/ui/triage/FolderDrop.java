/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.jface.viewers.ViewerDropAdapter;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.dnd.TransferData;
import org.eclipse.ui.services.IServiceLocator;
import org.eclipse.ui.statushandlers.StatusManager;
import org.heliogram.core.model.Folder;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.messages.MessageSelection;

/** Takes dragged messages on folders of the same account. */
public final class FolderDrop extends ViewerDropAdapter {
  private final IServiceLocator services;

  private FolderDrop(StructuredViewer viewer, IServiceLocator services) {
    super(viewer);
    this.services = services;
    setFeedbackEnabled(false);
  }

  /** Makes a viewer of {@link Folder}s a target; ends with the viewer. */
  public static void install(StructuredViewer viewer, IServiceLocator services) {
    viewer.addDropSupport(DND.DROP_MOVE | DND.DROP_COPY, new Transfer[] {LocalSelectionTransfer.getTransfer()},
        new FolderDrop(viewer, services));
  }

  @Override
  public boolean validateDrop(Object target, int operation, TransferData type) {
    return target instanceof Folder folder && folder.selectable()
        && LocalSelectionTransfer.getTransfer().getSelection() instanceof MessageSelection selection
        && folder.account().equals(selection.account())
        && (operation == DND.DROP_COPY || !folder.key().equals(selection.folder()));
  }

  @Override
  public boolean performDrop(Object data) {
    if (!(data instanceof MessageSelection selection) || !(getCurrentTarget() instanceof Folder folder)) {
      return false;
    }
    var triage = new Triage(services.getService(MailService.class), services.getService(FolderDirectory.class));
    try {
      if (getCurrentOperation() == DND.DROP_COPY) {
        triage.copy(selection, folder.key(), NLS.bind(Messages.Copy_to, folder.path().name()));
      } else {
        triage.move(selection, folder.key(), NLS.bind(Messages.Move_to, folder.path().name()));
      }
      return true;
    } catch (ExecutionException e) {
      StatusManager.getManager().handle(Status.error(e.getMessage(), e), StatusManager.LOG | StatusManager.SHOW);
      return false;
    }
  }
}
