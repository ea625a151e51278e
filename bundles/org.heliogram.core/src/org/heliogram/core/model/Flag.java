/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

/** The flags Heliogram gives a meaning to; everything else is a keyword (RFC 9051 section 2.3.2). */
public enum Flag {
  SEEN("\\Seen"), ANSWERED("\\Answered"), FLAGGED("\\Flagged"), DRAFT("\\Draft"), DELETED("\\Deleted"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  FORWARDED("$Forwarded"), JUNK("$Junk"), NOT_JUNK("$NotJunk"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  private final String imapName;

  Flag(String imapName) {
    this.imapName = imapName;
  }

  /** As written in IMAP. */
  public String imapName() {
    return imapName;
  }

  int bit() {
    return 1 << ordinal();
  }
}
