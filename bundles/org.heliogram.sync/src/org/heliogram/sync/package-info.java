/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Keeps the store and the servers of all accounts in step. */
package org.heliogram.sync;
