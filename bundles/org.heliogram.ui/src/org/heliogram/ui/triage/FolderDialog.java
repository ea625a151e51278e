/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.List;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.ElementListSelectionDialog;
import org.eclipse.ui.dialogs.FilteredList;
import org.heliogram.core.model.Folder;
import org.heliogram.ui.FolderNames;

/** Chooses a folder with type-ahead: every word typed must occur in the path, in any order. */
final class FolderDialog extends ElementListSelectionDialog {
  FolderDialog(Shell shell, String title, List<Folder> folders) {
    super(shell, new FolderLabels());
    setTitle(title);
    setMessage(Messages.FolderDialog_message);
    setElements(folders.toArray());
    setMultipleSelection(false);
    setIgnoreCase(true);
    setEmptyListMessage(Messages.FolderDialog_none);
    setEmptySelectionMessage(""); //$NON-NLS-1$
  }

  /** The choice, after {@code open()} returned OK. */
  Folder folder() {
    return (Folder) getFirstResult();
  }

  @Override
  protected FilteredList createFilteredList(Composite parent) {
    FilteredList list = super.createFilteredList(parent);
    list.setFilterMatcher(new WordMatcher(FolderDialog::searched));
    return list;
  }

  private static String searched(Object element) {
    Folder folder = (Folder) element;
    return FolderNames.path(folder) + ' ' + folder.path().text();
  }

  @Override
  protected Control createDialogArea(Composite parent) {
    Control area = super.createDialogArea(parent);
    getShell().setMinimumSize(360, 420);
    return area;
  }

  private static final class FolderLabels extends LabelProvider {
    @Override
    public String getText(Object element) {
      return FolderNames.path((Folder) element);
    }

    @Override
    public Image getImage(Object element) {
      return FolderImages.of((Folder) element);
    }
  }
}
