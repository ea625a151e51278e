/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Query.Column;
import org.heliogram.core.store.StoreException;

/**
 * The table on screen. UI thread only.
 *
 * <p>GTK needs 2 to 4 microseconds for each row that comes or goes, whether it is looked at or not: 0.3 s for 100,000. So the table
 * grows in slices between which the window is painted, and a large table is not shrunk but replaced, and thrown away when idle.
 */
final class MessageTable implements MessageRows.Face {
  /** Styles by theme are for the table; the engine keeps an object for each item it styles, and takes the bold of unread rows when themes change. */
  private static final String CSS_DISABLED = "org.eclipse.e4.ui.css.disabled"; //$NON-NLS-1$
  private static final int SLICE = 10_000;
  private static final int LARGE = 3_000;
  private static final int DISPOSE_AFTER_MILLIS = 700;

  /** Who lives with the table. */
  interface Owner {
    /** A table was made: give it a drag source and the like. */
    void made(Table table);

    /** Other rows are selected, or the same look different. */
    void selected();

    /** Double click or Enter. */
    void opened();

    /** A click on the icon of a row. */
    void clicked(MessageSummary row, Column column);

    void sortBy(Column column);

    void laidOut(ListLayout layout);

    void counted(int rows);

    void failed(StoreException e);
  }

  private final Composite stack;
  private final ResourceManager resources;
  private final RowLook look;
  private final Owner owner;
  private MessageRows rows;
  private Table table;
  private MessageColumns columns;
  private Menu menu;
  private ListLayout layout = ListLayout.USUAL;
  private boolean outgoing;
  private String name = ""; //$NON-NLS-1$
  private int target;
  private int[] selected = new int[0];

  MessageTable(Composite stack, ResourceManager resources, RowLook look, Owner owner) {
    this.stack = stack;
    this.resources = resources;
    this.look = look;
    this.owner = owner;
    stack.setLayout(new StackLayout());
  }

  /** Called once, before anything is shown. */
  void show(MessageRows content) {
    rows = content;
    replace();
  }

  void setMenu(Menu contextMenu) {
    menu = contextMenu;
    table.setMenu(menu);
  }

  /** @param listName what a screen reader calls the list */
  void apply(ListLayout wanted, boolean isOutgoing, String listName) {
    layout = wanted;
    outgoing = isOutgoing;
    name = listName;
    columns.apply(wanted, isOutgoing);
  }

  void setFocus() {
    table.setFocus();
  }

  Table control() {
    return table;
  }

  private void replace() {
    Table old = table;
    boolean focus = old != null && old.isFocusControl();
    table = new Table(stack, SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION);
    table.setHeaderVisible(true);
    columns = new MessageColumns(table, resources, owner::sortBy, changed -> {
      layout = changed;
      owner.laidOut(changed);
    });
    listen();
    table.setMenu(menu);
    columns.apply(layout, outgoing);
    selected = new int[0];
    ((StackLayout) stack.getLayout()).topControl = table;
    stack.layout();
    owner.made(table);
    if (focus) {
      table.setFocus();
    }
    if (old != null) {
      old.setMenu(null); // it would be disposed with the table
      old.getDisplay().timerExec(DISPOSE_AFTER_MILLIS, old::dispose);
    }
  }

  private void listen() {
    table.addListener(SWT.SetData, this::setData);
    table.addListener(SWT.PaintItem, this::paint);
    table.addListener(SWT.Selection, event -> select());
    table.addListener(SWT.DragDetect, event -> select()); // GTK starts dragging before it tells of the selection that the same press made
    table.addListener(SWT.DefaultSelection, event -> owner.opened());
    table.addListener(SWT.MouseDown, this::mouseDown);
    table.getAccessible().addAccessibleListener(new AccessibleAdapter() {
      @Override
      public void getName(AccessibleEvent event) {
        if (event.childID == ACC.CHILDID_SELF) {
          event.result = name;
        } else if (event.childID >= 0 && event.childID < rows.keys().size()) {
          rows.loaded(rows.keys().get(event.childID)).ifPresent(row -> event.result = look.text().spoken(row, outgoing));
        }
      }
    });
  }

  private void setData(Event event) {
    TableItem item = (TableItem) event.item;
    item.setData(CSS_DISABLED, Boolean.TRUE);
    rows.row(event.index).ifPresentOrElse(row -> look.fill(item, row, outgoing), () -> RowLook.blank(item));
  }

  private void paint(Event event) {
    if (event.index >= Column.FROM.ordinal()) {
      RowLook.strike(event);
      return;
    }
    int index = table.indexOf((TableItem) event.item);
    if (index >= 0 && index < rows.keys().size()) {
      rows.loaded(rows.keys().get(index)).ifPresent(row -> look.paint(event, row));
    }
  }

