/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/** Prints what is still to be sent, oldest first. */
final class ChangesCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("changes", Set.of(), Set.of("account"), 0, 0, Messages.Usage_changes); //$NON-NLS-1$ //$NON-NLS-2$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    Places places = Places.read(desk.store());
    Map<FolderKey, String> names = new HashMap<>();
    places.accounts().forEach(account -> places.folders().get(account.id()).forEach(folder -> names.put(folder.key(), new Places.Place(account, folder).name())));
    for (Account account : places.chosen(arguments)) {
      Map<Long, Map<String, Object>> queue = desk.store().read(reader -> objects(reader, account, names));
      queue.values().forEach(object -> desk.output().result(() -> "%s  %d  %-12s  %6d  %s  %s".formatted(object.get("since"), //$NON-NLS-1$ //$NON-NLS-2$
          object.get("attempts"), object.get("what"), object.get("messages"), object.get("folder"), object.get("waiting")).stripTrailing(), () -> object)); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
    }
    return Status.DONE;
  }

  /** @param names of folders: messages can come from another account */
  private static Map<Long, Map<String, Object>> objects(StoreReader reader, Account account, Map<FolderKey, String> names) throws StoreException {
    var objects = new LinkedHashMap<Long, Map<String, Object>>();
    for (Queued entry : reader.queue(account.id())) {
      var object = new LinkedHashMap<String, Object>();
      object.put("sequence", entry.sequence()); //$NON-NLS-1$
      object.put("account", account.label()); //$NON-NLS-1$
      object.put("what", what(entry.operation())); //$NON-NLS-1$
      object.put("folder", names.getOrDefault(entry.source(), "")); //$NON-NLS-1$ //$NON-NLS-2$
      object.put("messages", entry.messages().size()); //$NON-NLS-1$
      object.put("since", entry.since().toString()); //$NON-NLS-1$
      object.put("attempts", entry.attempts()); //$NON-NLS-1$
      object.put("waiting", entry.waiting().orElse("")); //$NON-NLS-1$ //$NON-NLS-2$
      objects.put(entry.sequence(), object);
    }
    return objects;
  }

  /** Words for scripts, the same in every language. */
  private static String what(Operation operation) {
    return switch (operation) {
      case Operation.ChangeFlags o -> "flag"; //$NON-NLS-1$
      case Operation.Move o -> "move"; //$NON-NLS-1$
      case Operation.Copy o -> "copy"; //$NON-NLS-1$
      case Operation.Transfer o -> o.removing() ? "move" : "copy"; //$NON-NLS-1$ //$NON-NLS-2$
      case Operation.Delete o -> "delete"; //$NON-NLS-1$
      case Operation.CreateFolder o -> "create"; //$NON-NLS-1$
      case Operation.RenameFolder o -> "rename"; //$NON-NLS-1$
      case Operation.DeleteFolder o -> "delete-folder"; //$NON-NLS-1$
      case Operation.Subscribe o -> o.subscribed() ? "subscribe" : "unsubscribe"; //$NON-NLS-1$ //$NON-NLS-2$
    };
  }
}
