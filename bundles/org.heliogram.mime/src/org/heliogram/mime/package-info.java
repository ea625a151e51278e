/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** Bounded reading and writing of RFC 5322 messages. */
package org.heliogram.mime;
