/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.jface.viewers.IPostSelectionProvider;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.swt.widgets.Display;

/** Tells the workbench which messages are selected: at once for commands, and a moment later, when the selection stays, for the Message view. */
public final class SelectionSource implements IPostSelectionProvider {
  private static final int POST_AFTER_MILLIS = 100;
  private final Display display;
  private final Consumer<MessageSelection> requested;
  private final ListenerList<ISelectionChangedListener> listeners = new ListenerList<>();
  private final ListenerList<ISelectionChangedListener> postListeners = new ListenerList<>();
  private final Runnable post = () -> fire(postListeners);
  private MessageSelection selection = MessageSelection.nothing();

  /** @param requested somebody asks for this selection */
  public SelectionSource(Display display, Consumer<MessageSelection> requested) {
    this.display = Objects.requireNonNull(display);
    this.requested = Objects.requireNonNull(requested);
  }

  /** Another selection was made. */
  public void changed(MessageSelection now) {
    if (!now.equals(selection)) {
      selection = now;
      fire(listeners);
      display.timerExec(POST_AFTER_MILLIS, post);
    }
  }

  /** No more events. */
  public void dispose() {
    display.timerExec(-1, post);
    listeners.clear();
    postListeners.clear();
  }

  private void fire(ListenerList<ISelectionChangedListener> to) {
    var event = new SelectionChangedEvent(this, selection);
    to.forEach(listener -> listener.selectionChanged(event));
  }

  @Override
  public MessageSelection getSelection() {
    return selection;
  }

  @Override
  public void setSelection(ISelection wanted) {
    if (wanted instanceof MessageSelection messages) {
      requested.accept(messages);
    }
  }

  @Override
  public void addSelectionChangedListener(ISelectionChangedListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeSelectionChangedListener(ISelectionChangedListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addPostSelectionChangedListener(ISelectionChangedListener listener) {
    postListeners.add(listener);
  }

  @Override
  public void removePostSelectionChangedListener(ISelectionChangedListener listener) {
    postListeners.remove(listener);
  }
}
