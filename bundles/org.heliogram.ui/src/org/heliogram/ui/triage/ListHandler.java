/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Optional;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.store.MailStore;

/** Goes about in the message list: {@code :nextUnread}, {@code :previousUnread}, {@code :selectAll}, {@code :find}. */
public final class ListHandler extends AbstractHandler implements IExecutableExtension {
  private String what;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    what = String.valueOf(data);
  }

  @Override
  public Object execute(ExecutionEvent event) throws ExecutionException {
    var window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
    Optional<MessageListControl> list = list(window.getActivePage());
    if (list.isEmpty()) {
      return null;
    }
    var search = new ListSearch(window.getService(MailStore.class), list.get(), window.getShell().getDisplay());
    switch (what) {
      case "nextUnread" -> search.unread(true); //$NON-NLS-1$
      case "previousUnread" -> search.unread(false); //$NON-NLS-1$
      case "selectAll" -> list.get().selectAll(); //$NON-NLS-1$
      case "find" -> new FindDialog(window.getShell(), search).open(); //$NON-NLS-1$
      default -> throw new ExecutionException("no list command " + what); //$NON-NLS-1$
    }
    return null;
  }

  static Optional<MessageListControl> list(IWorkbenchPage page) {
    IViewPart view = page == null ? null : page.findView("org.heliogram.ui.messages"); //$NON-NLS-1$
    return view == null ? Optional.empty() : Optional.ofNullable(view.getAdapter(MessageListControl.class));
  }
}
