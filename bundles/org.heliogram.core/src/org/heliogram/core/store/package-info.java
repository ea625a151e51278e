/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The port of the message store: everything the client knows, on this machine. */
package org.heliogram.core.store;
