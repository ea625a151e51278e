/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.util.List;
import java.util.Objects;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.heliogram.mime.Attachment;
import org.heliogram.ui.Icons;
import org.heliogram.ui.Sizes;

/** The attachments of a message, a button each: opens; its menu opens or saves. UI thread only. */
final class AttachmentBar extends Composite {
  private static final int BUTTONS_AT_MOST = 24;
  private final ResourceManager images = new LocalResourceManager(JFaceResources.getResources(), this);
  private final AttachmentActions actions;
  private final Runnable download;
  private ToolBar tools;
  private Menu menu;

  /** @param download fetches what is not here */
  AttachmentBar(Composite parent, AttachmentActions actions, Runnable download) {
    super(parent, SWT.NONE);
    this.actions = Objects.requireNonNull(actions);
    this.download = Objects.requireNonNull(download);
    GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(this);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(new Label(this, SWT.SEPARATOR | SWT.HORIZONTAL));
    GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
    setVisible(false);
    addDisposeListener(event -> disposeMenu());
  }

  /** @param attachments those that are not shown within the text */
  void show(List<Attachment> attachments) {
    if (tools != null) {
      tools.dispose();
    }
    ((GridData) getLayoutData()).exclude = attachments.isEmpty();
    setVisible(!attachments.isEmpty());
    if (!attachments.isEmpty()) {
      fill(attachments);
    }
    getParent().layout(true, true);
  }

  private void fill(List<Attachment> attachments) {
    tools = new ToolBar(this, SWT.FLAT | SWT.RIGHT | SWT.WRAP);
    tools.setBackground(getBackground());
    GridDataFactory.fillDefaults().grab(true, false).indent(6, 2).applyTo(tools);
    attachments.stream().limit(BUTTONS_AT_MOST).forEach(this::button);
    List<Attachment> here = attachments.stream().filter(Attachment::present).toList();
    if (here.size() < attachments.size()) {
      item(NLS.bind(Messages.Attachment_download, attachments.size() - here.size()), "elcl16/get-mail", download); //$NON-NLS-1$
    }
    if (here.size() > 1) {
      item(NLS.bind(Messages.Attachment_saveAll, here.size()), "elcl16/save-all", () -> actions.saveAll(here)); //$NON-NLS-1$
    }
  }

  private void item(String text, String icon, Runnable action) {
    ToolItem item = new ToolItem(tools, SWT.PUSH);
    item.setText(text);
    item.setImage(images.create(Icons.of(icon)));
    item.addListener(SWT.Selection, event -> action.run());
  }

  private void button(Attachment attachment) {
    ToolItem item = new ToolItem(tools, attachment.present() ? SWT.DROP_DOWN : SWT.PUSH);
    item.setText(NLS.bind(Messages.Attachment_button, attachment.fileName().replace("&", "&&"), Sizes.text(attachment.sizeInBytes()))); //$NON-NLS-1$ //$NON-NLS-2$
    item.setToolTipText(attachment.present() ? NLS.bind(Messages.Attachment_open_tip, attachment.fileName(), attachment.mediaType())
        : Messages.Attachment_notHere);
    item.setImage(images.create(Icons.of(icon(attachment))));
    item.addListener(SWT.Selection, event -> {
      if (event.detail == SWT.ARROW) {
        choose(item, attachment);
      } else if (attachment.present()) {
        actions.open(attachment);
      } else {
        download.run();
      }
    });
  }

  private static String icon(Attachment attachment) {
    if (AttachmentFiles.mayRun(attachment)) {
      return "obj16/file-program"; //$NON-NLS-1$
    }
    if (attachment.mediaType().equals("message/rfc822")) { //$NON-NLS-1$
      return "obj16/message"; //$NON-NLS-1$
    }
    return attachment.mediaType().startsWith("image/") ? "obj16/file-image" : "obj16/file"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private void choose(ToolItem item, Attachment attachment) {
    disposeMenu();
    menu = new Menu(getShell(), SWT.POP_UP);
    MenuItem open = new MenuItem(menu, SWT.PUSH);
    open.setText(Messages.Attachment_open);
    open.setImage(images.create(Icons.of("elcl16/open"))); //$NON-NLS-1$
    open.addListener(SWT.Selection, event -> actions.open(attachment));
    MenuItem save = new MenuItem(menu, SWT.PUSH);
    save.setText(Messages.Attachment_save);
    save.setImage(images.create(Icons.of("elcl16/save"))); //$NON-NLS-1$
    save.addListener(SWT.Selection, event -> actions.save(attachment));
    Rectangle bounds = item.getBounds();
    menu.setLocation(tools.toDisplay(new Point(bounds.x, bounds.y + bounds.height)));
    menu.setVisible(true);
  }

  private void disposeMenu() {
    if (menu != null) {
      menu.dispose();
      menu = null;
    }
  }

  void colour(Color background) {
    setBackground(background);
    if (tools != null && !tools.isDisposed()) {
      tools.setBackground(background);
    }
  }
}
