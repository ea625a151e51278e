/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.model.AccountId;

/**
 * What an account is doing.
 *
 * @param folder  display name of the folder being worked on; empty where none
 * @param done    messages done, of {@code total}; total 0 means not known
 * @param trouble the last failure that still stands: a {@code MailException}, {@code StoreException} or {@code CredentialException}
 * @param nextFetch when the schedule fetches next
 * @param push      whether the server tells news by itself
 * @param quota     how full the account is, as the server said last
 */
public record Activity(AccountId account, Phase phase, String folder, int done, int total, Optional<Exception> trouble,
    Optional<Instant> lastFetch, Optional<Instant> nextFetch, Push push, Optional<Quota> quota) {
  /** What is going on. */
  public enum Phase { IDLE, CONNECTING, SENDING_CHANGES, READING_FOLDERS, FETCHING_HEADERS, FETCHING_BODIES }

  /** Which folders a server tells news of without being asked. */
  public enum Push { OFF, CONNECTING, ALL_FOLDERS, SOME_FOLDERS,
    /** The server cannot. */
    UNSUPPORTED }

  /** Without push. */
  public Activity(AccountId account, Phase phase, String folder, int done, int total, Optional<Exception> trouble, Optional<Instant> lastFetch,
      Optional<Instant> nextFetch) {
    this(account, phase, folder, done, total, trouble, lastFetch, nextFetch, Push.OFF);
  }

  /** Without a quota. */
  public Activity(AccountId account, Phase phase, String folder, int done, int total, Optional<Exception> trouble, Optional<Instant> lastFetch,
      Optional<Instant> nextFetch, Push push) {
    this(account, phase, folder, done, total, trouble, lastFetch, nextFetch, push, Optional.empty());
  }

  public Activity {
    Objects.requireNonNull(account);
    Objects.requireNonNull(phase);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(trouble);
    Objects.requireNonNull(lastFetch);
    Objects.requireNonNull(nextFetch);
    Objects.requireNonNull(push);
    Objects.requireNonNull(quota);
  }

  /** The same with other work. */
  public Activity withWork(Phase nowPhase, String nowFolder, int nowDone, int nowTotal) {
    return new Activity(account, nowPhase, nowFolder, nowDone, nowTotal, trouble, lastFetch, nextFetch, push, quota);
  }

  public Activity withTrouble(Optional<Exception> other) {
    return new Activity(account, phase, folder, done, total, other, lastFetch, nextFetch, push, quota);
  }

  public Activity withLastFetch(Instant when) {
    return new Activity(account, phase, folder, done, total, trouble, Optional.of(when), nextFetch, push, quota);
  }

  public Activity withNextFetch(Optional<Instant> when) {
    return new Activity(account, phase, folder, done, total, trouble, lastFetch, when, push, quota);
  }

  public Activity withPush(Push other) {
    return new Activity(account, phase, folder, done, total, trouble, lastFetch, nextFetch, other, quota);
  }

  public Activity withQuota(Optional<Quota> other) {
    return new Activity(account, phase, folder, done, total, trouble, lastFetch, nextFetch, push, other);
  }
}
