/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.Optional;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.handlers.HandlerUtil;
import org.heliogram.core.model.Account;

/** The one account that a command is about. */
final class AccountSelection {
  private AccountSelection() {}

  static Optional<Account> of(ExecutionEvent event) {
    IStructuredSelection selection = HandlerUtil.getCurrentStructuredSelection(event);
    return selection.size() == 1 ? Optional.ofNullable(Adapters.adapt(selection.getFirstElement(), Account.class)) : Optional.empty();
  }
}
