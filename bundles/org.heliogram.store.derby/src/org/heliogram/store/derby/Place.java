/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.util.Optional;
import org.heliogram.core.backend.RemoteId;

/** The column {@code message.place}: see {@link Migration1FirstTables}. */
final class Place {
  static final String KNOWN = "i"; //$NON-NLS-1$
  static final String WAITING = "w"; //$NON-NLS-1$
  static final String UNBORN = "u"; //$NON-NLS-1$
  static final String LOCAL = "l"; //$NON-NLS-1$

  private Place() {}

  static String known(RemoteId id) {
    return KNOWN + id.value();
  }

  static String waiting(String messageIdHeader, long key) {
    return waitingFor(messageIdHeader) + key;
  }

  /** What the places of all messages begin with that wait and have this Message-ID; others may share it. */
  static String waitingFor(String messageIdHeader) {
    long hash = 1_125_899_906_842_597L;
    for (int i = 0; i < messageIdHeader.length(); i++) {
      hash = 31 * hash + messageIdHeader.charAt(i);
    }
    return String.format("w%016x/", hash); //$NON-NLS-1$
  }

  static String unborn(long key) {
    return UNBORN + key;
  }

  static String local(long key) {
    return LOCAL + key;
  }

  /** Just above every place that begins with the prefix. */
  static String after(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  static Optional<RemoteId> id(String place) {
    return place.startsWith(KNOWN) ? Optional.of(new RemoteId(place.substring(1))) : Optional.empty();
  }

  static boolean born(String place) {
    return !place.startsWith(UNBORN);
  }
}
