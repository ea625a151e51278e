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
      case Operation.Transfer o -> o.removing() ? Messages.Refusal_move : Messages.Refusal_copy;
      case Operation.Delete o -> Messages.Refusal_delete;
      case Operation.CreateFolder o -> Messages.Refusal_createFolder;
      case Operation.RenameFolder o -> Messages.Refusal_renameFolder;
      case Operation.DeleteFolder o -> Messages.Refusal_deleteFolder;
      case Operation.Subscribe o -> Messages.Refusal_subscribe;
    };
    String said = NLS.bind(what, account, subject(refused.operation()));
    return refused.why().isEmpty() ? said : NLS.bind(Messages.Refusal_serverSays, said, refused.why());
  }

  private static String subject(Operation operation) {
    return switch (operation) {
      case Operation.OnMessages some -> some.messages().size() == 1 ? Messages.Refusal_oneMessage
          : NLS.bind(Messages.Refusal_messages, Integer.toString(some.messages().size()));
      case Operation.CreateFolder create -> create.path().name();
      case Operation.RenameFolder rename -> rename.to().name();
      case Operation.OnFolder other -> ""; //$NON-NLS-1$ // the sentence names none
    };
  }
}
