/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What was said on the connections to servers: the Protocol Log view and the details of a trouble. */
package org.heliogram.ui.protocol;
