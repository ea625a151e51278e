/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.service;

/** What a secret is for. */
public enum Purpose { INCOMING, SUBMISSION }
