/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Servers for tests: a real Dovecot, one that says what a test tells it to, and a proxy that breaks connections. */
package org.heliogram.testing.server;
