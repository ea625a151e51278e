/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.store.StoreException;

/** Prints the accounts. */
final class AccountsCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("accounts", Set.of(), Set.of(), 0, 0, Messages.Usage_accounts); //$NON-NLS-1$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws StoreException {
    for (Account account : Places.read(desk.store()).accounts()) {
      desk.output().result(() -> line(account), () -> object(account));
    }
    return Status.DONE;
  }

  private static String line(Account account) {
    Endpoint in = account.incoming();
    return "%s\t%s\t%s\t%s:%d\t%s".formatted(account.label(), account.address(), account.protocol().id(), in.host(), in.port(), //$NON-NLS-1$
        in.security().name().toLowerCase(Locale.ROOT));
  }

  private static Map<String, Object> object(Account account) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("account", account.label()); //$NON-NLS-1$
    object.put("id", account.id()); //$NON-NLS-1$
    object.put("protocol", account.protocol().id()); //$NON-NLS-1$
    object.put("name", account.personName()); //$NON-NLS-1$
    object.put("address", account.address()); //$NON-NLS-1$
    object.put("incoming", object(account.incoming())); //$NON-NLS-1$
    object.put("submission", account.submission().map(AccountsCommand::object)); //$NON-NLS-1$
    return object;
  }

  private static Map<String, Object> object(Endpoint endpoint) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("host", endpoint.host()); //$NON-NLS-1$
    object.put("port", endpoint.port()); //$NON-NLS-1$
    object.put("security", endpoint.security().name().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
    object.put("user", endpoint.user()); //$NON-NLS-1$
    return object;
  }
}
