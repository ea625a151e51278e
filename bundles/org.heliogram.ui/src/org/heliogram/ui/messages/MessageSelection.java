/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;

/**
 * Selected messages of one folder. All keys are here, however many; of the rows those that had been read when the selection was made.
 * As a structured selection it has {@link #size} messages, but iterates over at most {@value #ITERATED} of the rows, so that
 * expressions of commands stay quick with everything selected. Immutable.
 */
public final class MessageSelection implements IStructuredSelection {
  /** Rows that are iterated over. */
  public static final int ITERATED = 100;
  private static final MessageSelection NOTHING = new MessageSelection(null, null, MessageKeys.none(), List.of());

  private final AccountId account;
  private final FolderKey folder;
  private final MessageKeys keys;
  private final List<MessageSummary> summaries;

  /**
   * @param account   null only while no folder is open, like {@code folder}
   * @param keys      in list order
   * @param summaries rows of some or all of the keys, in list order
   */
  public MessageSelection(AccountId account, FolderKey folder, MessageKeys keys, List<MessageSummary> summaries) {
    this.account = account;
    this.folder = folder;
    this.keys = keys;
    this.summaries = List.copyOf(summaries);
  }

  /** No folder is open. */
  public static MessageSelection nothing() {
    return NOTHING;
  }

  /** Null only while no folder is open. */
  public AccountId account() {
    return account;
  }

  /** Null only while no folder is open. */
  public FolderKey folder() {
    return folder;
  }

  /** In the order of the list. */
  public MessageKeys keys() {
    return keys;
  }

  /** The rows that were at hand, in the order of the list; all of them if there are as many as keys. */
  public List<MessageSummary> summaries() {
    return summaries;
  }

  @Override
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public Object getFirstElement() {
    return summaries.isEmpty() ? null : summaries.get(0);
  }

  @Override
  public List<?> toList() {
    return summaries.subList(0, Math.min(ITERATED, summaries.size()));
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Iterator iterator() {
    return toList().iterator();
  }

  @Override
  public Object[] toArray() {
    return toList().toArray();
  }

  /** Same messages in the same state: a changed flag makes another selection, so that enablement follows. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MessageSelection that && Objects.equals(folder, that.folder) && keys.size() == that.keys.size()
        && (keys == that.keys || keys.equals(that.keys)) && summaries.equals(that.summaries);
  }

  @Override
  public int hashCode() {
    MessageKey first = keys.isEmpty() ? null : keys.get(0);
    return Objects.hash(folder, keys.size(), first);
  }

  /** Counts only: a mail's content never reaches a log by accident. */
  @Override
  public String toString() {
    return "MessageSelection[" + keys.size() + " of folder " + folder + "]"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }
}
