/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What the user wants done: the unit of queue, undo and log. */
package org.heliogram.core.op;
