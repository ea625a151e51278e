/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.ElementListSelectionDialog;
import org.eclipse.ui.dialogs.FilteredList;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.filing.FolderDirectory;

/**
 * Chooses a folder with type-ahead: every word typed must occur in the path or in the account, in any order. Folders used last come first,
 * then those of the messages' own account, then those of the others, which are named.
 */
final class FolderDialog extends ElementListSelectionDialog {
  private final FolderDirectory directory;
  private final Map<String, Integer> places = new HashMap<>(); // of labels in the list

  FolderDialog(Shell shell, String title, FolderDirectory directory, AccountId own, List<Folder> folders, List<FolderKey> recent) {
    super(shell, new FolderLabels(directory, own));
    this.directory = directory;
    setTitle(title);
    setMessage(Messages.FolderDialog_message);
    List<Folder> sorted = folders.stream().sorted(Comparator.comparingInt(folder -> place(folder, recent))).toList();
    sorted.forEach(folder -> places.put(label(directory, own, folder), places.size()));
    setElements(sorted.toArray());
    setMultipleSelection(false);
    setIgnoreCase(true);
    setEmptyListMessage(Messages.FolderDialog_none);
    setEmptySelectionMessage(""); //$NON-NLS-1$
  }

  private static int place(Folder folder, List<FolderKey> recent) {
    int at = recent.indexOf(folder.key());
    return at < 0 ? recent.size() : at;
  }

  /** The choice, after {@code open()} returned OK. */
  Folder folder() {
    return (Folder) getFirstResult();
  }

  @Override
  protected FilteredList createFilteredList(Composite parent) {
    FilteredList list = super.createFilteredList(parent);
    list.setFilterMatcher(new WordMatcher(this::searched));
    list.setComparator(Comparator.comparing(label -> places.getOrDefault(label, places.size())));
    return list;
  }

  private String searched(Object element) {
    Folder folder = (Folder) element;
    return FolderNames.path(folder) + ' ' + folder.path().text() + ' ' + account(directory, folder);
  }

  @Override
  protected Control createDialogArea(Composite parent) {
    Control area = super.createDialogArea(parent);
    getShell().setMinimumSize(360, 420);
    return area;
  }

  static String label(FolderDirectory directory, AccountId own, Folder folder) {
    String path = FolderNames.path(folder);
    return folder.account().equals(own) ? path : NLS.bind(Messages.FolderDialog_other, path, account(directory, folder));
  }

  private static String account(FolderDirectory directory, Folder folder) {
    return directory.account(folder.account()).map(Account::label).orElse(""); //$NON-NLS-1$
  }

  private static final class FolderLabels extends LabelProvider {
    private final FolderDirectory directory;
    private final AccountId own;

    FolderLabels(FolderDirectory directory, AccountId own) {
      this.directory = directory;
      this.own = own;
    }

    @Override
    public String getText(Object element) {
      return label(directory, own, (Folder) element);
    }

    @Override
    public Image getImage(Object element) {
      return FolderImages.of((Folder) element);
    }
  }
}
