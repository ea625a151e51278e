/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/** Rules about the project itself, read from its files: who may depend on whom, and words in two languages. */
package org.heliogram.rules;
