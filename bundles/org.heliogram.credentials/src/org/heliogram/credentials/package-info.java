/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Passwords in Equinox secure storage. */
package org.heliogram.credentials;
