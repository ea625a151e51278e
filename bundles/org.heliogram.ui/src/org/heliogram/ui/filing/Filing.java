/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.IServiceLocator;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.undoing.MailUndo;

/** Turns wishes about folders into operations with undo: each is one small write. UI thread. */
public final class Filing {
  private final MailService service;
  private final FolderDirectory folders;

  public Filing(IServiceLocator services) {
    this(services.getService(MailService.class), services.getService(FolderDirectory.class));
  }

  Filing(MailService service, FolderDirectory folders) {
    this.service = service;
    this.folders = folders;
  }

  /** @return the new folder */
  public Optional<FolderKey> create(AccountId account, FolderPath path, FolderRole role) throws ExecutionException {
    var undo = new MailUndo(service, NLS.bind(Messages.Create_label, path.name()),
        List.of(new MailUndo.Step(new Operation.CreateFolder(account, path, role), this::opposite)));
    perform(undo);
    return undo.created().stream().findFirst();
  }

  /** A folder that was made is taken back only while nothing is in it. */
  private Optional<Operation> opposite(Ticket ticket) {
    return ticket.created().stream().findFirst().flatMap(folders::folder).filter(made -> made.total() == 0 && below(made).isEmpty())
        .map(made -> new Operation.DeleteFolder(made.account(), made.key()));
  }

  /** Gives a folder another name or another place. */
  public void rename(Folder folder, FolderPath to) throws ExecutionException {
    boolean stays = to.parent().equals(folder.path().parent());
    step(stays ? NLS.bind(Messages.Rename_label, FolderNames.name(folder)) : NLS.bind(Messages.Move_label, FolderNames.name(folder)),
        new Operation.RenameFolder(folder.account(), folder.key(), to),
        Optional.of(new Operation.RenameFolder(folder.account(), folder.key(), folder.path())));
  }

  void subscribe(Folder folder, boolean subscribed) throws ExecutionException {
    step(NLS.bind(subscribed ? Messages.Subscribe_label : Messages.Unsubscribe_label, FolderNames.name(folder)),
        new Operation.Subscribe(folder.account(), folder.key(), subscribed),
        Optional.of(new Operation.Subscribe(folder.account(), folder.key(), !subscribed)));
  }

  /** With everything in it. */
  void delete(Folder folder) throws ExecutionException {
    var steps = new ArrayList<MailUndo.Step>();
    for (Folder each : withFolders(folder)) {
      steps.add(new MailUndo.Step(new Operation.DeleteFolder(each.account(), each.key()), ticket -> Optional.empty()));
    }
    perform(new MailUndo(service, NLS.bind(Messages.Delete_label, FolderNames.name(folder)), steps));
  }

  /** The folder and those in it, the innermost first. */
  List<Folder> withFolders(Folder folder) {
    var all = new ArrayList<>(below(folder));
    all.sort(Comparator.comparing((Folder each) -> each.path().segments().size()).reversed());
    all.add(folder);
    return all;
  }

  private List<Folder> below(Folder folder) {
    return folders.all(folder.account()).stream().filter(other -> other.path().within(folder.path()) && !other.key().equals(folder.key())).toList();
  }

  private void step(String label, Operation operation, Optional<Operation> opposite) throws ExecutionException {
    perform(new MailUndo(service, label, operation, opposite));
  }

  private static void perform(MailUndo undo) throws ExecutionException {
    undo.perform(PlatformUI.getWorkbench().getOperationSupport().getOperationHistory(), null);
  }
}
