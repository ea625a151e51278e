/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;

/** Sends what is queued and fetches what is new. One account in trouble does not keep the others waiting. */
final class SyncCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax("sync", Set.of(), Set.of("account", "folder", "bodies"), 0, 0, Messages.Usage_sync); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  @Override
  public Status run(Arguments arguments, Desk desk) throws CommandException, StoreException {
    var bodies = arguments.choice("bodies", Set.of(SyncRequest.Bodies.values())).orElse(SyncRequest.Bodies.POLICY); //$NON-NLS-1$
    Places places = Places.read(desk.store());
    List<Account> accounts = places.chosen(arguments);
    Optional<FolderKey> folder = Optional.empty();
    if (arguments.option("folder").isPresent()) { //$NON-NLS-1$
      Places.Place place = places.folder(arguments.required("folder")); //$NON-NLS-1$
      if (!accounts.contains(place.account())) {
        throw CommandException.usage(NLS.bind(Messages.Sync_otherAccount, place.name()));
      }
      accounts = List.of(place.account());
      folder = Optional.of(place.folder().key());
    }
    if (accounts.isEmpty()) {
      desk.output().note(Messages.Sync_noAccount);
    }
    Status status = Status.DONE;
    for (Account account : accounts) {
      status = status.and(sync(account, new SyncRequest(account.id(), folder, bodies), desk));
    }
    return status;
  }

  private static Status sync(Account account, SyncRequest request, Desk desk) {
    Subscription watching = desk.service().observe(event -> show(account, event, desk));
    try {
      SyncResult result = desk.service().synchronise(request, desk.monitor());
      desk.output().result(() -> line(account, result), () -> object(account, result));
      result.refused().forEach(reason -> desk.output().note(NLS.bind(Messages.Sync_refused, account.label(), reason)));
      return result.refused().isEmpty() ? Status.DONE : Status.FAILED;
    } catch (MailException | StoreException | CredentialException | OperationCanceledException e) {
      Trouble trouble = Trouble.of(e).of(account.label());
      desk.output().note(trouble.sentence());
      return trouble.status();
    } finally {
      watching.close();
    }
  }

  private static void show(Account account, ServiceEvent event, Desk desk) {
    switch (event) {
      case ServiceEvent.ActivityChanged e -> {
        if (e.account().equals(account.id())) {
          desk.output().progress(progress(account, desk.service().activity(account.id())));
        }
      }
      case ServiceEvent.MailArrived e -> { }
      case ServiceEvent.OperationRefused e -> desk.output().note(NLS.bind(Messages.Change_refused, account.label(), e.why()));
    }
  }

  private static String progress(Account account, Activity activity) {
    String phase = switch (activity.phase()) {
      case IDLE -> ""; //$NON-NLS-1$
      case CONNECTING -> Messages.Progress_connecting;
      case SENDING_CHANGES -> Messages.Progress_sending;
      case READING_FOLDERS -> Messages.Progress_folders;
      case FETCHING_HEADERS -> Messages.Progress_headers;
      case FETCHING_BODIES -> Messages.Progress_bodies;
    };
    String count = activity.total() > 0 ? " " + activity.done() + "/" + activity.total() : ""; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    return account.label() + " " + activity.folder() + " " + phase + count; //$NON-NLS-1$ //$NON-NLS-2$
  }

  private static String line(Account account, SyncResult result) {
    return NLS.bind(Messages.Sync_done, new Object[] {account.label(), result.folders(), result.added(), result.changed(), result.removed(),
        result.bodies(), result.operations()});
  }

  private static Map<String, Object> object(Account account, SyncResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("account", account.label()); //$NON-NLS-1$
    object.put("folders", result.folders()); //$NON-NLS-1$
    object.put("added", result.added()); //$NON-NLS-1$
    object.put("changed", result.changed()); //$NON-NLS-1$
    object.put("removed", result.removed()); //$NON-NLS-1$
    object.put("bodies", result.bodies()); //$NON-NLS-1$
    object.put("operations", result.operations()); //$NON-NLS-1$
    object.put("refused", result.refused()); //$NON-NLS-1$
    return object;
  }
}
