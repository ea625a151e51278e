/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import org.eclipse.osgi.util.NLS;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.ServiceEvent;

/** Says which change a server refused, that it was taken back, and the server's own words. */
final class RefusalText {
  private RefusalText() {}

  static String of(ServiceEvent.OperationRefused refused, String account) {
    String what = switch (refused.operation()) {
      case Operation.ChangeFlags o -> Messages.Refusal_flags;
      case Operation.Move o -> Messages.Refusal_move;
      case Operation.Copy o -> Messages.Refusal_copy;
      case Operation.Delete o -> Messages.Refusal_delete;
    };
    int count = refused.operation().messages().size();
    String messages = count == 1 ? Messages.Refusal_oneMessage : NLS.bind(Messages.Refusal_messages, Integer.toString(count));
    String said = NLS.bind(what, account, messages);
    return refused.why().isEmpty() ? said : NLS.bind(Messages.Refusal_serverSays, said, refused.why());
  }
}
