/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Optional;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.commands.operations.ObjectUndoContext;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.StoreException;

/**
 * One step of the platform's operation history. Undo withdraws the operation from the queue while no server has seen it; after that it
 * queues the opposite, where there is one.
 */
final class MailUndo extends AbstractOperation {
  /** What all mail commands undo in: the list, the folders and the open message share one history. */
  static final IUndoContext CONTEXT = new ObjectUndoContext(MailUndo.class, Messages.Undo_context);

  private final MailService service;
  private final Operation operation;
  private final Optional<Operation> opposite;
  private Ticket ticket;

  MailUndo(MailService service, String label, Operation operation, Optional<Operation> opposite) {
    super(label);
    this.service = service;
    this.operation = operation;
    this.opposite = opposite;
    addContext(CONTEXT);
  }

  /** Does it and remembers it for undo. Any thread. */
  void perform(IOperationHistory history) throws ExecutionException {
    IStatus status = history.execute(this, null, null);
    if (!status.isOK()) {
      throw new ExecutionException(status.getMessage(), status.getException());
    }
  }

  @Override
  public IStatus execute(IProgressMonitor monitor, IAdaptable info) {
    try {
      ticket = service.perform(operation);
      return Status.OK_STATUS;
    } catch (StoreException e) {
      return Status.error(NLS.bind(Messages.Perform_failed, getLabel()), e);
    }
  }

  @Override
  public IStatus undo(IProgressMonitor monitor, IAdaptable info) {
    try {
      if (!ticket.sequences().isEmpty() && service.undo(ticket)) {
        return Status.OK_STATUS;
      }
      if (opposite.isEmpty()) {
        return Status.error(NLS.bind(Messages.Undo_tooLate, getLabel()));
      }
      service.perform(opposite.get());
      return Status.OK_STATUS;
    } catch (StoreException e) {
      return Status.error(NLS.bind(Messages.Undo_failed, getLabel()), e);
    }
  }

  @Override
  public IStatus redo(IProgressMonitor monitor, IAdaptable info) {
    return execute(monitor, info);
  }
}
