/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import org.eclipse.jface.resource.ImageRegistry;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Image;
import org.heliogram.core.model.Folder;
import org.heliogram.ui.Icons;

/** The icon of a folder by its role. UI thread only. */
final class FolderImages {
  private FolderImages() {}

  static Image of(Folder folder) {
    String key = "org.heliogram.ui/" + folder.role(); //$NON-NLS-1$
    ImageRegistry registry = JFaceResources.getImageRegistry();
    if (registry.getDescriptor(key) == null) {
      registry.put(key, Icons.of(folder.role()));
    }
    return registry.get(key);
  }
}
