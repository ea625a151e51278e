/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.text.NumberFormat;
import org.eclipse.osgi.util.NLS;

/** Sizes for people: two or three figures and a unit (1 KB = 1,000 bytes). */
public final class Sizes {
  private Sizes() {
  }

  public static String text(long bytes) {
    if (bytes < 1_000) {
      return NLS.bind(Messages.Size_bytes, Long.toString(Math.max(0, bytes)));
    }
    if (bytes < 999_500) {
      return NLS.bind(Messages.Size_kilobytes, figures(bytes / 1e3));
    }
    if (bytes < 999_500_000) {
      return NLS.bind(Messages.Size_megabytes, figures(bytes / 1e6));
    }
    return NLS.bind(Messages.Size_gigabytes, figures(bytes / 1e9));
  }

  private static String figures(double value) {
    NumberFormat format = NumberFormat.getNumberInstance();
    format.setMaximumFractionDigits(value < 9.95 ? 1 : 0);
    return format.format(value);
  }
}
