/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.util.Objects;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.services.IServiceLocator;
import org.heliogram.core.service.MailService;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.ThreadGuard;

/** The services a view works with, as the platform's context finds them among the OSGi services. Whoever gets them this way keeps the store off the UI thread. */
public record MailServices(MailStore store, MailService mail) {
  public MailServices {
    Objects.requireNonNull(store);
    Objects.requireNonNull(mail);
  }

  /** @throws IllegalStateException if a bundle of Heliogram is missing from the installation */
  public static MailServices of(IServiceLocator locator) {
    ThreadGuard.install(() -> Display.getCurrent() != null);
    return new MailServices(required(locator, MailStore.class), required(locator, MailService.class));
  }

  private static <T> T required(IServiceLocator locator, Class<T> type) {
    T service = locator.getService(type);
    if (service == null) {
      throw new IllegalStateException("no service " + type.getName()); //$NON-NLS-1$
    }
    return service;
  }
}
