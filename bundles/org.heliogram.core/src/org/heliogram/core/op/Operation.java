/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.op;

import java.util.List;
import java.util.Objects;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/**
 * What the user wants. Operations name messages by their local key, never by a UID: the server's ids are looked up when the operation
 * runs. The store splits an operation at enqueueing into one queue entry for each folder the messages are in, and into pieces of at
 * most {@link #LIMIT} messages: one entry is one server command.
 */
public sealed interface Operation {
  /** Messages in one queue entry. */
  int LIMIT = 500;

  AccountId account();

  List<MessageKey> messages();

  /** The same for fewer messages. */
  Operation on(List<MessageKey> some);

  /** Sets and clears flags. Safe to repeat. */
  record ChangeFlags(AccountId account, List<MessageKey> messages, FlagChange change) implements Operation {
    public ChangeFlags {
      messages = checked(account, messages);
      Objects.requireNonNull(change);
    }

    @Override
    public ChangeFlags on(List<MessageKey> some) {
      return new ChangeFlags(account, some, change);
    }
  }

  /** Moves to another folder of the same account. The keys stay. */
  record Move(AccountId account, List<MessageKey> messages, FolderKey to) implements Operation {
    public Move {
      messages = checked(account, messages);
      Objects.requireNonNull(to);
    }

    @Override
    public Move on(List<MessageKey> some) {
      return new Move(account, some, to);
    }
  }

  /** Copies to a folder of the same account. The copies get keys of their own when the operation is enqueued. */
  record Copy(AccountId account, List<MessageKey> messages, FolderKey to) implements Operation {
    public Copy {
      messages = checked(account, messages);
      Objects.requireNonNull(to);
    }

    @Override
    public Copy on(List<MessageKey> some) {
      return new Copy(account, some, to);
    }
  }

  /** Deletes for good. Moving to the trash is a {@link Move}. */
  record Delete(AccountId account, List<MessageKey> messages) implements Operation {
    public Delete {
      messages = checked(account, messages);
    }

    @Override
    public Delete on(List<MessageKey> some) {
      return new Delete(account, some);
    }
  }

  private static List<MessageKey> checked(AccountId account, List<MessageKey> messages) {
    Objects.requireNonNull(account);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("operation on no message"); //$NON-NLS-1$
    }
    return List.copyOf(messages);
  }
}
