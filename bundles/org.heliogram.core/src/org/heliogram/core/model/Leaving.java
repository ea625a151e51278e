/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/**
 * How long mail stays in a maildrop (RFC 1939) after it was taken. Whatever is chosen: only what is whole on this machine, or what the
 * user deleted here, is ever deleted there.
 */
public enum Leaving {
  /** Everything stays there. */
  EVERYTHING,
  /** It is deleted there as soon as it is durable here. */
  UNTIL_TAKEN,
  /** It is deleted there some days after it was taken; not while it is flagged here. */
  SOME_DAYS,
  /** It is deleted there when it was deleted here, or moved out of the inbox. */
  UNTIL_DELETED
}
