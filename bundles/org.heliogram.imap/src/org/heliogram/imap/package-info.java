/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The IMAP backend (RFC 3501, RFC 9051 where servers speak both). It talks over {@code jakarta.Connection} with a reader of its own, because
 * Angus's reader has no limits and keeps every literal in memory; nothing here makes an object of a message.
 */
package org.heliogram.imap;
