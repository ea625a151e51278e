/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Mail from POP3 maildrops (RFC 1939): taken once, kept here, left on the server. */
package org.heliogram.pop3;
