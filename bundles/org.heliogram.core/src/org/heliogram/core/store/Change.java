/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.List;
import java.util.Set;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/** One thing that is different in the view after a commit. Keys only: a listener reads what it shows. */
public sealed interface Change {
  record MessagesAdded(FolderKey folder, List<MessageKey> messages) implements Change {}

  record MessagesRemoved(FolderKey folder, List<MessageKey> messages) implements Change {}

  record MessagesChanged(FolderKey folder, List<MessageKey> messages, Set<Aspect> aspects) implements Change {}

  /** Counts, role or name of one folder. */
  record FolderChanged(AccountId account, FolderKey folder) implements Change {}

  /** Folders came or went. */
  record FoldersChanged(AccountId account) implements Change {}

  record QueueChanged(AccountId account) implements Change {}

  /** Accounts came, went or were edited. */
  record AccountsChanged() implements Change {}

  /** What of a message changed. */
  enum Aspect { FLAGS, BODY, QUEUED, ENVELOPE }
}
