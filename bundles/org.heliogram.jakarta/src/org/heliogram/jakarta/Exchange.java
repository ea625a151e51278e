/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.io.IOException;
import org.heliogram.core.backend.MailException;

/** A dialogue with a server: one or more commands and what comes back. */
@FunctionalInterface
public interface Exchange<T, X extends Exception> {
  T run() throws IOException, MailException, X;
}
