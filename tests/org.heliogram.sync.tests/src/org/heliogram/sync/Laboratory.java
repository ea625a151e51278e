/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.testing.InMemoryCredentials;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelServer;
import org.heliogram.testing.PlainCodec;

/** One account on a model server, and the parts that bring it up to date, without any job. */
final class Laboratory {
  static final NullProgressMonitor MONITOR = new NullProgressMonitor();
  final ModelServer server;
  final MailStore store;
  final AccountId id = AccountId.create();
  final Account account;
  final Connection connection;
  final Ports ports;
  final ActivityBoard board = new ActivityBoard(System::nanoTime);

  Laboratory(ModelServer.Kind kind, Keeping keeping) throws Exception {
    this(kind, keeping, new InMemoryMailStore(), BodyPolicy.DEFAULT);
  }

  Laboratory(ModelServer.Kind kind, Keeping keeping, MailStore store, BodyPolicy bodies) throws Exception {
    this.server = new ModelServer(kind).folder("INBOX", FolderRole.INBOX, keeping);
    this.store = store;
    if (keeping == Keeping.MIRRORED) {
      server.folder("Archive", FolderRole.ARCHIVE, keeping);
    }
    account = new Account(id, "Lab " + id, "", "", Protocol.IMAP, new Endpoint("localhost", 993, Security.TLS, "lab"), Optional.empty(),
        new AccountOptions(Duration.ZERO, false, bodies));
    var credentials = new InMemoryCredentials();
    credentials.put(id, Purpose.INCOMING, new Credentials("secret"));
    Map<String, Backend.Factory> factories = Connection.factories();
    factories.put("imap", server);
    ports = new Ports(store, new PlainCodec(), credentials, factories, Clock.systemUTC(), new Random(1));
    connection = new Connection(account, factories, credentials);
    store.<Void>write(w -> {
      w.put(account);
      w.folders(id, connectionless());
      return null;
    });
  }

  private List<org.heliogram.core.backend.RemoteFolder> connectionless() throws StoreException {
    try {
      return server.open(account, new Credentials("secret"), MONITOR).folders(MONITOR);
    } catch (org.heliogram.core.backend.MailException e) {
      throw new StoreException("listing", e);
    }
  }

  Visit visit() {
    return new Visit(ports, connection, Course.ALONE, board);
  }

  FolderSync.Result read(String path) throws Exception {
    return new FolderSync(store, ports.codec(), connection, Course.ALONE).run(key(path), MONITOR);
  }

  void send() throws Exception {
    visit().sendChanges(MONITOR);
  }

  Folder folder(String path) throws StoreException {
    return store.read(r -> r.folders(id)).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow();
  }

  FolderKey key(String path) throws StoreException {
    return folder(path).key();
  }

  List<MessageSummary> rows(String path) throws StoreException {
    FolderKey key = key(path);
    return store.read(r -> {
      List<MessageKey> all = r.list(Query.newestFirst(key));
      return r.summaries(all.subList(0, Math.min(1_000, all.size())));
    });
  }

  Set<String> shown(String path) throws StoreException {
    return rows(path).stream().map(MessageSummary::subject).collect(Collectors.toSet());
  }

  MessageKey message(String path, String subject) throws StoreException {
    return rows(path).stream().filter(m -> m.subject().equals(subject)).findFirst().orElseThrow().key();
  }

  Ticket enqueue(Operation operation) throws StoreException {
    return store.write(w -> w.enqueue(operation));
  }
}
