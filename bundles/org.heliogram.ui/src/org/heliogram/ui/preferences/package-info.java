/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What the user prefers, whatever the account. */
package org.heliogram.ui.preferences;
