/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.text.NumberFormat;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.service.Activity.Phase;

/** A step of the work in words, for the Progress view. */
final class Step {
  private Step() {}

  /** @param folder display name; empty for none. @param total 0 where not known. @return empty where there is nothing to say */
  static String words(Phase phase, String folder, int done, int total) {
    String plain = switch (phase) {
      case IDLE -> ""; //$NON-NLS-1$
      case CONNECTING -> Messages.Step_connecting;
      case SENDING_CHANGES -> Messages.Step_sending;
      case READING_FOLDERS -> Messages.Step_folders;
      case FETCHING_HEADERS -> NLS.bind(Messages.Step_headers, folder);
      case FETCHING_BODIES -> NLS.bind(Messages.Step_bodies, folder);
    };
    if (total <= 0 || plain.isEmpty()) {
      return plain;
    }
    NumberFormat numbers = NumberFormat.getIntegerInstance();
    return NLS.bind(Messages.Step_counted, new Object[] {plain, numbers.format(done), numbers.format(total)});
  }
}
