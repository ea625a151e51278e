/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.triage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.ui.IWorkbenchWindow;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.ui.messages.MessageSelection;

/** Copies the selected rows as text ({@code :rows}) or their senders' addresses ({@code :addresses}). */
public final class ClipboardHandler extends MessageHandler implements IExecutableExtension {
  private String what;

  @Override
  public void setInitializationData(IConfigurationElement config, String property, Object data) {
    what = String.valueOf(data);
  }

  @Override
  void run(MessageSelection selection, Triage triage, IWorkbenchWindow window) {
    String text = "addresses".equals(what) ? addresses(selection.summaries()) : rows(selection.summaries()); //$NON-NLS-1$
    if (text.isEmpty()) {
      return;
    }
    var clipboard = new Clipboard(window.getShell().getDisplay());
    clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
    clipboard.dispose();
  }

  static String addresses(List<MessageSummary> rows) {
    var seen = new LinkedHashSet<String>();
    for (MessageSummary row : rows) {
      if (!row.from().mailbox().isBlank()) {
        seen.add(written(row.from()));
      }
    }
    return String.join(", ", seen); //$NON-NLS-1$
  }

  /** RFC 5322 name-addr, the name quoted where it needs to be. */
  private static String written(Address address) {
    if (address.name().isBlank()) {
      return address.mailbox();
    }
    String name = address.name().matches("[\\p{L}\\p{N} _'-]+") ? address.name() //$NON-NLS-1$
        : '"' + address.name().replace("\\", "\\\\").replace("\"", "\\\"") + '"'; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    return name + " <" + address.mailbox() + '>'; //$NON-NLS-1$
  }

  static String rows(List<MessageSummary> rows) {
    return rows.stream().map(row -> row.date() + "\t" + row.from().display() + "\t" + row.subject()) //$NON-NLS-1$ //$NON-NLS-2$
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
