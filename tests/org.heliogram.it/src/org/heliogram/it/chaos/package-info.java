/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Several clients and another device on one mailbox, while everything that can break does; with an account book of what must be there. */
package org.heliogram.it.chaos;
