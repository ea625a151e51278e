/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.ModelServer.Box;
import org.heliogram.testing.ModelServer.Mail;
import org.heliogram.testing.ModelServer.Moment;

/** A connection to a {@link ModelServer}. */
final class ModelBackend implements Backend {
  private static final int TOGETHER = 3;
  private static final long LIMIT = 10_000_000;
  private final ModelServer server;
  private final ModelServer.Deltas deltas;
  private final Map<String, Stood> stood = new HashMap<>(); // by folder, when they were listed; what is changed from here empties it
  private boolean alive = true;

  private record Stood(SyncCursor cursor, int size) {}

  ModelBackend(ModelServer server, ModelServer.Deltas deltas) {
    this.server = server;
    this.deltas = deltas;
  }

  @Override
  public Optional<Duration> signInDelay() {
    return server.signInDelay();
  }

  private void at(String call, Moment moment, IProgressMonitor monitor) throws MailException {
    if (monitor.isCanceled()) {
      alive = false;
      throw new OperationCanceledException();
    }
    if (!alive) {
      throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "connection is closed", null);
    }
    try {
      server.at(call, moment);
    } catch (MailException.Unreachable | MailException.Malformed e) {
      alive = false;
      throw e;
    }
  }

  private Box box(RemoteFolder folder) throws MailException {
    return server.box(folder).filter(box -> box.folder.selectable()).orElseThrow(() -> new MailException.Refused("no folder", "no such mailbox", null));
  }

  private static boolean stale(Box box, SyncCursor cursor) {
    return !cursor.value().startsWith(box.validity + ":");
  }

  @Override
  public Set<Feature> features() {
    boolean mirrored = server.folders().stream().anyMatch(f -> f.keeping() == Keeping.MIRRORED);
    return mirrored ? EnumSet.allOf(Feature.class) : EnumSet.noneOf(Feature.class);
  }

  @Override
  public List<RemoteFolder> folders(IProgressMonitor monitor) throws MailException {
    at("folders", Moment.BEFORE, monitor);
    synchronized (server) {
      stood.clear();
      for (RemoteFolder folder : server.folders()) {
        server.box(folder).filter(box -> deltas != ModelServer.Deltas.NONE && !server.hidesMessages())
            .ifPresent(box -> stood.put(folder.name(), new Stood(ModelNews.cursor(box, ""), box.mails.size())));
      }
      return server.folders();
    }
  }

  @Override
  public boolean unchanged(RemoteFolder folder, Known known) {
    Stood then = stood.get(folder.name());
    return then != null && known.cursor().equals(Optional.of(then.cursor())) && known.size() == then.size();
  }

  @Override
  public Optional<RemoteFolder> perform(FolderCommand command, IProgressMonitor monitor) throws MailException {
    String call = "perform " + command.getClass().getSimpleName();
    at(call, Moment.BEFORE, monitor);
    Optional<RemoteFolder> now;
    synchronized (server) {
      now = switch (command) {
        case FolderCommand.Create create -> Optional.of(server.create(create.path()));
        case FolderCommand.Rename rename -> Optional.of(renamed(rename));
        case FolderCommand.Delete delete -> {
          if (!server.loseFolder(delete.folder().name())) {
            throw new MailException.Refused("NO", "there are folders in it", null);
          }
          yield server.named(delete.folder().name());
        }
        case FolderCommand.Subscribe subscribe -> {
          if (!server.subscribe(subscribe.folder().name(), subscribe.subscribed())) {
            throw new MailException.Refused("NO", "no such mailbox", null);
          }
          yield server.named(subscribe.folder().name());
        }
      };
    }
    at(call, Moment.AFTER, monitor);
    return now;
  }

  private RemoteFolder renamed(FolderCommand.Rename rename) throws MailException {
    boolean there = server.named(rename.folder().name()).isPresent();
    boolean done = !there && server.named(rename.to().text()).isPresent();
    if (!done && !server.rename(rename.folder().name(), rename.to().text())) {
      throw new MailException.Refused("NO", there ? "there is one of that name" : "no such mailbox", null);
    }
    return server.named(rename.to().text()).orElseThrow();
  }

  @Override
  public News news(RemoteFolder folder, Known known, IProgressMonitor monitor) throws MailException, StoreException {
    at("news", Moment.BEFORE, monitor);
    synchronized (server) {
      return new ModelNews(server, box(folder), known, deltas).read();
    }
  }

  @Override
  public void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
      throws MailException, StoreException {
    at("fetch", Moment.BEFORE, monitor);
    for (RemoteId id : ids) {
      Mail mail;
      synchronized (server) {
        Box box = box(folder);
        if (stale(box, cursor)) {
          throw new MailException.Stale("renumbered");
        }
        mail = box.mails.get(Long.valueOf(id.value()));
      }
      at("fetch", Moment.HALFWAY, monitor);
      if (mail == null) {
        sink.gone(id);
      } else if (depth == Depth.ENVELOPE) {
        sink.envelope(new FetchedMessage(id, mail.flags(), mail.received(), mail.content().length, mail.header(), false));
      } else {
        give(id, mail, depth, sink);
      }
      monitor.worked(1);
    }
    at("fetch", Moment.AFTER, monitor);
  }

  private static void give(RemoteId id, Mail mail, Depth depth, Sink sink) throws MailException, StoreException {
    BodyState state = depth == Depth.WHOLE ? BodyState.WHOLE : BodyState.PARTIAL;
    try {
      sink.body(id, state, mail.received(), new ByteArrayInputStream(mail.content()));
    } catch (IOException e) {
      throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "reading", e);
    }
  }

  @Override
  public Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) throws MailException {
    String call = "perform " + operation.getClass().getSimpleName();
    stood.clear();
    at(call, Moment.BEFORE, monitor);
    Map<RemoteId, RemoteId> receipt;
    synchronized (server) {
      Box box = box(operation.folder());
      if (stale(box, operation.cursor())) {
        throw new MailException.Stale("renumbered");
      }
      receipt = switch (operation) {
        case RemoteOperation.Store store -> {
          uids(store).forEach(uid -> box.change(uid, store.change()));
          yield Map.of();
        }
        case RemoteOperation.Copy copy -> copy(box, copy, box(copy.to()));
        case RemoteOperation.Move move -> move(call, box, move, monitor);
        case RemoteOperation.Expunge expunge -> {
          uids(expunge).forEach(uid -> server.delete(box, uid));
          yield Map.of();
        }
      };
    }
    at(call, Moment.AFTER, monitor);
    return receipt;
  }

  private Map<RemoteId, RemoteId> move(String call, Box box, RemoteOperation.Move move, IProgressMonitor monitor) throws MailException {
    Map<RemoteId, RemoteId> receipt = copy(box, move, box(move.to()));
    if (!server.kind.atomic) {
      at(call, Moment.HALFWAY, monitor);
    }
    uids(move).forEach(uid -> server.delete(box, uid));
    return receipt;
  }

  private Map<RemoteId, RemoteId> copy(Box box, RemoteOperation operation, Box to) {
    var receipt = new LinkedHashMap<RemoteId, RemoteId>();
    for (long uid : uids(operation)) {
      Mail mail = box.mails.get(uid);
      if (mail != null) {
        receipt.put(RemoteId.of(uid), RemoteId.of(to.add(mail)));
      }
    }
    return server.kind.receipts ? receipt : Map.of();
  }

  /** One after the other, or where things happen at once all together. Each is there before its receipt is told. */
  @Override
  public void append(RemoteFolder folder, Optional<SyncCursor> cursor, List<Upload> messages, Upload.Receipt receipt, IProgressMonitor monitor)
      throws MailException {
    int together = server.kind.atomic ? TOGETHER : 1;
    for (int from = 0; from < messages.size(); from += together) {
      at("append", Moment.BEFORE, monitor);
      List<Upload> some = messages.subList(from, Math.min(messages.size(), from + together));
      List<Optional<RemoteId>> ids = append(folder, cursor, some);
      at("append", Moment.AFTER, monitor);
      for (int i = 0; i < some.size(); i++) {
        receipt.stored(from + i, ids.get(i));
        monitor.worked(1);
      }
    }
  }

  private List<Optional<RemoteId>> append(RemoteFolder folder, Optional<SyncCursor> cursor, List<Upload> some) throws MailException {
    synchronized (server) {
      Box box = box(folder);
      if (folder.keeping() != Keeping.MIRRORED) {
        throw new MailException.Refused("NO", "nothing can be put into a maildrop", null);
      }
      var mails = new ArrayList<Mail>();
      for (Upload one : some) {
        mails.add(mail(one));
      }
      boolean told = server.kind.receipts && cursor.filter(known -> !stale(box, known)).isPresent();
      return mails.stream().map(box::arrive).map(uid -> told ? Optional.of(RemoteId.of(uid)) : Optional.<RemoteId>empty()).toList();
    }
  }

  private static Mail mail(Upload upload) throws MailException {
    try {
      byte[] content = upload.content().bytes(LIMIT);
      if (content.length != upload.content().sizeInBytes()) {
        throw new IOException("too short");
      }
      String name = new String(content, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElse("Subject: ");
      return new Mail(name.substring("Subject: ".length()), upload.flags(), upload.received(), content);
    } catch (IOException e) {
      throw new MailException.Malformed("content cannot be read", e);
    }
  }

  private static List<Long> uids(RemoteOperation operation) {
    return operation.ids().stream().map(id -> Long.valueOf(id.value())).toList();
  }

  @Override
  public List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) throws MailException {
    at("find", Moment.BEFORE, monitor);
    synchronized (server) {
      return box(folder).mails.descendingMap().entrySet().stream().filter(e -> messageIdHeader.equals("<" + e.getValue().name() + "@example.org>"))
          .map(e -> RemoteId.of(e.getKey())).toList();
    }
  }

  @Override
  public boolean alive() {
    return alive;
  }

  @Override
  public void close() {
    alive = false;
  }
}
