/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.handlers.HandlerUtil;

/** Commands of the view: {@code :withdraw}, {@code :tryNow}, {@code :show}, {@code :dismiss}; {@code :takeAway} is the first or the last, as fits. */
public final class OutgoingHandler extends AbstractHandler implements IExecutableExtension {
  private String what;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    what = String.valueOf(data);
  }

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    if (!(HandlerUtil.getActivePartChecked(event) instanceof OutgoingView view)) {
      return null;
    }
    List<OutgoingRow> selected = rows(HandlerUtil.getCurrentStructuredSelection(event));
    switch (what) {
      case "withdraw" -> view.actions().withdraw(selected); //$NON-NLS-1$
      case "tryNow" -> view.actions().tryNow(selected.isEmpty() ? view.all() : selected); //$NON-NLS-1$
      case "show" -> view.actions().show(selected); //$NON-NLS-1$
      case "dismiss" -> view.actions().dismiss(selected); //$NON-NLS-1$
      case "takeAway" -> { //$NON-NLS-1$
        view.actions().withdraw(selected);
        view.actions().dismiss(selected);
      }
      default -> throw new ExecutionException("no command " + what); //$NON-NLS-1$
    }
    return null;
  }

  static List<OutgoingRow> rows(IStructuredSelection selection) {
    return Stream.of(selection.toArray()).filter(OutgoingRow.class::isInstance).map(OutgoingRow.class::cast).toList();
  }
}
