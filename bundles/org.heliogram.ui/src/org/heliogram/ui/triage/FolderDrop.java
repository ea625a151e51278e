/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Optional;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.jface.viewers.ViewerDropAdapter;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.dnd.TransferData;
import org.eclipse.ui.services.IServiceLocator;
import org.eclipse.ui.statushandlers.StatusManager;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.filing.Filing;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.filing.FolderDrag;
import org.heliogram.ui.filing.FolderRules;
import org.heliogram.ui.messages.MessageSelection;

/** Takes dragged messages on folders of any account, and folders on others of their account or on that itself. */
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
    Object dragged = LocalSelectionTransfer.getTransfer().getSelection();
    return dragged instanceof MessageSelection selection ? target instanceof Folder folder && directory().takes(folder, selection.account())
        && (operation == DND.DROP_COPY || removable(selection) && !folder.key().equals(selection.folder()))
        : destination(dragged, target).isPresent();
  }

  private boolean removable(MessageSelection selection) {
    return directory().folder(selection.folder()).filter(FolderRules::canRemoveFrom).isPresent();
  }

  private FolderDirectory directory() {
    return services.getService(FolderDirectory.class);
  }

  private Optional<FolderPath> destination(Object dragged, Object target) {
    return dragged instanceof IStructuredSelection one && one.getFirstElement() instanceof Folder folder
        ? FolderDrag.destination(dragged, target, directory().all(folder.account())) : Optional.empty();
  }

  @Override
  public boolean performDrop(Object data) {
    Optional<FolderPath> to = destination(data, getCurrentTarget());
    if (to.isPresent()) {
      return done(() -> new Filing(services).rename((Folder) ((IStructuredSelection) data).getFirstElement(), to.get()));
    }
    if (!(data instanceof MessageSelection selection) || !(getCurrentTarget() instanceof Folder folder)) {
      return false;
    }
    var triage = new Triage(services.getService(MailService.class), directory());
    return done(() -> triage.put(selection, folder, getCurrentOperation() != DND.DROP_COPY));
  }

  private interface Wish {
    void fulfil() throws ExecutionException;
  }

  private static boolean done(Wish wish) {
    try {
      wish.fulfil();
      return true;
    } catch (ExecutionException e) {
      StatusManager.getManager().handle(Status.error(e.getMessage(), e), StatusManager.LOG | StatusManager.SHOW);
      return false;
    }
  }
}
