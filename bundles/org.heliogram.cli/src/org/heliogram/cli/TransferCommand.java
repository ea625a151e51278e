/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.List;
import java.util.Set;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.StoreException;

/** Moves or copies messages to another folder of their account. */
final class TransferCommand implements Command {
  /** Makes the operation. */
  private interface Kind {
    Operation of(AccountId account, List<MessageKey> messages, FolderKey to);
  }

  private final String name;
  private final String usage;
  private final Kind kind;
  private final boolean removing;

  private TransferCommand(String name, String usage, Kind kind, boolean removing) {
    this.removing = removing;
    this.name = name;
    this.usage = usage;
    this.kind = kind;
  }

  static TransferCommand move() {
    return new TransferCommand("move", Messages.Usage_move, Operation.Move::new, true); //$NON-NLS-1$
  }

  static TransferCommand copy() {
    return new TransferCommand("copy", Messages.Usage_copy, Operation.Copy::new, false); //$NON-NLS-1$
  }

  @Override
  public Syntax syntax() {
    return new Syntax(name, Set.of("offline"), Set.of("to"), 1, Integer.MAX_VALUE, usage); //$NON-NLS-1$ //$NON-NLS-2$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    Places.Place to = Places.read(desk.store()).folder(arguments.required("to")); //$NON-NLS-1$
    if (!to.folder().selectable()) {
      throw CommandException.failed(NLS.bind(Messages.Place_notSelectable, to.name()));
    }
    List<MessageSummary> messages = Places.messages(desk.store(), arguments.others());
    AccountId there = to.account().id();
    return ChangeRun.run(messages, (account, some) -> {
      List<MessageKey> keys = some.stream().map(MessageSummary::key).toList();
      return account.equals(there) ? kind.of(account, keys, to.folder().key()) : new Operation.Transfer(there, keys, to.folder().key(), removing);
    }, arguments.has("offline"), desk); //$NON-NLS-1$
  }
}
