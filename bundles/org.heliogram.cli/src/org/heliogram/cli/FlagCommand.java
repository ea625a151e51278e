/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.StoreException;

/** Sets and clears flags. */
final class FlagCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("flag", Set.of("offline"), Set.of("add", "remove"), 1, Integer.MAX_VALUE, Messages.Usage_flag); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    Optional<String> add = arguments.option("add"); //$NON-NLS-1$
    Optional<String> remove = arguments.option("remove"); //$NON-NLS-1$
    if (add.isEmpty() && remove.isEmpty()) {
      throw CommandException.usage(Messages.Flag_nothing);
    }
    var change = new FlagChange(add.isPresent() ? FlagNames.parse(add.get()) : Flags.NONE,
        remove.isPresent() ? FlagNames.parse(remove.get()) : Flags.NONE);
    List<MessageSummary> messages = Places.messages(desk.store(), arguments.others());
    return ChangeRun.run(messages,
        (account, some) -> new Operation.ChangeFlags(account, some.stream().map(MessageSummary::key).toList(), change),
        arguments.has("offline"), desk); //$NON-NLS-1$
  }
}
