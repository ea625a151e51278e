/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.StoreException;

/** Makes, renames, deletes and subscribes to folders: the words after "folders". */
final class FolderChange {
  private final Places places;
  private final Desk desk;

  FolderChange(Places places, Desk desk) {
    this.places = places;
    this.desk = desk;
  }

  Status run(Arguments arguments) throws CommandException, StoreException {
    List<String> words = arguments.others();
    String verb = words.get(0);
    int wanted = verb.equals("rename") ? 3 : 2; //$NON-NLS-1$
    if (!List.of("create", "rename", "delete", "subscribe", "unsubscribe").contains(verb)) { //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      throw CommandException.usage(NLS.bind(Messages.Folder_unknownVerb, verb));
    }
    if (words.size() != wanted) {
      throw CommandException.usage(NLS.bind(words.size() < wanted ? Messages.Usage_tooFew : Messages.Usage_tooMany, "folders " + verb, //$NON-NLS-1$
          words.get(words.size() - 1)));
    }
    return verb.equals("create") ? create(words.get(1), arguments) : change(verb, words, arguments); //$NON-NLS-1$
  }

  private Status create(String name, Arguments arguments) throws CommandException, StoreException {
    Account account = places.account(FolderPath.unescape(before(name)));
    FolderPath path = path(name);
    if (path.parent().isPresent() && find(account.id(), path.parent().get()).isEmpty()) {
      throw CommandException.failed(NLS.bind(Messages.Folder_noParent, name));
    }
    return perform(account, new Operation.CreateFolder(account.id(), path), name, arguments);
  }

  private Status change(String verb, List<String> words, Arguments arguments) throws CommandException, StoreException {
    Places.Place place = places.folder(words.get(1));
    Account account = place.account();
    Folder folder = place.folder();
    if (!folder.changeable()) {
      throw CommandException.failed(NLS.bind(Messages.Folder_fixed, place.name()));
    }
    if (verb.endsWith("subscribe") && folder.keeping() != Keeping.MIRRORED) { //$NON-NLS-1$
      throw CommandException.failed(NLS.bind(Messages.Folder_here, place.name()));
    }
    return switch (verb) {
      case "rename" -> perform(account, new Operation.RenameFolder(account.id(), folder.key(), renamed(account, words.get(2))), words.get(2), arguments); //$NON-NLS-1$
      case "delete" -> delete(place, arguments); //$NON-NLS-1$
      default -> perform(account, new Operation.Subscribe(account.id(), folder.key(), verb.equals("subscribe")), place.name(), arguments); //$NON-NLS-1$
    };
  }

  private FolderPath renamed(Account account, String name) throws CommandException {
    if (!places.account(FolderPath.unescape(before(name))).id().equals(account.id())) {
      throw CommandException.failed(NLS.bind(Messages.Folder_otherAccount, name));
    }
    return path(name);
  }

  /** A script has nobody to ask, so messages go only with a word that says so. */
  private Status delete(Places.Place place, Arguments arguments) throws CommandException, StoreException {
    Folder folder = place.folder();
    boolean inner = places.folders().get(place.account().id()).stream()
        .anyMatch(other -> other.path().within(folder.path()) && !other.key().equals(folder.key()));
    if (inner) {
      throw CommandException.failed(NLS.bind(Messages.Folder_hasFolders, place.name()));
    }
    if (folder.total() > 0 && !arguments.has("forever")) { //$NON-NLS-1$
      throw CommandException.failed(NLS.bind(Messages.Folder_hasMessages, place.name(), folder.total()));
    }
    return perform(place.account(), new Operation.DeleteFolder(place.account().id(), folder.key()), place.name(), arguments);
  }

  private Status perform(Account account, Operation operation, String name, Arguments arguments) throws StoreException, CommandException {
    Optional<Folder> visited = places.folders().get(account.id()).stream().filter(folder -> folder.role() == FolderRole.INBOX).findFirst();
    if (visited.isEmpty()) {
      throw CommandException.failed(NLS.bind(Messages.Folder_fixed, name));
    }
    boolean here = visited.get().keeping() != Keeping.MIRRORED; // There is no server to tell.
    Status status = ChangeRun.run(operation, visited.get().key(), here || arguments.has("offline"), desk); //$NON-NLS-1$
    int waiting = desk.store().read(reader -> reader.queue(account.id())).size();
    desk.output().result(() -> waiting == 0 ? NLS.bind(Messages.Folder_done, name) : NLS.bind(Messages.Folder_queued, name, waiting), () -> {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("folder", name); //$NON-NLS-1$
      object.put("waiting", waiting); //$NON-NLS-1$
      return object;
    });
    return status;
  }

  private Optional<Folder> find(AccountId account, FolderPath path) {
    return places.folders().get(account).stream().filter(folder -> folder.path().equals(path)).findFirst();
  }

  private static String before(String name) throws CommandException {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1 || name.endsWith("/") || name.contains("//")) { //$NON-NLS-1$ //$NON-NLS-2$
      throw CommandException.usage(NLS.bind(Messages.Place_notAFolderName, name));
    }
    return name.substring(0, slash);
  }

  private static FolderPath path(String name) throws CommandException {
    return FolderPath.parse(name.substring(before(name).length() + 1));
  }
}
