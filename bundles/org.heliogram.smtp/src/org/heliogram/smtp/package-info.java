/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Submission servers (RFC 6409): so far only signing in to them. */
package org.heliogram.smtp;
