/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Shows a message's bytes as text. */
package org.heliogram.ui.source;
