/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;

/** Bytes written by {@link MailStore#stage}, not yet part of the store. A transaction that names them makes them durable first. */
public interface StagedBody extends Body {
  @Override
  BodyState state();
}
