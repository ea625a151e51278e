/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.heliogram.core.backend.MailException;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Who is told how work goes on, and may do what is more urgent in between. Called on the account's worker. */
interface Course {
  /** Hears nothing, has nothing urgent. */
  Course ALONE = new Course() {
    @Override
    public void at(Phase phase, String folder, int done, int total) {}

    @Override
    public void pause() {}
  };

  /** @param folder display name; empty for none. @param total 0 where not known */
  void at(Phase phase, String folder, int done, int total);

  /** Between two batches: nothing is half done, the connection is free. */
  void pause() throws MailException, StoreException, CredentialException;

  /** Between two folders: the same, and no folder is half read. */
  default void between() throws MailException, StoreException, CredentialException {
    pause();
  }
}
