/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.ProgressMonitorWrapper;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;

/**
 * Finds out whether the provider of a POP3 account lets the user in by IMAP as well. Only the host the user named is asked, and its sibling
 * called imap; only with encryption, and with a certificate that holds: nobody else is given the password.
 */
final class ImapProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private final MailService service;
  private final Duration patience;

  ImapProbe(MailService service) {
    this(service, PATIENCE);
  }

  /** @param patience for all together */
  ImapProbe(MailService service, Duration patience) {
    this.service = service;
    this.patience = patience;
  }

  /** Blocks on the network, for a few seconds at most: not for the UI thread. Says nothing when cancelled. */
  Optional<Endpoint> find(Account account, Credentials secret, IProgressMonitor monitor) {
    var limited = new Limited(monitor, System.nanoTime() + patience.toNanos());
    for (Endpoint endpoint : candidates(account.incoming())) {
      if (limited.isCanceled()) {
        break;
      }
      limited.subTask(TroubleText.place(endpoint));
      if (letsIn(account, endpoint, secret, limited)) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }

  private boolean letsIn(Account account, Endpoint endpoint, Credentials secret, IProgressMonitor monitor) {
    var imap = new Account(account.id(), account.label(), account.personName(), account.address(), Protocol.IMAP, endpoint, Optional.empty(),
        account.options());
    try {
      service.test(imap, Purpose.INCOMING, secret, monitor);
      return true;
    } catch (MailException | OperationCanceledException e) {
      return false; // nothing is wrong with that: there is no IMAP here
    }
  }

  static List<Endpoint> candidates(Endpoint pop) {
    var found = new ArrayList<Endpoint>();
    for (String host : hosts(pop.host())) {
      Trust trust = host.equals(pop.host()) ? pop.trust() : new Trust(pop.trust().anchors(), Set.of());
      found.add(new Endpoint(host, ServerKind.IMAP.port(Security.TLS), Security.TLS, pop.user(), trust));
      found.add(new Endpoint(host, ServerKind.IMAP.port(Security.STARTTLS), Security.STARTTLS, pop.user(), trust));
    }
    return found;
  }

  private static Set<String> hosts(String host) {
    var hosts = new LinkedHashSet<String>();
    int dot = host.indexOf('.');
    String first = dot < 0 ? "" : host.substring(0, dot).toLowerCase(Locale.ROOT); //$NON-NLS-1$
    if (first.matches("pop[0-9]?|pop3s")) { //$NON-NLS-1$
      hosts.add("imap" + host.substring(dot)); //$NON-NLS-1$
    }
    hosts.add(host);
    return hosts;
  }

  /** Looks cancelled when time is up. */
  private static final class Limited extends ProgressMonitorWrapper {
    private final long end;

    Limited(IProgressMonitor monitor, long end) {
      super(monitor);
      this.end = end;
    }

    @Override
    public boolean isCanceled() {
      return super.isCanceled() || System.nanoTime() - end > 0;
    }
  }
}
