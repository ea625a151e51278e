/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;

/**
 * Which message bodies are kept here without being asked for.
 *
 * @param keep            what is fetched for a message that is young enough
 * @param months          how far back, in months; 0 means without limit
 * @param attachmentLimit attachments up to this many bytes come with the text under {@link Keep#TEXT}
 */
public record BodyPolicy(Keep keep, int months, long attachmentLimit) {
  /** All text, attachments under 1 MB, last 12 months. */
  public static final BodyPolicy DEFAULT = new BodyPolicy(Keep.TEXT, 12, 1_000_000);
  /** Everything, for ever. */
  public static final BodyPolicy EVERYTHING = new BodyPolicy(Keep.EVERYTHING, 0, Long.MAX_VALUE);
  /** Headers only; a body comes when its message is opened. */
  public static final BodyPolicy HEADERS = new BodyPolicy(Keep.HEADERS, 0, 0);

  /** Depth of what is kept. */
  public enum Keep { HEADERS, TEXT, EVERYTHING }

  public BodyPolicy {
    Objects.requireNonNull(keep);
    if (months < 0 || attachmentLimit < 0) {
      throw new IllegalArgumentException("months " + months + ", limit " + attachmentLimit); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
