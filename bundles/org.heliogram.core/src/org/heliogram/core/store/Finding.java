/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

/** Something {@link MailStore#check} found wrong. @param what English, keys and counts only */
public record Finding(String what) {}
