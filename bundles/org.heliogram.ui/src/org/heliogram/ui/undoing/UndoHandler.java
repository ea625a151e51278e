/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.undoing;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.HandlerEvent;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.commands.operations.IOperationHistoryListener;
import org.eclipse.core.commands.operations.IUndoableOperation;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.statushandlers.StatusManager;

/** Undoes the last mail command ({@code :undo}) or does it again ({@code :redo}). */
public final class UndoHandler extends AbstractHandler implements IExecutableExtension {
  private final IOperationHistoryListener listener = event -> {
    if (event.getOperation().hasContext(MailUndo.CONTEXT)) {
      fireHandlerChanged(new HandlerEvent(this, true, false));
    }
  };
  private boolean redo;

  public UndoHandler() {
    history().addOperationHistoryListener(listener);
  }

  @Override
  public void dispose() {
    history().removeOperationHistoryListener(listener);
    super.dispose();
  }

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    redo = "redo".equals(data); //$NON-NLS-1$
  }

  @Override
  public boolean isEnabled() {
    IOperationHistory history = history();
    return redo ? history.canRedo(MailUndo.CONTEXT) : history.canUndo(MailUndo.CONTEXT);
  }

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    IOperationHistory history = history();
    IUndoableOperation next = redo ? history.getRedoOperation(MailUndo.CONTEXT) : history.getUndoOperation(MailUndo.CONTEXT);
    if (next instanceof MailUndo undo && undo.isLong()) {
      String task = NLS.bind(redo ? Messages.Undo_again : Messages.Undo_back, undo.getLabel());
      Job.create(task, monitor -> {
        try {
          return run(SubMonitor.convert(monitor, task, 1).split(1));
        } catch (ExecutionException e) {
          return Status.error(e.getMessage(), e);
        }
      }).schedule();
    } else {
      IStatus status = run(null);
      if (status.getSeverity() == IStatus.ERROR) {
        StatusManager.getManager().handle(status, StatusManager.SHOW | StatusManager.LOG);
      }
    }
    return null;
  }

  private IStatus run(IProgressMonitor monitor) throws ExecutionException {
    return redo ? history().redo(MailUndo.CONTEXT, monitor, null) : history().undo(MailUndo.CONTEXT, monitor, null);
  }

  private static IOperationHistory history() {
    return PlatformUI.getWorkbench().getOperationSupport().getOperationHistory();
  }
}
