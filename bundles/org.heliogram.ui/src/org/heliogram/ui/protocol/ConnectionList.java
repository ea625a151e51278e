/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.ui.Icons;

/** An account's connections, newest first. The chosen one stays chosen; else the newest is. UI thread only. */
final class ConnectionList {
  private final Table table;
  private final LogText words;
  private final Consumer<Optional<Dialogue>> chosen;
  private final ResourceManager images;
  private List<Dialogue> dialogues = List.of();
  private Optional<Long> wanted = Optional.empty(); // by the user

  ConnectionList(Composite parent, LogText words, Consumer<Optional<Dialogue>> chosen) {
    this.words = words;
    this.chosen = chosen;
    table = new Table(parent, SWT.SINGLE | SWT.V_SCROLL | SWT.H_SCROLL);
    images = new LocalResourceManager(JFaceResources.getResources(), table);
    table.addListener(SWT.Selection, event -> {
      wanted = selected().map(Dialogue::id);
      chosen.accept(selected());
    });
    table.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        if (event.childID == ACC.CHILDID_SELF) {
          event.result = Messages.Log_connections;
        }
      }
    });
  }

  private Optional<Dialogue> selected() {
    int at = table.getSelectionIndex();
    return at < 0 || at >= dialogues.size() ? Optional.empty() : Optional.of(dialogues.get(at));
  }

  void show(List<Dialogue> now) {
    dialogues = now;
    table.setItemCount(now.size());
    int at = now.isEmpty() ? -1 : 0;
    for (int i = 0; i < now.size(); i++) {
      Dialogue dialogue = now.get(i);
      TableItem item = table.getItem(i);
      String title = words.title(dialogue);
      if (!title.equals(item.getText())) {
        item.setText(title);
      }
      item.setImage(images.create(Icons.of(dialogue.open() ? "obj16/connection-open" : "obj16/connection-ended"))); //$NON-NLS-1$ //$NON-NLS-2$
      if (wanted.filter(id -> id == dialogue.id()).isPresent()) {
        at = i;
      }
    }
    table.setSelection(at);
    chosen.accept(selected());
  }

  void setFocus() {
    table.setFocus();
  }
}
