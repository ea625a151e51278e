/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.Map;
import java.util.Set;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Removes an account and everything of it on this machine; nothing on the server. */
final class RemoveAccountCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("remove-account", Set.of(), Set.of("account"), 0, 1, Messages.Usage_removeAccount); //$NON-NLS-1$ //$NON-NLS-2$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException, CredentialException {
    String name = arguments.others().isEmpty() ? arguments.required("account") : arguments.others().get(0); //$NON-NLS-1$
    Account account = Places.read(desk.store()).account(name);
    desk.service().remove(account.id(), desk.monitor());
    desk.output().result(() -> NLS.bind(Messages.Account_removed, account.label()), () -> Map.of("removed", account.label())); //$NON-NLS-1$
    return Status.DONE;
  }
}
