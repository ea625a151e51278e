/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Folders themselves: making, renaming, moving, deleting and subscribing to them, and what the user may not do with them. */
package org.heliogram.ui.filing;
