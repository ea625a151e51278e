/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The headless application: Heliogram's commands for scripts. */
package org.heliogram.cli;
