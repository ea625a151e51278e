/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

/** Turns what goes over a wire into lines that may be kept. Its owner locks. */
interface Tap {
  void client(byte[] octets, int offset, int length);

  void server(byte[] octets, int offset, int length);

  /** Nothing more will come. */
  void finish();
}
