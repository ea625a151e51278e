/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Working with mail: every command on messages, drag and drop. */
package org.heliogram.ui.triage;
