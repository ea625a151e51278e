/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.store.StoreException;

/** Whole contents, fetched where they are not here. */
final class Bodies {
  private static final int LOOK_MILLIS = 100;

  private Bodies() {}

  static Body whole(Desk desk, MessageKey message) throws MailException, StoreException, CredentialException, IOException {
    Optional<Body> here = desk.store().read(reader -> reader.body(message));
    if (here.isPresent() && here.get().state() == BodyState.WHOLE) {
      return here.get();
    }
    CompletableFuture<Body> coming = desk.service().body(message).toCompletableFuture();
    while (true) {
      try {
        return coming.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (desk.monitor().isCanceled()) {
          coming.cancel(true);
          throw new OperationCanceledException();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationCanceledException();
      } catch (ExecutionException e) {
        throw unwrapped(e);
      }
    }
  }

  /** Throws the cause if its type allows. */
  private static IOException unwrapped(ExecutionException thrown) throws MailException, StoreException, CredentialException, IOException {
    Throwable cause = thrown.getCause();
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    switch (cause) {
      case MailException e -> throw e;
      case StoreException e -> throw e;
      case CredentialException e -> throw e;
      case IOException e -> throw e;
      case OperationCanceledException e -> throw e;
      case java.util.concurrent.CancellationException e -> throw new OperationCanceledException();
      default -> throw new IllegalStateException("fetching a message failed", cause); //$NON-NLS-1$
    }
  }
}
