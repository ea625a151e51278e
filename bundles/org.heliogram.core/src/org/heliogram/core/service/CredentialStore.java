/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

import java.util.Optional;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.AccountId;

/** Secrets, in the platform's secure storage. May wait for the user or the system: call it from jobs only. */
public interface CredentialStore {
  Optional<Credentials> find(AccountId account, Purpose purpose) throws CredentialException;

  /** Durable when it returns. */
  void put(AccountId account, Purpose purpose, Credentials credentials) throws CredentialException;

  /** Removes every secret of the account. */
  void remove(AccountId account) throws CredentialException;
}
