/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;

/** What "Delete" does, and which folder is for what. */
public final class DeletingPage extends AccountPage {
  private static final List<FolderRole> ROLES = List.of(FolderRole.TRASH, FolderRole.SENT, FolderRole.DRAFTS, FolderRole.ARCHIVE, FolderRole.JUNK);
  private final Map<Deletion, Button> deletions = new EnumMap<>(Deletion.class);
  private final Map<FolderRole, RoleChoice> roles = new EnumMap<>(FolderRole.class);

  public DeletingPage() {
    super(2);
  }

  @Override
  void fill(Composite area) {
    words(area, Messages.Deleting_intro);
    for (Deletion deletion : Deletion.values()) {
      var button = new Button(area, SWT.RADIO);
      button.setText(name(deletion));
      button.setSelection(account().options().deletion() == deletion);
      GridDataFactory.swtDefaults().span(2, 1).applyTo(button);
      deletions.put(deletion, button);
    }
    words(area, Messages.Deleting_roles);
    for (FolderRole role : ROLES) {
      var label = new Label(area, SWT.NONE);
      label.setText(FolderNames.role(role) + ':');
      roles.put(role, new RoleChoice(area, role, account().options().roles().get(role), account().protocol() == Protocol.IMAP));
    }
    new StoreReads(services().store(), UiThread.background("heliogram folders of an account"), new UiThread(area)) //$NON-NLS-1$
        .read(reader -> reader.folders(account().id()), folders -> roles.values().forEach(choice -> choice.offer(folders)),
            trouble -> setMessage(TroubleText.of(trouble, account().label())));
  }

  private static void words(Composite area, String said) {
    var label = new Label(area, SWT.WRAP);
    label.setText(said);
    GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).span(2, 1).indent(0, 6).applyTo(label);
  }

  private static String name(Deletion deletion) {
    return switch (deletion) {
      case TO_TRASH -> Messages.Deleting_toTrash;
      case MARK -> Messages.Deleting_mark;
      case FOR_GOOD -> Messages.Deleting_forGood;
    };
  }

  @Override
  Check check() {
    return Check.FINE;
  }

  @Override
  UnaryOperator<Account> edit() {
    Deletion deletion = deletions.entrySet().stream().filter(each -> each.getValue().getSelection()).map(Map.Entry::getKey).findFirst()
        .orElse(Deletion.TO_TRASH);
    Map<FolderRole, String> chosen = new EnumMap<>(FolderRole.class);
    roles.forEach((role, choice) -> choice.remoteName().ifPresent(name -> chosen.put(role, name)));
    return old -> {
      Map<FolderRole, String> all = new EnumMap<>(FolderRole.class);
      all.putAll(old.options().roles());
      ROLES.forEach(all::remove);
      all.putAll(chosen);
      return old.withOptions(old.options().withDeletion(deletion).withRoles(all));
    };
  }
}
