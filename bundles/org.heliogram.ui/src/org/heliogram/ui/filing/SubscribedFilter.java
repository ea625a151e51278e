/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.IStateListener;
import org.eclipse.core.commands.State;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.handlers.RegistryToggleState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;

/** Shows folders the user subscribed to and those on the way to them; the inbox always. The choice is the command's state. */
public final class SubscribedFilter extends ViewerFilter {
  private static final String COMMAND = "org.heliogram.ui.folder.onlySubscribed"; //$NON-NLS-1$

  /** Follows the command as long as the viewer lives. */
  public static void install(TreeViewer viewer) {
    Command command = PlatformUI.getWorkbench().getService(ICommandService.class).getCommand(COMMAND);
    State state = command.getState(RegistryToggleState.STATE_ID);
    var filter = new SubscribedFilter();
    IStateListener listener = (changed, before) -> apply(viewer, filter, Boolean.TRUE.equals(changed.getValue()));
    state.addListener(listener);
    viewer.getControl().addDisposeListener(event -> state.removeListener(listener));
    apply(viewer, filter, Boolean.TRUE.equals(state.getValue()));
  }

  private static void apply(TreeViewer viewer, ViewerFilter filter, boolean wanted) {
    if (wanted) {
      viewer.addFilter(filter);
    } else {
      viewer.removeFilter(filter);
    }
  }

  @Override
  public boolean select(Viewer viewer, Object parent, Object element) {
    return !(element instanceof Folder folder) || shown(folder, (ITreeContentProvider) ((TreeViewer) viewer).getContentProvider());
  }

  private static boolean shown(Folder folder, ITreeContentProvider content) {
    if (folder.subscribed() || folder.role() == FolderRole.INBOX) {
      return true;
    }
    for (Object child : content.getChildren(folder)) {
      if (child instanceof Folder inner && shown(inner, content)) {
        return true;
      }
    }
    return false;
  }

  /** Turns it on and off. */
  public static final class Toggle extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
      HandlerUtil.toggleCommandState(event.getCommand());
      return null;
    }
  }
}
