/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Optional;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.store.Query;

/** What commands may ask of the message list; a part that shows one adapts to it. UI thread only. */
public interface MessageListControl {
  /** What is shown; empty while no folder is open. */
  Optional<Query> query();

  /** The rows, in order. */
  MessageKeys keys();

  /** The row with the focus. */
  Optional<MessageKey> focus();

  /** Selects a row, scrolls to it and shows the message. */
  void reveal(MessageKey message);

  void selectAll();
}
