/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** Fakes, contracts and fixtures shared by the test bundles. */
package org.heliogram.testing;
