/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.source;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Source_accessible;
  public static String Source_failed;
  public static String Source_loading;
  public static String Source_shortened;
  public static String Source_title;
  public static String Source_untitled;

  static {
    initializeMessages("org.heliogram.ui.source.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
