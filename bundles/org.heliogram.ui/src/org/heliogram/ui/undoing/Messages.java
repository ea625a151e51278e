/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.undoing;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Perform_failed;
  public static String Undo_again;
  public static String Undo_back;
  public static String Undo_context;
  public static String Undo_failed;
  public static String Undo_tooLate;

  static {
    initializeMessages("org.heliogram.ui.undoing.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
