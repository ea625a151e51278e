/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The bundles as OSGi joins them: nothing here would fail on a flat class path. */
package org.heliogram.it.services;
