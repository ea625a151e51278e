/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;

/** Signs in to an account's servers, one after the other whatever comes of the first, and says how it went. Stores nothing. */
final class ServerTest {
  private final MailService service;
  private final Secrets secrets;

  /** Where the passwords come from; may wait for the user or the system. */
  interface Secrets {
    Optional<Credentials> find(Purpose purpose) throws CredentialException;
  }

  ServerTest(MailService service, Secrets secrets) {
    this.service = service;
    this.secrets = secrets;
  }

  /** Blocks on the network: not for the UI thread. @return a verdict for each purpose that the account has a server for */
  Map<Purpose, Verdict> run(Account account, Iterable<Purpose> purposes, IProgressMonitor monitor) {
    SubMonitor progress = SubMonitor.convert(monitor, Messages.Test_task, 2);
    Map<Purpose, Verdict> verdicts = new EnumMap<>(Purpose.class);
    for (Purpose purpose : purposes) {
      endpoint(account, purpose).ifPresent(endpoint -> {
        progress.subTask(TroubleText.place(endpoint));
        verdicts.put(purpose, verdict(account, purpose, endpoint, progress.newChild(1)));
      });
    }
    return verdicts;
  }

  private Verdict verdict(Account account, Purpose purpose, Endpoint endpoint, SubMonitor progress) {
    try {
      if (progress.isCanceled()) {
        throw new OperationCanceledException();
      }
      Optional<Credentials> secret = endpoint.user().isEmpty() ? Optional.empty() : secrets.find(purpose);
      service.test(account, purpose, secret.orElse(new Credentials("")), progress); //$NON-NLS-1$
      String passed = endpoint.user().isEmpty() ? Messages.Test_reached : Messages.Test_signedIn;
      return new Verdict.Passed(NLS.bind(passed, TroubleText.place(endpoint)));
    } catch (MailException.CertificateRefused e) {
      return new Verdict.Failed(TroubleText.ofTest(e, endpoint), Optional.of(e).filter(refused -> !refused.sha256().isEmpty()));
    } catch (MailException e) {
      return new Verdict.Failed(TroubleText.ofTest(e, endpoint), Optional.empty(), e instanceof MailException.Unreachable);
    } catch (CredentialException e) {
      ILog.of(ServerTest.class).error("secure storage refused a password", e); //$NON-NLS-1$
      return new Verdict.Failed(TroubleText.ofTest(e, endpoint), Optional.empty());
    } catch (OperationCanceledException e) {
      return new Verdict.Failed(TroubleText.ofTest(e, endpoint), Optional.empty());
    }
  }

  private static Optional<Endpoint> endpoint(Account account, Purpose purpose) {
    return switch (purpose) {
      case INCOMING -> Optional.of(account.incoming());
      case SUBMISSION -> account.submission();
    };
  }
}
