/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.store.StoreException;

/** Prints the folders with the names that other commands take. */
final class FoldersCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("folders", Set.of("forever", "offline"), Set.of("account"), 0, 3, Messages.Usage_folders); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    Places places = Places.read(desk.store());
    if (!arguments.others().isEmpty()) {
      return new FolderChange(places, desk).run(arguments);
    }
    for (Account account : places.chosen(arguments)) {
      for (Folder folder : places.folders().get(account.id())) {
        var place = new Places.Place(account, folder);
        desk.output().result(() -> "%6d %6d  %s".formatted(folder.total(), folder.unread(), place.name()), () -> object(place)); //$NON-NLS-1$
      }
    }
    return Status.DONE;
  }

  private static Map<String, Object> object(Places.Place place) {
    Folder folder = place.folder();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("folder", place.name()); //$NON-NLS-1$
    object.put("account", place.account().label()); //$NON-NLS-1$
    object.put("path", folder.path().text()); //$NON-NLS-1$
    object.put("role", folder.role().name().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
    object.put("keeping", folder.keeping().name().toLowerCase(Locale.ROOT)); //$NON-NLS-1$
    object.put("selectable", folder.selectable()); //$NON-NLS-1$
    object.put("subscribed", folder.subscribed()); //$NON-NLS-1$
    object.put("total", folder.total()); //$NON-NLS-1$
    object.put("unread", folder.unread()); //$NON-NLS-1$
    return object;
  }
}
