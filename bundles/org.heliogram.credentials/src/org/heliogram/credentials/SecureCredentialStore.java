/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.equinox.security.storage.StorageException;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.DataFolder;
import org.heliogram.core.service.Purpose;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Passwords in an Equinox secure storage of our own in the data folder, so that product, IDE and command line share it and nobody
 * else's secrets are opened. Nothing is touched before the first call. Each call runs on a thread of its own and is given up after a
 * time: secure storage may wait for the system or, inside a workbench, for the UI thread.
 */
@Component
public final class SecureCredentialStore implements CredentialStore {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final CredentialFile file;

  @Activate
  public SecureCredentialStore() {
    this(DataFolder.locate());
  }

  SecureCredentialStore(Path folder) {
    this.file = new CredentialFile(folder);
  }

  @Override
  public Optional<Credentials> find(AccountId account, Purpose purpose) throws CredentialException {
    return within(PATIENCE, () -> file.find(account, purpose)).map(Credentials::new);
  }

  @Override
  public void put(AccountId account, Purpose purpose, Credentials credentials) throws CredentialException {
    within(PATIENCE, () -> {
      file.put(account, purpose, credentials.password());
      return null;
    });
  }

  @Override
  public void remove(AccountId account) throws CredentialException {
    within(PATIENCE, () -> {
      file.remove(account);
      return null;
    });
  }

  /** Something that may wait for the system. */
  @FunctionalInterface
  interface Access<T> {
    T run() throws IOException, StorageException;
  }

  static <T> T within(Duration patience, Access<T> access) throws CredentialException {
    var task = new FutureTask<>(access::run);
    var thread = new Thread(task, "heliogram-credentials"); //$NON-NLS-1$
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new CredentialException("the secure storage did not answer within " + patience.toSeconds() + " seconds", e); //$NON-NLS-1$ //$NON-NLS-2$
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new CredentialException("interrupted while waiting for the secure storage", e); //$NON-NLS-1$
    } catch (ExecutionException e) {
      throw translated(e.getCause());
    }
  }

  private static CredentialException translated(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof StorageException e) {
      return new CredentialException(switch (e.getErrorCode()) {
        case StorageException.DECRYPTION_ERROR, StorageException.NO_SECURE_MODULE ->
          "the stored password cannot be decrypted: its key is missing or another one; enter the password again"; //$NON-NLS-1$
        case StorageException.NO_PASSWORD -> "the secure storage is locked"; //$NON-NLS-1$
        default -> "the secure storage failed"; //$NON-NLS-1$
      }, e);
    }
    if (cause instanceof IOException e) {
      return new CredentialException("the file of stored passwords cannot be used: " + e.getMessage(), e); //$NON-NLS-1$
    }
    return new CredentialException("the secure storage failed", cause); //$NON-NLS-1$
  }
}