  private void mouseDown(Event event) {
    Point at = new Point(event.x, event.y);
    TableItem item = table.getItem(at);
    if (item == null || event.button != 1 || (event.stateMask & SWT.MODIFIER_MASK) != 0) {
      return;
    }
    for (Column column : List.of(Column.READ, Column.FLAGGED)) {
      if (item.getBounds(column.ordinal()).contains(at)) {
        rows.row(table.indexOf(item)).ifPresent(row -> owner.clicked(row, column));
        event.doit = false; // the click was for the icon, not for the selection
      }
    }
  }

  private void select() {
    selected = table.getSelectionIndices();
    owner.selected();
  }

  /** The selected messages, with the rows at hand. */
  MessageKeys selectedKeys() {
    MessageKeys keys = rows.keys();
    return selected.length == keys.size() ? keys
        : MessageKeys.wrap(IntStream.of(selected).filter(i -> i < keys.size()).mapToLong(keys::value).toArray());
  }

  List<MessageSummary> selectedRows() {
    var found = new ArrayList<MessageSummary>();
    for (MessageKey key : selectedKeys()) {
      rows.loaded(key).ifPresent(found::add);
    }
    return found;
  }

  Optional<MessageKey> focused() {
    int index = selected.length == 0 ? -1 : selected.length == 1 ? selected[0] : table.getSelectionIndex();
    return index < 0 || index >= rows.keys().size() ? Optional.empty() : Optional.of(rows.keys().get(index));
  }

  void selectAll() {
    grow(rows.keys().size(), rows.keys().size());
    table.selectAll();
    selected = IntStream.range(0, rows.keys().size()).toArray();
    owner.selected();
  }

  /** Selects these rows as far as they are in the list, and scrolls to the first. */
  void select(MessageKeys wanted) {
    int[] indices = wanted.stream().mapToInt(rows.keys()::indexOf).filter(i -> i >= 0).sorted().toArray();
    if (indices.length > 0) {
      grow(rows.keys().size(), indices[indices.length - 1] + 1);
    }
    table.setSelection(indices);
    table.showSelection();
    selected = indices;
    owner.selected();
  }

  @Override
  public void opened(MessageKeys keys) {
    if (table.getItemCount() > LARGE) {
      replace();
    } else {
      table.deselectAll();
      table.clearAll();
      table.setTopIndex(0);
    }
    selected = new int[0];
    grow(keys.size(), 0);
    owner.counted(keys.size());
    owner.selected();
  }

  @Override
  public void relisted(MessageKeys before, MessageKeys now) {
    Landing landing = Landing.of(before, selected, table.getSelectionIndex(), table.getTopIndex(), now);
    if (table.getItemCount() - now.size() > LARGE) {
      replace();
    } else {
      table.deselectAll();
      table.clearAll();
    }
    int needed = landing.selected().length == 0 ? 0 : landing.selected()[landing.selected().length - 1] + 1;
    grow(now.size(), Math.max(needed, landing.top() + 1));
    table.select(landing.selected());
    table.setTopIndex(landing.top());
    selected = landing.selected();
    owner.counted(now.size());
    owner.selected();
  }

  @Override
  public void reordered(MessageKeys before, MessageKeys now) {
    Landing landing = Landing.of(before, selected, table.getSelectionIndex(), 0, now);
    int needed = landing.selected().length == 0 ? 0 : landing.selected()[landing.selected().length - 1] + 1;
    table.deselectAll();
    table.clearAll();
    grow(now.size(), needed);
    table.setTopIndex(0);
    table.setSelection(landing.selected());
    table.showSelection();
    selected = landing.selected();
    owner.selected();
  }

  /** @param atOnce rows that have to be there when this returns */
  private void grow(int wanted, int atOnce) {
    target = wanted;
    int now = table.getItemCount();
    int next = Math.min(wanted, Math.max(atOnce, now + SLICE));
    if (next != now) {
      table.setItemCount(next);
    }
    if (next < wanted) {
      Table growing = table;
      table.getDisplay().asyncExec(() -> {
        if (growing == table && !growing.isDisposed() && table.getItemCount() < target) {
          grow(target, 0);
        }
      });
    }
  }

  @Override
  public void changed(int from, int to) {
    int last = Math.min(to, table.getItemCount() - 1);
    if (from <= last) {
      table.clear(from, last);
    }
    if (selected.length > 0 && IntStream.of(selected).anyMatch(i -> i >= from && i <= to)) {
      owner.selected();
    }
  }

  @Override
  public int[] visible() {
    int top = table.getTopIndex();
    return new int[] {top, top + table.getClientArea().height / Math.max(1, table.getItemHeight()) + 1};
  }

  @Override
  public void failed(StoreException e) {
    owner.failed(e);
  }
}
