/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.MailService;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.undoing.MailUndo;

/**
 * Turns a selection and a wish into operations with undo. A selection of up to {@link Operation#LIMIT} messages is one small write on
 * the UI thread; a larger one is done in slices by a job with progress, so that nothing waits; it is one step of undo all the same.
 */
final class Triage {
  private final MailService service;
  private final FolderDirectory folders;

  Triage(MailService service, FolderDirectory folders) {
    this.service = service;
    this.folders = folders;
  }

  void flag(MessageSelection selection, FlagChange change, String label) throws ExecutionException {
    var loaded = selection.summaries();
    if (loaded.size() == selection.keys().size()) {
      flag(selection.account(), differing(loaded, change), change, label);
    } else {
      // Nobody knows which of them had these flags before, so the opposite would change more than was done.
      perform(label, selection.keys(), some -> new Operation.ChangeFlags(selection.account(), some, change), some -> Optional.empty());
    }
  }

  /** @param messages such as the change touches: undo gives all of them the opposite */
  void flag(AccountId account, List<MessageKey> messages, FlagChange change, String label) throws ExecutionException {
    perform(label, messages, some -> new Operation.ChangeFlags(account, some, change),
        some -> Optional.of(new Operation.ChangeFlags(account, some, change.inverse())));
  }

  /** Only what the change touches, so that undo does not change more than was done. */
  private static List<MessageKey> differing(List<MessageSummary> rows, FlagChange change) {
    return rows.stream().filter(row -> !row.flags().equals(row.flags().with(change))).map(MessageSummary::key).toList();
  }

  void move(MessageSelection selection, FolderKey to, String label) throws ExecutionException {
    if (!to.equals(selection.folder())) {
      perform(label, selection.keys(), some -> new Operation.Move(selection.account(), some, to),
          some -> Optional.of(new Operation.Move(selection.account(), some, selection.folder())));
    }
  }

  /** Moves or copies to a folder of any account. */
  void put(MessageSelection selection, Folder to, boolean moving) throws ExecutionException {
    String place = to.account().equals(selection.account()) ? FolderNames.name(to)
        : NLS.bind(Messages.Transfer_place, FolderNames.name(to), folders.account(to.account()).map(Account::label).orElse("")); //$NON-NLS-1$
    put(selection, to, moving, NLS.bind(moving ? Messages.Move_to : Messages.Copy_to, place));
  }

  /** What another account has taken cannot be taken back any more: nobody knows what became of it there. */
  void put(MessageSelection selection, Folder to, boolean moving, String label) throws ExecutionException {
    if (!to.account().equals(selection.account())) {
      perform(label, selection.keys(), some -> new Operation.Transfer(to.account(), some, to.key(), moving), some -> Optional.empty());
    } else if (moving) {
      move(selection, to.key(), label);
    } else {
      perform(label, selection.keys(), some -> new Operation.Copy(selection.account(), some, to.key()), some -> Optional.empty());
    }
  }

  void deleteForever(MessageSelection selection, String label) throws ExecutionException {
    perform(label, selection.keys(), some -> new Operation.Delete(selection.account(), some), some -> Optional.empty());
  }

  /** Where delete moves to; empty where deleting means for good: in the trash, and where there is none. */
  Optional<Folder> trashFor(MessageSelection selection) {
    return folders.folder(selection.account(), FolderRole.TRASH).filter(trash -> !trash.key().equals(selection.folder()));
  }

  /** What deleting means for the account. */
  Deletion deletion(MessageSelection selection) {
    return folders.account(selection.account()).map(account -> account.options().deletion()).orElse(Deletion.TO_TRASH);
  }

  /** Whether the messages are in the trash already. */
  boolean isTrash(MessageSelection selection) {
    return folders.folder(selection.folder()).filter(folder -> folder.role() == FolderRole.TRASH).isPresent();
  }

  /** Whether a trash can be made on the server. */
  boolean canMakeTrash(MessageSelection selection) {
    return folders.folder(selection.folder()).filter(folder -> folder.keeping() == Keeping.MIRRORED).isPresent();
  }

  /** Whether the account's folders have been read: before that "no trash" means nothing. */
  boolean knowsFolders(MessageSelection selection) {
    return folders.account(selection.account()).isPresent();
  }

  private interface Slice {
    Operation of(List<MessageKey> messages);
  }

  private interface Opposite {
    Optional<Operation> of(List<MessageKey> messages);
  }

  private void perform(String label, List<MessageKey> messages, Slice slice, Opposite opposite) throws ExecutionException {
    if (messages.isEmpty()) {
      return;
    }
    var undo = new MailUndo(service, label, slices(messages).stream().map(some -> new MailUndo.Step(slice.of(some), ticket -> opposite.of(some))).toList());
    if (!undo.isLong()) {
      undo.perform(history(), null);
      return;
    }
    String task = NLS.bind(Messages.Perform_job, label, messages.size());
    Job job = Job.create(task, (ICoreRunnable) monitor -> {
      try {
        undo.perform(history(), SubMonitor.convert(monitor, task, 1).split(1));
      } catch (ExecutionException e) {
        throw new CoreException(Status.error(e.getMessage(), e));
      }
    });
    job.setUser(false);
    job.schedule();
  }

  private static List<List<MessageKey>> slices(List<MessageKey> messages) {
    var slices = new ArrayList<List<MessageKey>>();
    for (int from = 0; from < messages.size(); from += Operation.LIMIT) {
      slices.add(messages.subList(from, Math.min(messages.size(), from + Operation.LIMIT)));
    }
    return slices;
  }

  private static IOperationHistory history() {
    return PlatformUI.getWorkbench().getOperationSupport().getOperationHistory();
  }
}
