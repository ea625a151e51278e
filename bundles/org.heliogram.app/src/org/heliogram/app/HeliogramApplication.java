/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.service.DataFolder;

/** Starts the standalone program: takes its workspace, or says who has it, and runs the workbench. */
public final class HeliogramApplication implements IApplication {
  @Override
  public Object start(IApplicationContext context) {
    Display.setAppName("Heliogram"); //$NON-NLS-1$
    Display display = PlatformUI.createDisplay();
    try {
      Location workspace = Platform.getInstanceLocation();
      String refusal = take(workspace);
      if (refusal != null) {
        MessageDialog.openError(null, Messages.Workspace_title, refusal);
        return EXIT_OK;
      }
      try {
        int code = PlatformUI.createAndRunWorkbench(display, new HeliogramWorkbenchAdvisor());
        return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
      } finally {
        workspace.release();
      }
    } finally {
      display.dispose();
    }
  }

  @Override
  public void stop() {
    if (!PlatformUI.isWorkbenchRunning()) {
      return;
    }
    IWorkbench workbench = PlatformUI.getWorkbench();
    workbench.getDisplay().asyncExec(() -> {
      if (!workbench.isClosing()) {
        workbench.close();
      }
    });
  }

  /** Locks the workspace for this process; null if that worked, else a sentence for the user. */
  private static String take(Location workspace) {
    Path folder = DataFolder.locate().resolve("workspace"); // window layout and preferences; the mail lies beside it //$NON-NLS-1$
    try {
      if (!workspace.isSet()) {
        DataFolder.create(folder.getParent());
        Files.createDirectories(folder);
        return workspace.set(folder.toUri().toURL(), true) ? claimed(folder) : held(folder);
      }
      folder = new File(workspace.getURL().getPath()).toPath(); // such a URL may hold unescaped blanks
      return workspace.lock() ? claimed(folder) : held(folder);
    } catch (IOException e) {
      return NLS.bind(Messages.Workspace_unusable, folder, e.getLocalizedMessage());
    }
  }

  private static String claimed(Path folder) throws IOException {
    Holder.write(folder);
    return null;
  }

  private static String held(Path folder) {
    return NLS.bind(Messages.Workspace_held, folder, Holder.read(folder).orElse(Messages.Workspace_unknownHolder));
  }
}
