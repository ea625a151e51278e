/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Control;
import org.heliogram.ui.messages.MessageSelection;

/** Lets selected messages be dragged, within Heliogram: move, or copy with the platform's modifier key. */
public final class MessageDrag extends DragSourceAdapter {
  private final ISelectionProvider provider;

  private MessageDrag(ISelectionProvider provider) {
    this.provider = provider;
  }

  /** Makes a control a source; ends with the control. */
  public static void install(Control control, ISelectionProvider provider) {
    var source = new DragSource(control, DND.DROP_MOVE | DND.DROP_COPY);
    source.setTransfer(new Transfer[] {LocalSelectionTransfer.getTransfer()});
    source.addDragListener(new MessageDrag(provider));
  }

  @Override
  public void dragStart(DragSourceEvent event) {
    event.doit = provider.getSelection() instanceof MessageSelection selection && !selection.isEmpty();
    if (event.doit) {
      LocalSelectionTransfer.getTransfer().setSelection(provider.getSelection());
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
}
