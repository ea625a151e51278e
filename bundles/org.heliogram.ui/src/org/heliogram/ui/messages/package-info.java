/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** The Messages view: the list of a folder's messages. */
package org.heliogram.ui.messages;
