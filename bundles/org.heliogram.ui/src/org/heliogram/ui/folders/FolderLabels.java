/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.text.NumberFormat;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.jface.viewers.DecorationOverlayIcon;
import org.eclipse.jface.viewers.IDecoration;
import org.eclipse.jface.viewers.StyledCellLabelProvider;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.jface.viewers.StyledString.Styler;
import org.eclipse.jface.viewers.ViewerCell;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.TextStyle;
import org.eclipse.swt.widgets.Control;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.Activity;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.Icons;
import org.heliogram.ui.filing.FolderRules;

/** How accounts and folders look: roles as icons, unread in bold with their number, trouble as a mark with its reason. */
final class FolderLabels extends StyledCellLabelProvider {
  private final FolderTreeContent content;
  private final ResourceManager resources;
  private final Function<AccountId, Activity> activity;
  private final Predicate<Object> selected;
  private final Styler bold;
  private final NumberFormat numbers = NumberFormat.getIntegerInstance();

  /** @param selected whether an account or a folder lies on the colour of the selection */
  FolderLabels(FolderTreeContent content, Control control, ResourceManager resources, Function<AccountId, Activity> activity,
      Predicate<Object> selected) {
    this.content = content;
    this.resources = resources;
    this.activity = activity;
    this.selected = selected;
    Font font = resources.create(FontDescriptor.createFrom(control.getFont()).setStyle(SWT.BOLD));
    bold = new Styler() {
      @Override
      public void applyStyles(TextStyle style) {
        style.font = font;
      }
    };
  }

  @Override
  public void update(ViewerCell cell) {
    StyledString label = label(cell.getElement());
    cell.setText(label.getString());
    cell.setStyleRanges(label.getStyleRanges());
    cell.setImage(image(cell.getElement()));
    super.update(cell);
  }

  private StyledString label(Object element) {
    return switch (element) {
      case Account account -> label(account);
      case Folder folder -> label(folder);
      default -> new StyledString();
    };
  }

  private static StyledString label(Account account) {
    String protocol = protocol(account.protocol());
    var label = new StyledString(account.label());
    return protocol.equals(account.label()) ? label : label.append("  " + protocol, StyledString.QUALIFIER_STYLER); //$NON-NLS-1$
  }

  private StyledString label(Folder folder) {
    String name = content.tree().name(folder);
    var label = new StyledString(name, folder.unread() > 0 ? bold : folder.selectable() ? null : StyledString.QUALIFIER_STYLER);
    if (folder.unread() > 0) {
      label.append("  " + numbers.format(folder.unread()), StyledString.COUNTER_STYLER); //$NON-NLS-1$
    }
    if (content.tree().choice(folder).isPresent() && content.tree().availableOffline(folder)) {
      label.append("  " + Messages.Folder_offline, StyledString.QUALIFIER_STYLER); //$NON-NLS-1$
    }
    return folder.pending() ? label.append("  " + Messages.Folder_pending, StyledString.QUALIFIER_STYLER) : label; //$NON-NLS-1$
  }

  private static String protocol(Protocol protocol) {
    return switch (protocol) {
      case IMAP -> Messages.Protocol_imap;
      case POP3 -> Messages.Protocol_pop3;
      case DEMO -> Messages.Protocol_demo;
    };
  }

  private Image image(Object element) {
    return switch (element) {
      case Account account -> resources.create(image(account));
      case Folder folder -> resources.create(image(folder));
      default -> null;
    };
  }

  private ImageDescriptor image(Folder folder) {
    ImageDescriptor plain = selected.test(folder) ? Icons.selected(folder.role()) : Icons.of(folder.role());
    return !content.tree().availableOffline(folder) ? plain
        : new DecorationOverlayIcon(resources.create(plain), Icons.of("ovr16/offline"), IDecoration.BOTTOM_RIGHT); //$NON-NLS-1$
  }

  private ImageDescriptor image(Account account) {
    ImageDescriptor plain = selected.test(account) ? Icons.selected(account.protocol()) : Icons.of(account.protocol());
    return activity.apply(account.id()).trouble().isEmpty() ? plain
        : new DecorationOverlayIcon(resources.create(plain), Icons.of("ovr16/trouble"), IDecoration.BOTTOM_RIGHT); //$NON-NLS-1$
  }

  @Override
  public String getToolTipText(Object element) {
    return switch (element) {
      case Account account -> ActivityText.tip(account, activity.apply(account.id()));
      case Folder folder -> about(folder);
      default -> null;
    };
  }

  private String about(Folder folder) {
    var lines = new StringJoiner("\n"); //$NON-NLS-1$
    lines.add(counts(folder));
    if (content.tree().availableOffline(folder)) {
      lines.add(Messages.Folder_offlineMeans);
    }
    if (folder.pending()) {
      lines.add(Messages.Folder_pendingMeans);
    }
    if (!folder.subscribed()) {
      lines.add(Messages.Folder_unsubscribed);
    }
    String missing = FolderRules.missing(folder);
    return missing.isEmpty() ? lines.toString() : lines.add(missing).toString();
  }

  private String counts(Folder folder) {
    if (!folder.selectable()) {
      return NLS.bind(Messages.Folder_onlyFolders, FolderNames.path(folder));
    }
    return NLS.bind(Messages.Folder_counts,
        new Object[] {FolderNames.path(folder), numbers.format(folder.total()), numbers.format(folder.unread())});
  }
}
