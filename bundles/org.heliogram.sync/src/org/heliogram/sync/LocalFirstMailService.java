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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.jobs.Job;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.Transport;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Changes are made here first and sent later; what the server says is fetched by a worker for each account. Starts nothing by itself:
 * work begins with {@link #start()} or when it is asked for.
 */
@Component
public final class LocalFirstMailService implements MailService {
  private static final Duration CARE_FIRST = Duration.ofMinutes(10);
  private static final Duration CARE_PERIOD = Duration.ofHours(6);
  private static final System.Logger LOG = System.getLogger(LocalFirstMailService.class.getName());
  private final Map<String, Backend.Factory> backends;
  private final Ports ports;
  private final MailStore store;
  private final CredentialStore credentials;
  private final ActivityBoard board = new ActivityBoard(System::nanoTime);
  private final Workers workers;
  private final Subscription subscription;
  private final StoreCare care;
  private volatile Optional<Transport.Factory> transports = Optional.empty();

  @Activate
  public LocalFirstMailService(@Reference MailStore store, @Reference MimeCodec codec, @Reference CredentialStore credentials) {
    this(new Ports(store, codec, credentials, Connection.factories(), Clock.systemDefaultZone(), new Random()));
  }

  LocalFirstMailService(Ports ports) {
    this.ports = ports;
    this.backends = ports.backends();
    this.store = ports.store();
    this.credentials = ports.credentials();
    this.workers = new Workers(ports, board);
    this.subscription = store.subscribe(workers::heard);
    this.care = new StoreCare(store, CARE_FIRST, CARE_PERIOD);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  public void addBackend(Backend.Factory factory, Map<String, Object> properties) {
    backends.put(String.valueOf(properties.get("protocol")), factory); //$NON-NLS-1$
  }

  public void removeBackend(Backend.Factory factory, Map<String, Object> properties) {
    backends.remove(String.valueOf(properties.get("protocol")), factory); //$NON-NLS-1$
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  public void addWatch(FolderWatch.Factory factory, Map<String, Object> properties) {
    ports.watches().put(String.valueOf(properties.get("protocol")), factory); //$NON-NLS-1$
  }

  public void removeWatch(FolderWatch.Factory factory, Map<String, Object> properties) {
    ports.watches().remove(String.valueOf(properties.get("protocol")), factory); //$NON-NLS-1$
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  public void setTransports(Transport.Factory factory) {
    transports = Optional.of(factory);
  }

  public void unsetTransports(Transport.Factory factory) {
    transports = transports.filter(t -> t != factory);
  }

  @Deactivate
  public void close() {
    care.end();
    subscription.close();
    workers.close();
    board.close();
  }

  @Override
  public Ticket perform(Operation operation) throws StoreException {
    return store.write(w -> w.enqueue(operation));
  }

  @Override
  public boolean undo(Ticket ticket) throws StoreException {
    return store.write(w -> w.withdraw(ticket));
  }

  /** Something short for which the caller need not wait; it may read the store, which the UI thread must not. */
  private static void later(String name, StoreWork work) {
    Job job = Job.createSystem(name, monitor -> {
      try {
        work.run();
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.WARNING, name + ": " + e.getMessage()); //$NON-NLS-1$
      }
    });
    job.setPriority(Job.SHORT);
    job.schedule();
  }

  private interface StoreWork {
    void run() throws StoreException;
  }

  @Override
  public void start() {
    if (workers.start()) {
      care.begin();
      later("heliogram start", workers::startAll); //$NON-NLS-1$
    }
  }

  @Override
  public void refresh(AccountId account) {
    later("heliogram refresh", () -> workers.find(account).ifPresent(worker -> worker.refresh(Duration.ZERO))); //$NON-NLS-1$
  }

  @Override
  public void refresh(FolderKey folder) {
    later("heliogram refresh", () -> { //$NON-NLS-1$
      var found = store.read(r -> r.folder(folder));
      if (found.isPresent()) {
        workers.find(found.get().account()).ifPresent(w -> w.refresh(folder));
      }
    });
  }

  @Override
  public void refreshAll() {
    later("heliogram refresh", workers::refreshAll); //$NON-NLS-1$
  }

  @Override
  public void cancel(AccountId account) {
    workers.cancel(account);
  }

  @Override
  public CompletionStage<Body> body(MessageKey message) {
    var result = new CompletableFuture<Body>();
    Job job = Job.createSystem("heliogram body", monitor -> { //$NON-NLS-1$
      try {
        Optional<Body> here = store.read(r -> r.body(message)).filter(b -> b.state() == BodyState.WHOLE);
        if (here.isPresent()) {
          result.complete(here.get());
        } else {
          fetch(message, result);
        }
      } catch (StoreException e) {
        result.completeExceptionally(e);
      }
    });
    job.setPriority(Job.INTERACTIVE);
    job.schedule();
    return result;
  }

  private void fetch(MessageKey message, CompletableFuture<Body> result) throws StoreException {
    Optional<AccountId> taker = store.read(r -> r.serverCopy(message)).map(ServerCopy::maildrop);
    Optional<AccountId> account = taker.isPresent() ? taker
        : store.read(r -> r.summaries(List.of(message))).stream().map(MessageSummary::account).findFirst();
    Optional<AccountWorker> worker = account.isEmpty() ? Optional.empty() : workers.find(account.get());
    if (worker.isEmpty()) {
      result.completeExceptionally(new StoreException("no message " + message, null)); //$NON-NLS-1$
      return;
    }
    worker.get().body(message).whenComplete((body, failure) -> {
      if (failure == null) {
        result.complete(body);
      } else {
        result.completeExceptionally(failure);
      }
    });
  }

  @Override
  public Activity activity(AccountId account) {
    return board.activity(account);
  }

  @Override
  public Subscription observe(Consumer<ServiceEvent> listener) {
    return board.observe(listener);
  }

  @Override
  public void test(Account account, Purpose what, Credentials secret, IProgressMonitor monitor) throws MailException {
    switch (what) {
      case INCOMING -> testIncoming(account, secret, monitor);
      case SUBMISSION -> transports.orElseThrow(() -> new MailException.Refused("no transport", null, null)) //$NON-NLS-1$
          .open(account, secret, monitor).close();
    }
  }

  private void testIncoming(Account account, Credentials secret, IProgressMonitor monitor) throws MailException {
    try (Backend backend = Connection.open(account, secret, backends, monitor)) {
      if (backend.folders(monitor).stream().noneMatch(RemoteFolder::selectable)) {
        throw new MailException.Refused("no mailbox", null, null); //$NON-NLS-1$
      }
    }
  }

  @Override
  public void add(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) throws StoreException, CredentialException {
    put(account, incoming, submission);
    workers.renew(account);
  }

  private void put(Account account, Optional<Credentials> incoming, Optional<Credentials> submission) throws StoreException, CredentialException {
    store.<Void>write(w -> {
      w.put(account);
      return null;
    });
    if (incoming.isPresent()) {
      credentials.put(account.id(), Purpose.INCOMING, incoming.get());
    }
    if (submission.isPresent()) {
      credentials.put(account.id(), Purpose.SUBMISSION, submission.get());
    }
  }

  @Override
  public void update(Account account, Optional<Credentials> incoming, Optional<Credentials> submission)
      throws StoreException, CredentialException {
    put(account, incoming, submission);
    workers.renew(account);
  }

  @Override
  public void keep(FolderKey folder, FolderOptions options, IProgressMonitor monitor) throws StoreException {
    store.<Void>write(w -> {
      w.options(folder, options);
      return null;
    });
    Optional<Folder> kept = store.read(r -> r.folder(folder));
    if (kept.isPresent()) {
      new SpaceSaver(store, ports.clock()).run(List.of(kept.get()), monitor);
      refresh(folder);
    }
  }

  @Override
  public long free(AccountId account, IProgressMonitor monitor) throws StoreException {
    return new SpaceSaver(store, ports.clock()).run(store.read(r -> r.folders(account)), monitor);
  }

  @Override
  public void remove(AccountId account, IProgressMonitor monitor) throws StoreException, CredentialException {
    workers.remove(account);
    if (monitor.isCanceled()) {
      throw new OperationCanceledException();
    }
    store.<Void>write(w -> {
      w.remove(account);
      return null;
    });
    board.remove(account);
    credentials.remove(account);
  }

  @Override
  public SyncResult synchronise(SyncRequest request, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    AccountWorker worker = workers.find(request.account()).orElseThrow(() -> new StoreException("no such account", null)); //$NON-NLS-1$
    workers.supply(request.account(), monitor);
    return worker.synchronise(request, monitor);
  }
}
