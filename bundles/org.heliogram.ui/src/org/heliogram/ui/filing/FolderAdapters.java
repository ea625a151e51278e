/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.model.IWorkbenchAdapter;
import org.eclipse.ui.model.WorkbenchAdapter;
import org.heliogram.core.model.Folder;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.Icons;

/** Gives folders a name and a picture wherever the platform shows one, such as in the title of their properties. */
public final class FolderAdapters implements IAdapterFactory {
  private static final IWorkbenchAdapter LOOK = new WorkbenchAdapter() {
    @Override
    public String getLabel(Object folder) {
      return FolderNames.name((Folder) folder);
    }

    @Override
    public ImageDescriptor getImageDescriptor(Object folder) {
      return Icons.of(((Folder) folder).role());
    }
  };

  @Override
  public <T> T getAdapter(Object adaptable, Class<T> type) {
    return type == IWorkbenchAdapter.class && adaptable instanceof Folder ? type.cast(LOOK) : null;
  }

  @Override
  public Class<?>[] getAdapterList() {
    return new Class<?>[] {IWorkbenchAdapter.class};
  }
}
