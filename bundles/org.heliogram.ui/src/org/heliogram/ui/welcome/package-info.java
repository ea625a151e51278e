/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What a user without an account sees. */
package org.heliogram.ui.welcome;
