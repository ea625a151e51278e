/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.Set;

/** What a server may be able to do beyond RFC 3501; RFC 9051 makes it a must. */
enum Capability {
  /** UID EXPUNGE and COPYUID (RFC 4315). */
  UIDPLUS,
  /** RFC 4731. */
  ESEARCH,
  /** RFC 7162; QRESYNC implies it. RFC 9051 does not. */
  CONDSTORE,
  /** RFC 6851. */
  MOVE,
  /** RFC 2177. */
  IDLE;

  boolean in(Set<String> capabilities) {
    if (this == CONDSTORE) {
      return capabilities.contains(name()) || capabilities.contains("QRESYNC"); //$NON-NLS-1$
    }
    return capabilities.contains(name()) || capabilities.contains("IMAP4REV2") && !capabilities.contains("IMAP4REV1"); //$NON-NLS-1$ //$NON-NLS-2$
  }
}
