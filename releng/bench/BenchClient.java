/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.imap.ImapBackendFactory;
import org.heliogram.mime.Mime4jCodec;
import org.heliogram.pop3.Pop3BackendFactory;
import org.heliogram.store.derby.DerbyMailStore;
import org.heliogram.sync.LocalFirstMailService;

/** The parts that Declarative Services join in the product, joined by hand, with one account. */
final class BenchClient implements AutoCloseable {
  final DerbyMailStore store;
  final Account account;
  private final LocalFirstMailService service;

  /** @param home a new folder for the store; @param user of a Dovecot on this machine, user1 with pass1 and so on */
  BenchClient(Path home, Protocol protocol, int port, String user) throws Exception {
    store = new DerbyMailStore(home);
    store.open();
    service = new LocalFirstMailService(store, new Mime4jCodec(), new Secrets());
    join(service, new ImapBackendFactory(), "imap");
    join(service, new Pop3BackendFactory(), "pop3");
    account = new Account(AccountId.create(), "bench", "", user + "@example.org", protocol,
        new Endpoint("127.0.0.1", port, Security.NONE, user), Optional.empty(), AccountOptions.DEFAULT);
    service.add(account, Optional.of(new Credentials(password(user))), Optional.empty());
  }

  static String password(String user) {
    return user.replace("user", "pass");
  }

  private static void join(LocalFirstMailService service, Backend.Factory factory, String protocol) throws Exception {
    Method add = LocalFirstMailService.class.getDeclaredMethod("addBackend", Backend.Factory.class, Map.class);
    add.setAccessible(true);
    add.invoke(service, factory, Map.of("protocol", protocol));
  }

  FolderKey inbox() throws Exception {
    return store.read(r -> r.folders(account.id())).stream().filter(folder -> folder.role() == FolderRole.INBOX).findFirst().orElseThrow()
        .key();
  }

  /** All folders, the first time. @return seconds */
  double synchronise(SyncRequest.Bodies bodies, int expected) throws Exception {
    long begin = System.nanoTime();
    SyncResult result = service.synchronise(new SyncRequest(account.id(), Optional.empty(), bodies), new NullProgressMonitor());
    double seconds = Table.since(begin);
    if (result.added() != expected || bodies == SyncRequest.Bodies.ALL && account.protocol() == Protocol.IMAP && result.bodies() != expected) {
      throw new IllegalStateException(result.added() + " of " + expected + " messages came, with " + result.bodies() + " bodies");
    }
    return seconds;
  }

  /** @return seconds */
  double synchronise(FolderKey folder, SyncRequest.Bodies bodies) throws Exception {
    long begin = System.nanoTime();
    service.synchronise(new SyncRequest(account.id(), Optional.of(folder), bodies), new NullProgressMonitor());
    return Table.since(begin);
  }

  @Override
  public void close() throws Exception {
    end(service);
    end(store);
  }

  private static void end(Object component) throws Exception {
    Method close = component.getClass().getDeclaredMethod("close");
    close.setAccessible(true);
    close.invoke(component);
  }

  private static final class Secrets implements CredentialStore {
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();

    @Override
    public Optional<Credentials> find(AccountId account, Purpose purpose) {
      return Optional.ofNullable(known.get(account + "/" + purpose));
    }

    @Override
    public void put(AccountId account, Purpose purpose, Credentials credentials) {
      known.put(account + "/" + purpose, credentials);
    }

    @Override
    public void remove(AccountId account) {
      known.keySet().removeIf(key -> key.startsWith(account + "/"));
    }
  }
}
