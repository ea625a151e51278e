/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.Locale;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ImageRegistry;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.graphics.Image;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;

/** The icon of a folder by its role. UI thread only. */
final class FolderImages {
  private FolderImages() {}

  static Image of(Folder folder) {
    String name = folder.role() == FolderRole.NONE ? "folder" : "folder-" + folder.role().name().toLowerCase(Locale.ROOT); //$NON-NLS-1$ //$NON-NLS-2$
    String key = "org.heliogram.ui/" + name; //$NON-NLS-1$
    ImageRegistry registry = JFaceResources.getImageRegistry();
    if (registry.getDescriptor(key) == null) {
      registry.put(key, ResourceLocator.imageDescriptorFromBundle("org.heliogram.ui", "icons/obj16/" + name + ".svg") //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
          .orElseGet(ImageDescriptor::getMissingImageDescriptor));
    }
    return registry.get(key);
  }
}
