/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.demo;

import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.osgi.service.component.annotations.Component;

/**
 * Opens the demo mailbox: bundled messages, no network, no secret. A view makes the account itself: protocol
 * {@link org.heliogram.core.model.Protocol#DEMO}, any label, endpoint {@code demo.invalid}, port 1, security NONE, no user; none of it
 * is used.
 */
@Component(property = "protocol=demo")
public final class DemoBackendFactory implements Backend.Factory {
  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) {
    return new DemoBackend();
  }
}
