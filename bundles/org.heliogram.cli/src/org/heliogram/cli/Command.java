/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** One thing a script can ask for. */
interface Command {
  Syntax syntax();

  /** @return {@link Status#DONE}, or why not, which was then said already */
  Status run(Arguments arguments, Desk desk) throws CommandException, MailException, StoreException, CredentialException, IOException;
}
