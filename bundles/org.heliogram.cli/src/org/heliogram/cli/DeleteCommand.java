/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.StoreException;

/** Moves messages to the trash of their account, or deletes them for good when told so. */
final class DeleteCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("delete", Set.of("forever", "offline"), Set.of(), 1, Integer.MAX_VALUE, Messages.Usage_delete); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    List<MessageSummary> messages = Places.messages(desk.store(), arguments.others());
    boolean forever = arguments.has("forever"); //$NON-NLS-1$
    Places places = Places.read(desk.store());
    Map<AccountId, FolderKey> trash = forever ? Map.of() : trash(messages, places);
    return ChangeRun.run(messages, (account, some) -> switch (forever ? Deletion.FOR_GOOD : places.deletion(account)) {
      case FOR_GOOD -> new Operation.Delete(account, keys(some));
      case MARK -> new Operation.ChangeFlags(account, keys(some), FlagChange.set(Flag.DELETED));
      case TO_TRASH -> new Operation.Move(account, keys(some), trash.get(account));
    }, arguments.has("offline"), desk); //$NON-NLS-1$
  }

  /** The trash of each account that wants deleted messages there. */
  private static Map<AccountId, FolderKey> trash(List<MessageSummary> messages, Places places) throws CommandException {
    Map<AccountId, FolderKey> trash = new HashMap<>();
    for (MessageSummary message : messages) {
      if (places.deletion(message.account()) != Deletion.TO_TRASH) {
        continue;
      }
      Optional<Folder> folder = places.trash(message.account());
      if (folder.isEmpty()) {
        throw CommandException.failed(NLS.bind(Messages.Delete_noTrash, message.key()));
      }
      if (folder.get().key().equals(message.folder())) {
        throw CommandException.failed(NLS.bind(Messages.Delete_inTrash, message.key()));
      }
      trash.put(message.account(), folder.get().key());
    }
    return trash;
  }

  private static List<MessageKey> keys(List<MessageSummary> messages) {
    return messages.stream().map(MessageSummary::key).toList();
  }
}
