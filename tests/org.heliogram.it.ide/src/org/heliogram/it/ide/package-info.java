/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

/**
 * The part of the install test (releng/install-test) that runs inside the IDE. It is built into the IDE under test,
 * knows Heliogram by what a user sees only, and does nothing unless the test asks for it.
 */
package org.heliogram.it.ide;
