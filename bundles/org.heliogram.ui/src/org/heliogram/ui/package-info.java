/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The Mail perspective and what its views share. */
package org.heliogram.ui;
