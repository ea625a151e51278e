/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.Change;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/** The workers of all accounts: each is made when it is first needed, and tells the others nothing. Any thread. */
final class Workers {
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration STOPPING = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final int TOGETHER = 4;
  private final Ports ports;
  private final ActivityBoard board;
  private final Map<AccountId, AccountWorker> workers = new ConcurrentHashMap<>();
  private volatile boolean started;
  private volatile boolean closed;

  Workers(Ports ports, ActivityBoard board) {
    this.ports = ports;
    this.board = board;
  }

  /** From now on accounts are fetched by schedule. @return whether that is new */
  boolean start() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** Fetches every account, and from now on by the clock. */
  void startAll() throws StoreException {
    spread(AccountWorker::start);
  }

  void refreshAll() throws StoreException {
    spread(AccountWorker::refresh);
  }

  /** Some at once, the others a moment later each: many accounts share one line and one disk. */
  private void spread(BiConsumer<AccountWorker, Duration> work) throws StoreException {
    int number = 0;
    for (Account account : ports.store().read(StoreReader::accounts)) {
      work.accept(worker(account), MOMENT.multipliedBy(number / TOGETHER));
      number++;
    }
  }

  /** The worker of an account, if there is such an account. */
  Optional<AccountWorker> find(AccountId id) throws StoreException {
    Optional<AccountWorker> known = known(id);
    if (known.isPresent() || closed) {
      return known;
    }
    return ports.store().read(r -> r.account(id)).map(this::worker);
  }

  private AccountWorker worker(Account account) {
    return workers.computeIfAbsent(account.id(), id -> new AccountWorker(account, ports, board));
  }

  /** An account is new, or another than it was. */
  void renew(Account account) {
    remove(account.id());
    if (started) {
      worker(account).start(Duration.ZERO);
    }
  }

  /** Ends what an account is doing, and waits for that. */
  void remove(AccountId account) {
    AccountWorker worker = workers.remove(account);
    if (worker != null) {
      worker.stop();
      worker.join(STOPPING);
    }
  }

  void cancel(AccountId account) {
    known(account).ifPresent(AccountWorker::cancel);
  }

  /** Has fetched what transfers of an account wait for, wherever that is. */
  void supply(AccountId account, IProgressMonitor monitor) throws StoreException {
    boolean waits = ports.store().read(r -> r.queue(account)).stream().anyMatch(entry -> entry.standing() == Queued.Standing.INCOMPLETE);
    for (Account source : waits ? ports.store().read(StoreReader::accounts) : List.<Account>of()) {
      if (!source.id().equals(account) && ContentSupply.wanted(ports.store(), source.id())) {
        worker(source).supply(monitor);
      }
    }
  }

  private Optional<AccountWorker> known(AccountId account) {
    return Optional.ofNullable(workers.get(account));
  }

  /** The store was changed. */
  void heard(StoreChange change) {
    for (Change one : change.changes()) {
      if (one instanceof Change.QueueChanged queue && started) {
        known(queue.account()).ifPresent(AccountWorker::changesQueued);
        workers.values().forEach(AccountWorker::contentWanted);
      }
      if (one instanceof Change.FolderChanged folder) {
        known(folder.account()).ifPresent(AccountWorker::foldersChanged);
      }
    }
  }

  /** Ends everything for good. */
  void close() {
    closed = true;
    List<AccountWorker> all = List.copyOf(workers.values());
    workers.clear();
    all.forEach(AccountWorker::stop);
    all.forEach(w -> w.join(GOODBYE));
  }
}
