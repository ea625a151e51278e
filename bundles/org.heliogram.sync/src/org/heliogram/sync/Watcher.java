/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.FolderWatch.Wake;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.service.Activity.Push;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.store.StoreException;

/**
 * Has an account's server tell which folders have news: on one connection where the server can tell of all, else on one for each folder, as
 * many as the account may have. It writes nothing; whoever made it is told and reads. Watching begins when the worker has signed in, so
 * that a wrong password is tried once and by one: after a refusal it rests until the worker has signed in anew. Any thread.
 */
final class Watcher {
  private static final System.Logger LOG = System.getLogger(Watcher.class.getName());
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private final Account account;
  private final Ports ports;
  private final ActivityBoard board;
  private final Consumer<Wake> news;
  private final Object signingIn = new Object(); // held while one watch is being opened
  private final List<WatchPost> posts = new ArrayList<>(); // guarded by this, like all below
  private final List<WatchPost> leaving = new ArrayList<>(); // watch nothing any more; their threads end soon
  private Push push = Push.OFF;
  private int signIns;
  private int refusedAt = -1;
  private boolean unable;
  private boolean closed;

  /** @param news called on threads of the watches; must be quick */
  Watcher(Account account, Ports ports, ActivityBoard board, Consumer<Wake> news) {
    this.account = account;
    this.ports = ports;
    this.board = board;
    this.news = news;
  }

  /** The worker did something with the server. @param count how often it has signed in so far */
  void workerIsWell(int count) {
    List<WatchPost> waiting;
    synchronized (this) {
      signIns = count;
      if (closed || unable || signIns <= refusedAt || room() < 1 || factory().isEmpty()) {
        return;
      }
      waiting = List.copyOf(posts);
      if (waiting.isEmpty()) {
        begin(Optional.empty());
      }
    }
    waiting.forEach(WatchPost::hurry);
    show();
  }

  /** How many connections may watch: all but the worker's. */
  private int room() {
    return account.options().server().push() ? account.options().server().connections() - 1 : 0;
  }

  private Optional<FolderWatch.Factory> factory() {
    return Optional.ofNullable(ports.watches().get(account.protocol().id()));
  }

  /** @param folder empty for the one that watches what is most important, or everything */
  private void begin(Optional<RemoteFolder> folder) {
    var post = new WatchPost("heliogram-watch-" + account.id() + '-' + NUMBERS.incrementAndGet(), this, ports.schedule(), folder); //$NON-NLS-1$
    leaving.removeIf(WatchPost::ended);
    posts.add(post);
    post.start();
  }

  /** The account's connections are in doubt. */
  void probe() {
    posts().forEach(WatchPost::probe);
  }

  private synchronized List<WatchPost> posts() {
    return List.copyOf(posts);
  }

  /** Whether a watch stands. */
  boolean standing() {
    Push now = push();
    return now == Push.ALL_FOLDERS || now == Push.SOME_FOLDERS;
  }

  /** Watches no more until the worker has signed in anew. */
  void rest() {
    List<WatchPost> all;
    synchronized (this) {
      refusedAt = signIns;
      all = List.copyOf(posts);
    }
    all.forEach(WatchPost::end);
  }

