/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import org.eclipse.osgi.util.NLS;

/** Words on screen: in the Progress view. */
final class Messages extends NLS {
  public static String Step_bodies;
  public static String Step_connecting;
  public static String Step_counted;
  public static String Step_folders;
  public static String Step_headers;
  public static String Step_sending;

  static {
    initializeMessages("org.heliogram.sync.messages", Messages.class); //$NON-NLS-1$
  }

  private Messages() {}
}
