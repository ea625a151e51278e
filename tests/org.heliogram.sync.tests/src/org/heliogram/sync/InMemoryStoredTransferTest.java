/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.core.store.MailStore;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.TransferContract;

class InMemoryStoredTransferTest extends TransferContract {
  @Override
  protected MailStore create() {
    return new InMemoryMailStore();
  }
}
