/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Outgoing changes: what the user did that servers do not know yet, and what they refused. */
package org.heliogram.ui.outgoing;
