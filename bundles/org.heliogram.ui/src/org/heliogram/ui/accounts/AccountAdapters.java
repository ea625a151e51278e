/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.model.IWorkbenchAdapter;
import org.eclipse.ui.model.WorkbenchAdapter;
import org.heliogram.core.model.Account;
import org.heliogram.ui.Icons;

/** Gives accounts a name and a picture wherever the platform shows one, such as in the title of their properties. */
public final class AccountAdapters implements IAdapterFactory {
  private static final IWorkbenchAdapter LOOK = new WorkbenchAdapter() {
    @Override
    public String getLabel(Object account) {
      return ((Account) account).label();
    }

    @Override
    public ImageDescriptor getImageDescriptor(Object account) {
      return Icons.of(((Account) account).protocol());
    }
  };

  @Override
  public <T> T getAdapter(Object adaptable, Class<T> type) {
    return type == IWorkbenchAdapter.class && adaptable instanceof Account ? type.cast(LOOK) : null;
  }

  @Override
  public Class<?>[] getAdapterList() {
    return new Class<?>[] {IWorkbenchAdapter.class};
  }
}
