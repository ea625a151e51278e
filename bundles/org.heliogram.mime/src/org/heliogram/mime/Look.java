/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.mime;

import java.util.regex.Pattern;

/**
 * The colours of the view a page is shown in, as #rrggbb.
 *
 * @param dark whether the background is dark: coloured HTML mail is then toned down, pictures are left alone
 */
public record Look(String background, String foreground, String link, boolean dark) {
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}"); //$NON-NLS-1$
  /** Black on white. */
  public static final Look LIGHT = new Look("#ffffff", "#1a1a1a", "#0b57d0", false); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  /** For dark themes that say nothing of their own. */
  public static final Look DARK = new Look("#1e1f22", "#dcdcdc", "#8ab4f8", true); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$

  public Look {
    if (!COLOUR.matcher(background).matches() || !COLOUR.matcher(foreground).matches() || !COLOUR.matcher(link).matches()) {
      throw new IllegalArgumentException("colour is not #rrggbb"); //$NON-NLS-1$
    }
  }
}
