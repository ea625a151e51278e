/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.Map;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;

/** What a command works with. @param environment of the process @param monitor cancelled when the process is asked to end */
record Desk(MailStore store, MailService service, MimeCodec codec, Output output, Map<String, String> environment, IProgressMonitor monitor) {
  Desk with(Output other) {
    return new Desk(store, service, codec, other, environment, monitor);
  }
}
