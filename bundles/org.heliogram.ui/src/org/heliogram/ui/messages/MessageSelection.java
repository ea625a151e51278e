/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.messages;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;

/**
 * Selected messages of one folder. Costs eight bytes a message, so that selecting all of a large folder is cheap: as a structured
 * selection it iterates over the rows that are loaded, while {@link #keys} names all.
 */
public final class MessageSelection implements IStructuredSelection {
  private final AccountId account;
  private final FolderKey folder;
  private final MessageKeys keys;
  private final List<MessageSummary> summaries;

  /**
   * @param keys      in list order
   * @param summaries the rows of them that are loaded, in list order
   */
  public MessageSelection(AccountId account, FolderKey folder, MessageKeys keys, List<MessageSummary> summaries) {
    this.account = account;
    this.folder = folder;
    this.keys = keys;
    this.summaries = List.copyOf(summaries);
  }

  public AccountId account() {
    return account;
  }

  /** Where the user sees them. */
  public FolderKey folder() {
    return folder;
  }

  public MessageKeys keys() {
    return keys;
  }

  /** Loaded rows; fewer than {@link #keys} after selecting all of a large folder. */
  public List<MessageSummary> summaries() {
    return summaries;
  }

  @Override
  public Object getFirstElement() {
    return summaries.isEmpty() ? null : summaries.get(0);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Iterator iterator() {
    return summaries.iterator();
  }

  @Override
  public int size() {
    return summaries.size();
  }

  @Override
  public Object[] toArray() {
    return summaries.toArray();
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public List toList() {
    return Collections.unmodifiableList(summaries);
  }

  @Override
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageSelection that && that.keys.equals(keys) && that.summaries.equals(summaries);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }
}
