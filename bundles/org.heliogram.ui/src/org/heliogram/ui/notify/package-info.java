/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What comes to the user unasked: new mail, refused changes, failed jobs; and fetching without being looked at. */
package org.heliogram.ui.notify;
