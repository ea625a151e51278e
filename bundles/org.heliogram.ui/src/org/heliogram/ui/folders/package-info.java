/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The Folders view: accounts and their folders. */
package org.heliogram.ui.folders;
