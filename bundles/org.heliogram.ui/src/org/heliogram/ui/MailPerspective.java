/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eclipse.ui.IPlaceholderFolderLayout;

/** Lays out the Mail perspective: folders, messages, message; no editor area until an editor is opened. */
public final class MailPerspective implements IPerspectiveFactory {
  private static final String PROGRESS_VIEW = "org.eclipse.ui.views.ProgressView"; //$NON-NLS-1$
  private static final float FOLDERS = 0.21f;
  private static final float MESSAGES = 0.45f;

  @Override
  public void createInitialLayout(IPageLayout layout) {
    layout.setEditorAreaVisible(false);
    IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, FOLDERS, layout.getEditorArea()); //$NON-NLS-1$
    left.addView(MailUi.FOLDERS_VIEW);
    IFolderLayout top = layout.createFolder("top", IPageLayout.TOP, MESSAGES, layout.getEditorArea()); //$NON-NLS-1$
    top.addView(MailUi.MESSAGES_VIEW);
    IFolderLayout main = layout.createFolder("main", IPageLayout.TOP, IPageLayout.RATIO_MAX, layout.getEditorArea()); //$NON-NLS-1$
    main.addView(MailUi.READING_VIEW);
    main.addView(MailUi.OUTGOING_VIEW);
    main.addPlaceholder(MailUi.READING_VIEW + ":*"); //$NON-NLS-1$
    main.addPlaceholder(MailUi.PROTOCOL_VIEW);
    IPlaceholderFolderLayout below =
        layout.createPlaceholderFolder("below", IPageLayout.BOTTOM, 0.8f, MailUi.FOLDERS_VIEW); //$NON-NLS-1$
    below.addPlaceholder(PROGRESS_VIEW);
    layout.addShowViewShortcut(MailUi.FOLDERS_VIEW);
    layout.addShowViewShortcut(MailUi.MESSAGES_VIEW);
    layout.addShowViewShortcut(MailUi.READING_VIEW);
    layout.addShowViewShortcut(MailUi.OUTGOING_VIEW);
    layout.addShowViewShortcut(MailUi.PROTOCOL_VIEW);
    layout.addShowViewShortcut(PROGRESS_VIEW);
    layout.addPerspectiveShortcut(MailUi.PERSPECTIVE);
  }
}
