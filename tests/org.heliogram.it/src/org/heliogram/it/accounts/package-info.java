/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Whole accounts on real servers: service, queue, store and protocol together, in good days and bad. */
package org.heliogram.it.accounts;
