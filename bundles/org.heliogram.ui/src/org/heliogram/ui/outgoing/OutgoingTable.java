/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.IElementComparer;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.PageBook;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.Activity;
import org.heliogram.ui.Icons;

/** The rows on screen, or the sentence that there are none. UI thread only. */
final class OutgoingTable {
  private final Function<AccountId, Activity> activities;
  private final PageBook book;
  private final Composite nothing;
  private final Composite something;
  private final TableViewer viewer;
  private final TableColumnLayout layout = new TableColumnLayout();
  private List<OutgoingRow> rows = List.of();

  OutgoingTable(Composite parent, ResourceManager images, Function<AccountId, Activity> activities) {
    this.activities = activities;
    book = new PageBook(parent, SWT.NONE);
    nothing = nothing();
    something = new Composite(book, SWT.NONE);
    something.setLayout(layout);
    viewer = new TableViewer(something, SWT.MULTI | SWT.FULL_SELECTION | SWT.H_SCROLL | SWT.V_SCROLL | SWT.VIRTUAL);
    viewer.getTable().setHeaderVisible(true);
    viewer.setContentProvider(ArrayContentProvider.getInstance());
    viewer.setComparer(new ById());
    createColumns(images);
    ColumnViewerToolTipSupport.enableFor(viewer);
    viewer.getTable().getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        if (event.childID == ACC.CHILDID_SELF) {
          event.result = Messages.Table_name;
        }
      }
    });
    book.showPage(nothing);
  }

  private Composite nothing() {
    var page = new Composite(book, SWT.NONE);
    GridLayoutFactory.swtDefaults().margins(24, 24).applyTo(page);
    var words = new Label(page, SWT.WRAP | SWT.CENTER);
    words.setText(Messages.Table_nothing);
    GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).grab(true, true).applyTo(words);
    return page;
  }

  private void createColumns(ResourceManager images) {
    Image waiting = images.create(Icons.of("obj16/change-waiting")); //$NON-NLS-1$
    Image refused = images.create(Icons.of("obj16/trouble")); //$NON-NLS-1$
    column(Messages.Column_what, 44, new Cells(OutgoingRow::what) {
      @Override
      public Image getImage(Object element) {
        return element instanceof OutgoingRow.Refused ? refused : waiting;
      }
    });
    column(Messages.Column_account, 14, new Cells(row -> row.account().label()));
    column(Messages.Column_since, 14, new Cells(row -> OutgoingWords.since(row.since(), Instant.now())) {
      @Override
      public String getToolTipText(Object element) {
        return OutgoingView.date(((OutgoingRow) element).since());
      }
    });
    column(Messages.Column_state, 34, new Cells(row -> OutgoingWords.state(row, activities.apply(row.account().id()))));
    column(Messages.Column_attempts, 9, new Cells(row -> row instanceof OutgoingRow.Waiting one ? Integer.toString(one.attempts()) : "")); //$NON-NLS-1$
  }

  private void column(String title, int weight, ColumnLabelProvider cells) {
    var column = new TableViewerColumn(viewer, SWT.NONE);
    column.getColumn().setText(title);
    column.getColumn().setMoveable(true);
    column.setLabelProvider(cells);
    layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 50, true));
  }

  /** The text of a column, also as its tooltip: what is cut off can be read there. */
  private static class Cells extends ColumnLabelProvider {
    private final Function<OutgoingRow, String> text;

    Cells(Function<OutgoingRow, String> text) {
      this.text = text;
    }

    @Override
    public String getText(Object element) {
      return text.apply((OutgoingRow) element);
    }

    @Override
    public String getToolTipText(Object element) {
      String all = getText(element);
      return all.isEmpty() ? null : all;
    }
  }

  /** A row stays selected while what is known of it changes. */
  private static final class ById implements IElementComparer {
    @Override
    public boolean equals(Object one, Object other) {
      return one instanceof OutgoingRow a && other instanceof OutgoingRow b ? a.id().equals(b.id()) : one.equals(other);
    }

    @Override
    public int hashCode(Object element) {
      return element instanceof OutgoingRow row ? row.id().hashCode() : element.hashCode();
    }
  }

  TableViewer viewer() {
    return viewer;
  }

  List<OutgoingRow> rows() {
    return rows;
  }

  void show(List<OutgoingRow> next) {
    if (!next.equals(rows)) {
      var selected = viewer.getSelection();
      rows = next;
      viewer.getTable().setRedraw(false);
      viewer.setInput(next);
      viewer.setSelection(selected);
      viewer.getTable().setRedraw(true);
    }
    boolean focused = viewer.getTable().isFocusControl();
    book.showPage(next.isEmpty() ? nothing : something);
    if (focused && next.isEmpty()) {
      book.setFocus();
    }
  }

  /** The rows are the same, but how it stands with them may not be. */
  void restate() {
    if (!rows.isEmpty()) {
      viewer.refresh(true, false);
    }
  }

  void setFocus() {
    if (rows.isEmpty()) {
      nothing.forceFocus();
    } else {
      viewer.getTable().setFocus();
    }
  }
}
