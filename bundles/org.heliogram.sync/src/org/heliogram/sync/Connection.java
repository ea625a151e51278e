/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;

/** An account's one backend, opened when it is needed. Used under the account's rule only. */
final class Connection {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private final Account account;
  private final Map<String, Backend.Factory> factories;
  private final CredentialStore credentials;
  private final Clock clock;
  private volatile Optional<Schedule.Wish> wish = Optional.empty();
  private Backend backend; // account's worker only
  private boolean used;
  private int signIns;
  private int quotaAsked;
  private long lastUse;

  /** @param factories by protocol; may change at any time */
  Connection(Account account, Map<String, Backend.Factory> factories, CredentialStore credentials) {
    this(account, factories, credentials, Clock.systemUTC());
  }

  /** @param clock tells when it signed in */
  Connection(Account account, Map<String, Backend.Factory> factories, CredentialStore credentials, Clock clock) {
    this.clock = clock;
    this.account = account;
    this.factories = factories;
    this.credentials = credentials;
  }

  Account account() {
    return account;
  }

  /** A backend that is signed in, as far as can be told. */
  Backend get(IProgressMonitor monitor) throws MailException, CredentialException {
    if (backend != null && !backend.alive()) {
      close();
    }
    if (backend == null) {
      backend = open(account, find(), factories, monitor);
      used = false;
      signIns++;
      Instant now = clock.instant();
      wish = backend.signInDelay().map(pause -> new Schedule.Wish(now, pause));
    }
    return backend;
  }

  /** A backend on a connection of its own, in place of the one before. */
  Backend fresh(IProgressMonitor monitor) throws MailException, CredentialException {
    close();
    return get(monitor);
  }

  private Credentials find() throws MailException, CredentialException {
    Optional<Credentials> found = credentials.find(account.id(), Purpose.INCOMING);
    if (found.isEmpty() && account.protocol() != Protocol.DEMO) {
      throw new MailException.SignInRefused(null, null);
    }
    return found.orElse(new Credentials("")); //$NON-NLS-1$
  }

  static Backend open(Account account, Credentials credentials, Map<String, Backend.Factory> factories, IProgressMonitor monitor)
      throws MailException {
    if (monitor.isCanceled()) {
      throw new OperationCanceledException();
    }
    Backend.Factory factory = factories.get(account.protocol().id());
    if (factory == null) {
      throw new MailException.Refused("no backend for " + account.protocol().id(), null, null); //$NON-NLS-1$
    }
    return factory.open(account, credentials, monitor);
  }

  /** Whether the quota is to be asked for: where there is none, or it is far from reached, once a connection does. */
  boolean quotaDue() {
    boolean due = quotaAsked != signIns;
    quotaAsked = signIns;
    return due;
  }

  /** How long the server that was signed in to last wants to be left alone. Any thread. */
  Optional<Schedule.Wish> wish() {
    return wish;
  }

  /** How often it was opened so far. */
  int signIns() {
    return signIns;
  }

  /** Asks after a while in which it was not used. @return whether it turned out to be dead */
  boolean dead(IProgressMonitor monitor) {
    if (backend == null || System.nanoTime() - lastUse < FRESH.toNanos()) {
      return false;
    }
    keepAlive(monitor);
    return backend == null || !backend.alive();
  }

  /** Keeps an open connection from being forgotten on the way; one that turns out to be dead is closed. */
  void keepAlive(IProgressMonitor monitor) {
    try {
      if (backend != null && backend.alive()) {
        backend.keepAlive(monitor);
        lastUse = System.nanoTime();
      }
    } catch (MailException e) {
      close(); // The next who needs one opens another.
    }
  }

  /** Whether it was open before this work began: then it may have died unnoticed. */
  boolean reused() {
    return backend != null && used;
  }

  boolean open() {
    return backend != null;
  }

  /** Whether it can be used without signing in, as far as can be told. */
  boolean usable() {
    return backend != null && backend.alive();
  }

  /** After work: a maildrop is locked while it is open (RFC 1939 section 4), anything else may stay. */
  void rest() throws MailException {
    used = true;
    lastUse = System.nanoTime();
    if (backend != null && (!backend.alive() || !backend.features().contains(Feature.FOLDERS))) {
      close();
    }
  }

  void close() {
    if (backend != null) {
      backend.close();
      backend = null;
    }
  }

  /** An empty set of factories to be filled. */
  static Map<String, Backend.Factory> factories() {
    return new ConcurrentHashMap<>();
  }
}
