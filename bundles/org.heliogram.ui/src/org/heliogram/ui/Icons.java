/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Protocol;

/** Heliogram's own icons, by file name below {@code icons/} without the ending. */
public final class Icons {
  private static final String BUNDLE = "org.heliogram.ui"; //$NON-NLS-1$
  private static final String SELECTED = "-selected"; //$NON-NLS-1$

  private Icons() {
  }

  /** @param name such as "elcl16/delete" */
  public static ImageDescriptor of(String name) {
    return ResourceLocator.imageDescriptorFromBundle(BUNDLE, "icons/" + name + ".svg") //$NON-NLS-1$ //$NON-NLS-2$
        .orElseGet(ImageDescriptor::getMissingImageDescriptor);
  }

  public static ImageDescriptor of(Protocol protocol) {
    return of(name(protocol));
  }

  /** How it is seen on the colour of the selection. */
  public static ImageDescriptor selected(Protocol protocol) {
    return of(name(protocol) + SELECTED);
  }

  private static String name(Protocol protocol) {
    return switch (protocol) {
      case IMAP -> "obj16/account-imap"; //$NON-NLS-1$
      case POP3 -> "obj16/account-pop"; //$NON-NLS-1$
      case DEMO -> "obj16/account-demo"; //$NON-NLS-1$
    };
  }

  public static ImageDescriptor of(FolderRole role) {
    return of(name(role));
  }

  /** How it is seen on the colour of the selection. */
  public static ImageDescriptor selected(FolderRole role) {
    return of(name(role) + SELECTED);
  }

  private static String name(FolderRole role) {
    return switch (role) {
      case INBOX -> "obj16/folder-inbox"; //$NON-NLS-1$
      case DRAFTS -> "obj16/folder-drafts"; //$NON-NLS-1$
      case SENT -> "obj16/folder-sent"; //$NON-NLS-1$
      case ARCHIVE -> "obj16/folder-archive"; //$NON-NLS-1$
      case JUNK -> "obj16/folder-junk"; //$NON-NLS-1$
      case TRASH -> "obj16/folder-trash"; //$NON-NLS-1$
      case ALL -> "obj16/folder-all"; //$NON-NLS-1$
      case FLAGGED -> "obj16/folder-flagged"; //$NON-NLS-1$
      case NONE -> "obj16/folder"; //$NON-NLS-1$
    };
  }
}
