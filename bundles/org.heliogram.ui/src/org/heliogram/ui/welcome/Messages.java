/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.welcome;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
  public static String Demo_label;
  public static String Demo_person;
  public static String Welcome_add;
  public static String Welcome_addMeans;
  public static String Welcome_demo;
  public static String Welcome_demoMeans;
  public static String Welcome_text;
  public static String Welcome_title;

  static {
    NLS.initializeMessages("org.heliogram.ui.welcome.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
