/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The Message view: one message, read. */
package org.heliogram.ui.reading;
