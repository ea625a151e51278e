/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.protocol;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.heliogram.core.service.ProtocolLogs.Dialogue;
import org.heliogram.core.service.ProtocolLogs.Line;
import org.heliogram.core.service.ProtocolLogs.Side;

/** The lines of one connection; grows at its end, and follows it while the user has not gone elsewhere. UI thread only. */
final class LogPane {
  private final StyledText text;
  private final LogText words = new LogText(ZoneId.systemDefault());
  private Optional<Dialogue> shown = Optional.empty();

  LogPane(Composite parent) {
    text = new StyledText(parent, SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL | SWT.MULTI);
    text.setFont(JFaceResources.getTextFont());
    text.setMargins(6, 4, 6, 4);
    text.setAlwaysShowScrollBars(false);
    text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        event.result = Messages.Log_accessible;
      }
    });
  }

  StyledText control() {
    return text;
  }

  /** What is in the pane, for the clipboard. */
  String content() {
    return shown.map(words::whole).orElse(""); //$NON-NLS-1$
  }

  void nothing(String why) {
    shown = Optional.empty();
    text.setText(why);
  }

  void show(Dialogue dialogue) {
    boolean same = shown.filter(before -> before.id() == dialogue.id()).isPresent();
    long known = same ? shown.get().skipped() + shown.get().lines().size() : 0;
    long first = dialogue.skipped();
    shown = Optional.of(dialogue);
    if (same && known >= first && dialogue.skipped() == 0) {
      append(dialogue.lines().subList((int) (known - first), dialogue.lines().size()));
      return;
    }
    int top = same ? text.getTopIndex() : 0;
    boolean follows = !same || follows();
    text.setRedraw(false);
    text.setText(dialogue.skipped() == 0 ? "" : NLS.bind(Messages.Log_skipped, dialogue.skipped()) + '\n'); //$NON-NLS-1$
    addLines(dialogue.lines());
    text.setRedraw(true);
    if (follows) {
      toEnd();
    } else {
      text.setTopIndex(top);
    }
  }

  private void append(List<Line> lines) {
    if (!lines.isEmpty()) {
      boolean follows = follows();
      addLines(lines);
      if (follows) {
        toEnd();
      }
    }
  }

  private void addLines(List<Line> lines) {
    var added = new StringBuilder();
    var styles = new ArrayList<StyleRange>();
    int offset = text.getCharCount();
    for (Line line : lines) {
      String shownLine = words.line(line);
      if (line.side() != Side.SERVER) {
        var style = new StyleRange(offset + added.length(), shownLine.length(), null, null, line.side() == Side.CLIENT ? SWT.BOLD : SWT.ITALIC);
        styles.add(style);
      }
      added.append(shownLine).append('\n');
    }
    text.append(added.toString());
    styles.forEach(text::setStyleRange);
  }

  /** The end is in sight and nothing is selected. */
  private boolean follows() {
    int last = text.getLineCount() - 1;
    return text.getSelectionCount() == 0 && text.getLineIndex(text.getClientArea().height) >= last - 1;
  }

  private void toEnd() {
    text.setTopIndex(text.getLineCount() - 1);
  }
}
