/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import org.eclipse.core.expressions.PropertyTester;

/** For the enablement of commands: {@code withdrawable}, {@code refused}, {@code messages} (whether there are any to show). */
public final class OutgoingTester extends PropertyTester {
  @Override
  public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
    return switch (property) {
      case "withdrawable" -> receiver instanceof OutgoingRow.Waiting row && row.withdrawable(); //$NON-NLS-1$
      case "refused" -> receiver instanceof OutgoingRow.Refused; //$NON-NLS-1$
      case "messages" -> receiver instanceof OutgoingRow row && !row.messages().isEmpty(); //$NON-NLS-1$
      default -> false;
    };
  }
}
