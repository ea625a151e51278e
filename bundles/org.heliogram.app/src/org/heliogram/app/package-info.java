/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The standalone program: one window with the Mail perspective, and where its workspace lies. */
package org.heliogram.app;
