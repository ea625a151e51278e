/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The doors that views and commands knock at. */
package org.heliogram.core.service;
