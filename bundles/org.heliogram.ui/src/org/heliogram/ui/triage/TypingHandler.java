/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;

/**
 * Cuts ({@code :cut}) and pastes ({@code :paste}) in a field that is typed into. The platform's own handlers are enabled everywhere, and do
 * nothing on lists of messages and in texts that can only be read.
 */
public final class TypingHandler extends AbstractHandler implements IExecutableExtension {
  private boolean paste;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    paste = "paste".equals(data); //$NON-NLS-1$
  }

  /** Asked whenever a menu opens. */
  @Override
  public boolean isEnabled() {
    Display display = Display.getCurrent();
    return display != null && isTypedInto(display.getFocusControl());
  }

  static boolean isTypedInto(Control control) {
    return control instanceof Text text && text.getEditable() || control instanceof StyledText styled && styled.getEditable()
        || control instanceof Combo;
  }

  @Override
  public Object execute(ExecutionEvent event) {
    switch (Display.getCurrent().getFocusControl()) {
      case Text text -> edit(text::cut, text::paste);
      case StyledText text -> edit(text::cut, text::paste);
      case Combo combo -> edit(combo::cut, combo::paste);
      case null, default -> { } // the focus went elsewhere meanwhile
    }
    return null;
  }

  private void edit(Runnable cut, Runnable pasted) {
    (paste ? pasted : cut).run();
  }
}
