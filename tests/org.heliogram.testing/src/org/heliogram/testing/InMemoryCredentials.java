/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;

/** Secrets in memory. */
public final class InMemoryCredentials implements CredentialStore {
  private record Slot(AccountId account, Purpose purpose) {}

  private final Map<Slot, Credentials> secrets = new ConcurrentHashMap<>();
  private volatile boolean locked;

  /** Makes every use fail, as a locked keyring does. */
  public void lock(boolean lock) {
    locked = lock;
  }

  private void check() throws CredentialException {
    if (locked) {
      throw new CredentialException("locked", null);
    }
  }

  @Override
  public Optional<Credentials> find(AccountId account, Purpose purpose) throws CredentialException {
    check();
    return Optional.ofNullable(secrets.get(new Slot(account, purpose)));
  }

  @Override
  public void put(AccountId account, Purpose purpose, Credentials credentials) throws CredentialException {
    check();
    secrets.put(new Slot(account, purpose), credentials);
  }

  @Override
  public void remove(AccountId account) throws CredentialException {
    check();
    secrets.keySet().removeIf(s -> s.account().equals(account));
  }
}
