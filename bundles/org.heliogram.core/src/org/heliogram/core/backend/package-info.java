/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The ports of servers: one account on one server, news, fetching, operations, and what can go wrong. */
package org.heliogram.core.backend;
