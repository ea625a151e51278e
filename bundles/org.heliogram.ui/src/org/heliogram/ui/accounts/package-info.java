/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Setting up, changing and removing accounts, and the words for what goes wrong with them. */
package org.heliogram.ui.accounts;
