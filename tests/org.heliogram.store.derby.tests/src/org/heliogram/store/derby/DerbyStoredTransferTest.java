/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.nio.file.Path;
import org.heliogram.core.model.Account;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.TransferContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of transfers on Derby. One database for all cases, emptied between them: making one takes a second. */
class DerbyStoredTransferTest extends TransferContract {
  @TempDir
  private static Path home;
  private static DerbyMailStore store;

  @BeforeAll
  static void openOnce() {
    store = new DerbyMailStore(home);
  }

  @AfterAll
  static void closeOnce() {
    store.close();
  }

  @Override
  protected MailStore create() throws StoreException {
    store.write(writer -> {
      for (Account account : writer.accounts()) {
        writer.remove(account.id());
      }
      return null;
    });
    return store;
  }
}
