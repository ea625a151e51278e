/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Values: accounts, folders, messages, flags. All immutable. */
package org.heliogram.core.model;
