/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.core.expressions.PropertyTester;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Protocol;

/**
 * {@code org.heliogram.ui.account.server}: whether an account has servers that can be set; the demo mailbox has none.
 * {@code org.heliogram.ui.account.mirrored}: whether its mail lives on the server, so that it can be chosen what is kept here.
 * {@code org.heliogram.ui.account.maildrop}: whether its mail is taken from a maildrop (RFC 1939).
 */
public final class AccountTester extends PropertyTester {
  @Override
  public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
    return receiver instanceof Account account
        && switch (property) {
          case "mirrored" -> account.protocol() == Protocol.IMAP; //$NON-NLS-1$
          case "maildrop" -> account.protocol() == Protocol.POP3; //$NON-NLS-1$
          default -> account.protocol() != Protocol.DEMO;
        };
  }
}
