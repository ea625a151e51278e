/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.PlatformUI;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/**
 * Begins fetching after the workbench has come up, if an account of this workspace is to be fetched in the background.
 *
 * <p>A delayed component: it is made when the workbench announces, once, that it is complete. In an IDE where nobody asked for
 * background fetching all that runs is {@link BackgroundFetch#wanted()}; no service is looked up, so no store is opened.
 */
@Component(service = EventHandler.class, property = "event.topics=org/eclipse/e4/ui/LifeCycle/appStartupComplete")
public final class BackgroundStart implements EventHandler {
  private static final long DELAY_IN_MILLIS = 5_000; // the user waits for the IDE, not for mail

  @Override
  public void handleEvent(Event complete) {
    if (BackgroundFetch.wanted()) {
      new StartJob().schedule(DELAY_IN_MILLIS);
    }
  }

  private static final class StartJob extends Job {
    StartJob() {
      super("heliogram background start"); //$NON-NLS-1$
      setSystem(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
      if (PlatformUI.isWorkbenchRunning()) {
        MailStart start = PlatformUI.getWorkbench().getService(MailStart.class);
        start.begin();
      }
      return Status.OK_STATUS;
    }
  }
}
