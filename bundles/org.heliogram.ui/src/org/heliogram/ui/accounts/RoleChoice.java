/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;

/** Which folder is for one purpose: the one the server says, or one of the user's choice. UI thread only. */
final class RoleChoice {
  private final FolderRole role;
  private final boolean server;
  private final Combo combo;
  private final List<String> names = new ArrayList<>(); // of the items after the first
  private String chosen; // null: as the server says

  /** @param chosen what the server calls the folder; null: as the server says; @param server whether there is one that says it */
  RoleChoice(Composite area, FolderRole role, String chosen, boolean server) {
    this.server = server;
    this.role = role;
    this.chosen = chosen;
    combo = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(combo);
    combo.setEnabled(false); // until the folders have been read
    combo.addListener(SWT.Selection, event -> this.chosen = combo.getSelectionIndex() <= 0 ? null : names.get(combo.getSelectionIndex() - 1));
  }

  void offer(List<Folder> folders) {
    String now = folders.stream().filter(folder -> folder.role() == role).map(folder -> folder.path().text()).findFirst().orElse(Messages.Deleting_none);
    String unchosen = server ? Messages.Deleting_server : Messages.Deleting_usual;
    combo.add(chosen == null ? NLS.bind(server ? Messages.Deleting_serverFound : Messages.Deleting_usualFound, now) : unchosen);
    for (Folder folder : folders) {
      if (folder.selectable() && !folder.remoteName().isEmpty() && folder.role() != FolderRole.INBOX) {
        names.add(folder.remoteName());
        combo.add(folder.path().text());
      }
    }
    combo.select(chosen == null ? 0 : names.indexOf(chosen) + 1);
    combo.setEnabled(true);
  }

  /** Empty: as the server says. */
  Optional<String> remoteName() {
    return Optional.ofNullable(chosen);
  }
}
