/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.MessageSummary;

/** Where exported messages go. Nothing that is there already is overwritten; {@link #finish} makes the result appear whole. */
interface Export extends AutoCloseable {
  void add(MessageSummary message, Body body) throws IOException;

  /** Everything was added. */
  void finish() throws IOException;

  /** Takes away what was not finished. */
  @Override
  void close() throws IOException;
}