  /** Ends all watches for good; their threads end soon. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    posts().forEach(WatchPost::end);
  }

  /** Waits until the threads have ended. @return whether that was in time */
  boolean join(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    List<WatchPost> all;
    synchronized (this) {
      all = Stream.concat(posts.stream(), leaving.stream()).toList();
    }
    for (WatchPost post : all) {
      if (!post.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  /** Opens a post's watch: one after another. @return empty if the server cannot, or there is nothing to watch */
  Optional<FolderWatch> open(WatchPost post, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    List<RemoteFolder> wanted = post.folder().isPresent() ? List.of(post.folder().get()) : wanted();
    synchronized (signingIn) {
      if (monitor.isCanceled()) {
        throw new OperationCanceledException();
      }
      Optional<Credentials> secret = ports.credentials().find(account.id(), Purpose.INCOMING);
      Optional<FolderWatch.Factory> factory = factory();
      if (secret.isEmpty()) {
        throw new MailException.SignInRefused(null, null);
      }
      if (factory.isEmpty() || wanted.isEmpty()) {
        throw new MailException.Refused("nothing to watch", null, null); //$NON-NLS-1$
      }
      return factory.get().open(account, secret.get(), wanted, monitor);
    }
  }

  /** The inbox, then what the user chose. */
  private List<RemoteFolder> wanted() throws StoreException {
    return ports.store().read(r -> {
      var wanted = new ArrayList<RemoteFolder>();
      for (Folder folder : r.folders(account.id())) {
        boolean mirrored = folder.selectable() && folder.keeping() == Keeping.MIRRORED;
        if (mirrored && folder.role() == FolderRole.INBOX) {
          wanted.add(0, r.remote(folder.key()));
        } else if (mirrored && r.options(folder.key()).push()) {
          wanted.add(r.remote(folder.key()));
        }
      }
      return wanted;
    });
  }

  /** A watch stands from now on. What happened before is known to nobody, and is news. */
  void stands(WatchPost post, FolderWatch watch) throws StoreException {
    if (watch.everything() || post.folder().isEmpty()) {
      arrange(watch.everything() ? List.of() : wanted(), post);
    }
    news.accept(new Wake(watch.everything() ? Set.of() : watch.folders(), watch.everything()));
    show(); // not before the look is asked for: whoever sees the watch stand can wait for the worker to be idle
  }

  /** Has as many of the folders watched as may be. @param leader watches the first, or all of them */
  private synchronized void arrange(List<RemoteFolder> wanted, WatchPost leader) {
    List<RemoteFolder> others = wanted.stream().skip(1).limit(Math.max(0, room() - 1)).toList();
    posts.stream().filter(post -> post != leader && !post.folder().map(others::contains).orElse(false)).forEach(WatchPost::end);
    if (!closed) {
      others.stream().filter(folder -> posts.stream().noneMatch(post -> post.folder().equals(Optional.of(folder))))
          .forEach(folder -> begin(Optional.of(folder)));
    }
  }

  /** Whether it matters which folders the user chose. */
  boolean choosy() {
    return push() == Push.SOME_FOLDERS;
  }

  /** The user may have chosen other folders. */
  void chosenAnew() throws StoreException {
    Optional<WatchPost> leader = posts().stream().filter(post -> post.folder().isEmpty() && post.stands()).findFirst();
    if (leader.isPresent() && !leader.get().coversEverything()) {
      arrange(wanted(), leader.get());
      show();
    }
  }

  void heard(Wake wake) {
    news.accept(wake);
  }

  /** A watch stands no more. @param trouble that shows again and again; empty where it is nothing to be told */
  void fell(Optional<Exception> trouble) {
    trouble.ifPresent(t -> LOG.log(System.Logger.Level.WARNING, "watch of account " + account.id() + ": " + t.getClass().getSimpleName() + ": " //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        + t.getMessage()));
    show();
  }

  /** Its thread ends. @param able whether the server can tell news at all */
  void left(WatchPost post, boolean able) {
    synchronized (this) {
      posts.remove(post);
      leaving.add(post);
      unable |= !able && post.folder().isEmpty();
    }
    show();
  }

  private void show() {
    synchronized (this) {
      Push now = unable ? Push.UNSUPPORTED : closed || posts.isEmpty() ? Push.OFF : standings();
      if (now == push) {
        return;
      }
      push = now;
    }
    board.update(account.id(), activity -> activity.withPush(push()));
  }

  private synchronized Push push() {
    return push;
  }

  private Push standings() {
    if (posts.stream().noneMatch(WatchPost::stands)) {
      return Push.CONNECTING;
    }
    return posts.stream().anyMatch(WatchPost::coversEverything) ? Push.ALL_FOLDERS : Push.SOME_FOLDERS;
  }
}
