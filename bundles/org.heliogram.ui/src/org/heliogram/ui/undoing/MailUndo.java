/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.undoing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.commands.operations.ObjectUndoContext;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.StoreException;

/**
 * One step of the platform's operation history, of one operation or, for very many messages, of several. Undo withdraws what no server
 * has seen from the queue, the last first; for the rest it queues the opposite, where there is one.
 */
public final class MailUndo extends AbstractOperation {
  /** What all mail commands undo in: the list, the folders and the open message share one history. */
  public static final IUndoContext CONTEXT = new ObjectUndoContext(MailUndo.class, Messages.Undo_context);

  /** An operation and, asked for when it is needed, what takes it back once a server has done it. */
  public record Step(Operation operation, Function<Ticket, Optional<Operation>> opposite) {}

  private final MailService service;
  private final List<Step> steps;
  private final List<Ticket> tickets = new ArrayList<>(); // of the steps done, in their order; owned by the history, which does one thing at a time

  public MailUndo(MailService service, String label, Operation operation, Optional<Operation> opposite) {
    this(service, label, List.of(new Step(operation, ticket -> opposite)));
  }

  public MailUndo(MailService service, String label, List<Step> steps) {
    super(label);
    this.service = service;
    this.steps = List.copyOf(steps);
    addContext(CONTEXT);
  }

  /** Whether it is too much for the UI thread. */
  public boolean isLong() {
    return steps.size() > 1;
  }

  /** Does it and remembers it for undo; what was done before it was cancelled is remembered too. Any thread. */
  public void perform(IOperationHistory history, IProgressMonitor monitor) throws ExecutionException {
    IStatus status = history.execute(this, monitor, null);
    if (!status.isOK()) {
      throw new ExecutionException(status.getMessage(), status.getException());
    }
  }

  /** The folders that were made. */
  public List<FolderKey> created() {
    return tickets.stream().flatMap(ticket -> ticket.created().stream()).toList();
  }

  @Override
  public IStatus execute(IProgressMonitor monitor, IAdaptable info) {
    tickets.clear();
    SubMonitor progress = SubMonitor.convert(monitor, steps.size());
    try {
      for (Step step : steps) {
        if (progress.isCanceled()) {
          break;
        }
        tickets.add(service.perform(step.operation()));
        progress.worked(1);
      }
      return Status.OK_STATUS;
    } catch (StoreException e) {
      takeBack();
      return Status.error(NLS.bind(Messages.Perform_failed, getLabel()), e);
    }
  }

  /** All or nothing, as far as that can be: what is still queued goes. */
  private void takeBack() {
    try {
      undoAll(SubMonitor.convert(null));
    } catch (StoreException e) {
      ILog.of(MailUndo.class).warn("half of a change stays", e); //$NON-NLS-1$
    }
  }

  @Override
  public IStatus undo(IProgressMonitor monitor, IAdaptable info) {
    try {
      return undoAll(SubMonitor.convert(monitor, Math.max(1, tickets.size()))) ? Status.OK_STATUS
          : Status.error(NLS.bind(Messages.Undo_tooLate, getLabel()));
    } catch (StoreException e) {
      return Status.error(NLS.bind(Messages.Undo_failed, getLabel()), e);
    }
  }

  /** @return whether all of it was */
  private boolean undoAll(SubMonitor progress) throws StoreException {
    boolean all = true;
    for (int i = tickets.size() - 1; i >= 0; i--) {
      all &= undo(tickets.get(i), steps.get(i));
      progress.worked(1);
    }
    return all;
  }

  private boolean undo(Ticket ticket, Step step) throws StoreException {
    if (!ticket.sequences().isEmpty() && service.undo(ticket)) {
      return true;
    }
    Optional<Operation> opposite = step.opposite().apply(ticket);
    if (opposite.isPresent()) {
      service.perform(opposite.get());
    }
    return opposite.isPresent();
  }

  @Override
  public IStatus redo(IProgressMonitor monitor, IAdaptable info) {
    return execute(monitor, info);
  }
}
