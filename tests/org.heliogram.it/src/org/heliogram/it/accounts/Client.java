/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * A client with a store of its own: the real parts that Declarative Services join in the product, joined by hand. Works inside OSGi, where
 * it reaches the parts through their bundles, and in a child process on a flat class path.
 */
public final class Client implements AutoCloseable {
  public final MailStore store;
  public final MailService service;

  public Client(Path home) throws ReflectiveOperationException {
    this(home, Optional.empty());
  }

  /** @param clock for the service; empty for the machine's. Works on a flat class path only */
  public Client(Path home, Optional<Clock> clock) throws ReflectiveOperationException {
    store = (MailStore) part("org.heliogram.store.derby", "DerbyMailStore").getConstructor(Path.class).newInstance(home);
    Class<?> type = part("org.heliogram.sync", "LocalFirstMailService");
    var codec = (MimeCodec) part("org.heliogram.mime", "Mime4jCodec").getConstructor().newInstance();
    service = clock.isPresent() ? timed(type, codec, clock.get())
        : (MailService) type.getConstructor(MailStore.class, MimeCodec.class, CredentialStore.class).newInstance(store, codec, new Secrets());
    addBackend((Backend.Factory) part("org.heliogram.imap", "ImapBackendFactory").getConstructor().newInstance(), "imap");
    addBackend((Backend.Factory) part("org.heliogram.pop3", "Pop3BackendFactory").getConstructor().newInstance(), "pop3");
    addWatch((FolderWatch.Factory) part("org.heliogram.imap", "ImapFolderWatchFactory").getConstructor().newInstance());
  }

  private void addWatch(FolderWatch.Factory factory) throws ReflectiveOperationException {
    Method add = service.getClass().getDeclaredMethod("addWatch", FolderWatch.Factory.class, Map.class);
    add.setAccessible(true);
    add.invoke(service, factory, Map.of("protocol", "imap"));
  }

  private MailService timed(Class<?> type, MimeCodec codec, Clock clock) throws ReflectiveOperationException {
    Class<?> ports = part("org.heliogram.sync", "Ports");
    var all = ports.getDeclaredConstructor(MailStore.class, MimeCodec.class, CredentialStore.class, Map.class, Clock.class, RandomGenerator.class);
    all.setAccessible(true);
    var service = type.getDeclaredConstructor(ports);
    service.setAccessible(true);
    return (MailService) service.newInstance(all.newInstance(store, codec, new Secrets(), new ConcurrentHashMap<>(), clock, new Random()));
  }

  private void addBackend(Backend.Factory factory, String protocol) throws ReflectiveOperationException {
    Method add = service.getClass().getDeclaredMethod("addBackend", Backend.Factory.class, Map.class);
    add.setAccessible(true);
    add.invoke(service, factory, Map.of("protocol", protocol));
  }

  private static Class<?> part(String bundle, String name) throws ClassNotFoundException {
    Bundle own = FrameworkUtil.getBundle(Client.class);
    if (own == null) {
      return Class.forName(bundle + '.' + name);
    }
    Bundle host = Arrays.stream(own.getBundleContext().getBundles()).filter(b -> b.getSymbolicName().equals(bundle)).findFirst().orElseThrow();
    return host.loadClass(bundle + '.' + name);
  }

  /** Lets servers that hang be given up sooner, also those that are to tell of news. */
  public void patience(Duration connect, Duration read, Duration command) throws ReflectiveOperationException {
    Class<?> timeouts = part("org.heliogram.jakarta", "Timeouts");
    Object some = timeouts.getConstructor(Duration.class, Duration.class, Duration.class).newInstance(connect, read, command);
    for (String protocol : List.of("Imap", "Pop3")) {
      String name = protocol.toLowerCase(Locale.ROOT);
      var factory = part("org.heliogram." + name, protocol + "BackendFactory").getDeclaredConstructor(timeouts);
      factory.setAccessible(true);
      addBackend((Backend.Factory) factory.newInstance(some), name);
    }
    Class<?> times = part("org.heliogram.imap", "WatchTimes");
    var all = times.getDeclaredConstructor(Duration.class, Duration.class, Duration.class, Duration.class, Duration.class);
    all.setAccessible(true);
    var watches = part("org.heliogram.imap", "ImapFolderWatchFactory").getDeclaredConstructor(timeouts, times, Clock.class);
    watches.setAccessible(true);
    Object often = all.newInstance(Duration.ofSeconds(1), Duration.ofMinutes(9), Duration.ofMinutes(2), Duration.ofMinutes(28), read);
    addWatch((FolderWatch.Factory) watches.newInstance(some, often, Clock.systemUTC()));
  }

  /** Sets up user1 of a test server. */
  public Account add(Protocol protocol, Endpoint endpoint) throws StoreException, CredentialException {
    return add(protocol, endpoint, AccountOptions.DEFAULT);
  }

  public Account add(Protocol protocol, Endpoint endpoint, AccountOptions options) throws StoreException, CredentialException {
    var account = new Account(AccountId.create(), "test", "User One", "user1@example.org", protocol, endpoint, Optional.empty(), options);
    service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
    return account;
  }

  public SyncResult synchronise(Account account, SyncRequest.Bodies bodies) throws MailException, StoreException, CredentialException {
    return service.synchronise(new SyncRequest(account.id(), Optional.empty(), bodies), new NullProgressMonitor());
  }

  public Folder folder(Account account, String path) throws StoreException {
    return store.read(s -> s.folders(account.id())).stream().filter(f -> f.path().text().equals(path)).findFirst()
        .orElseThrow(() -> new AssertionError("no folder " + path));
  }

  /** Empty before the account was first read. */
  public Optional<Folder> folderIfAny(Account account, String path) throws StoreException {
    return store.read(s -> s.folders(account.id())).stream().filter(f -> f.path().text().equals(path)).findFirst();
  }

  /** All rows of a folder, newest first. */
  public List<MessageSummary> rows(Account account, String path) throws StoreException {
    var folder = folder(account, path);
    return store.read(s -> {
      var keys = s.list(Query.newestFirst(folder.key()));
      var rows = new java.util.ArrayList<MessageSummary>();
      for (int from = 0; from < keys.size(); from += 1_000) {
        rows.addAll(s.summaries(keys.subList(from, Math.min(keys.size(), from + 1_000))));
      }
      return rows;
    });
  }

  @Override
  public void close() throws IOException {
    try {
      end(service);
      end(store);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  private static void end(Object part) throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    Method close = part.getClass().getDeclaredMethod("close");
    close.setAccessible(true);
    close.invoke(part);
  }

  /** Secrets in memory: a child process has no secure storage. */
  private static final class Secrets implements CredentialStore {
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();

    @Override
    public Optional<Credentials> find(AccountId account, Purpose purpose) {
      return Optional.ofNullable(known.getOrDefault(account + "/" + purpose, new Credentials("pass1")));
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
