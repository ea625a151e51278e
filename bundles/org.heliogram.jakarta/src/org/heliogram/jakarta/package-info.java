/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** Sessions, TLS, sign-in and time limits for everything that goes through Angus Mail. */
package org.heliogram.jakarta;
