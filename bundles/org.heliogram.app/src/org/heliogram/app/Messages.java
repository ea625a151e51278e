/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import org.eclipse.osgi.util.NLS;

/** Words on screen. */
final class Messages extends NLS {
  public static String Menu_edit;
  public static String Menu_file;
  public static String Menu_help;
  public static String Menu_window;
  public static String Workspace_held;
  public static String Workspace_title;
  public static String Workspace_unknownHolder;
  public static String Workspace_unusable;

  static {
    NLS.initializeMessages("org.heliogram.app.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {
  }
}
