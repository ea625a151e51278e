/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What tests of more than one bundle need: a store in memory, contracts of the ports, scripted backends, clocks. */
package org.heliogram.testing;
