/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;

/** Watches on a server that says what a test tells it to say. Any thread. */
final class FakeWatches implements FolderWatch.Factory {
  /** What it can do. */
  enum Kind { EVERYTHING, ONE_FOLDER, NONE }

  private final List<FakeWatch> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile Kind kind;
  private volatile MailException refusal;

  FakeWatches(Kind kind) {
    this.kind = kind;
  }

  void kind(Kind other) {
    kind = other;
  }

  /** Every attempt to open a watch ends that way. @param how null for well */
  void refuse(MailException how) {
    refusal = how;
  }

  @Override
  public Optional<FolderWatch> open(Account account, Credentials credentials, List<RemoteFolder> wanted, IProgressMonitor monitor)
      throws MailException {
    opened.incrementAndGet();
    MailException how = refusal;
    if (how != null) {
      throw how;
    }
    if (kind == Kind.NONE) {
      return Optional.empty();
    }
    var watch = new FakeWatch(wanted.get(0).name(), kind == Kind.EVERYTHING);
    open.add(watch);
    most.accumulateAndGet(open.size(), Math::max);
    return Optional.of(watch);
  }

  /** How often one was to be opened. */
  int opened() {
    return opened.get();
  }

  /** How many were open at the same time. */
  int most() {
    return most.get();
  }

  Set<String> watched() {
    return Set.copyOf(open.stream().map(w -> w.folder).toList());
  }

  int standing() {
    return open.size();
  }

  int probes() {
    return open.stream().mapToInt(w -> w.probes.get()).sum();
  }

  /** What was said and not yet heard. */
  int unheard() {
    return open.stream().mapToInt(w -> w.said.size()).sum();
  }

  void tell(String... folders) {
    open.forEach(w -> w.said.add(new FolderWatch.Wake(Set.of(folders), false)));
  }

  /** All watches are lost. */
  void lose(MailException how) {
    open.forEach(w -> w.said.add(how));
  }

  /** One of them. */
  private final class FakeWatch implements FolderWatch {
    private final String folder;
    private final boolean everything;
    private final BlockingQueue<Object> said = new LinkedBlockingQueue<>();
    private final AtomicInteger probes = new AtomicInteger();

    FakeWatch(String folder, boolean everything) {
      this.folder = folder;
      this.everything = everything;
    }

    @Override
    public Set<String> folders() {
      return Set.of(folder);
    }

    @Override
    public boolean everything() {
      return everything;
    }

    @Override
    public Wake await() throws MailException {
      try {
        Object next = said.take();
        if (next instanceof Wake wake) {
          return wake;
        }
        if (next instanceof MailException how) {
          throw how;
        }
        throw new OperationCanceledException();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationCanceledException();
      }
    }

    @Override
    public void probe() {
      probes.incrementAndGet();
    }

    @Override
    public void close() {
      open.remove(this);
      said.add("closed");
    }
  }
}
