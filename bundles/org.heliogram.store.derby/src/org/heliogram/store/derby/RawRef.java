/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

/** Where content lies: {@code length} bytes of a segment file from {@code start}, with their CRC-32C. */
record RawRef(int segment, long start, long length, long checksum) {}
