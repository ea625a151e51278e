/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Taking mail commands back, and doing them again. */
package org.heliogram.ui.undoing;
