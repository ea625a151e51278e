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
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;

/**
 * What the user wants. Operations name messages and folders by their local key, never by a UID or a name: what the server calls them is
 * looked up when the operation runs.
 */
public sealed interface Operation {
  /** Messages in one queue entry. */
  int LIMIT = 500;

  AccountId account();

  /**
   * On messages. The store splits it at enqueueing into one queue entry for each folder the messages are in, and into pieces of at most
   * {@link #LIMIT} messages: one entry is one server command. Of a {@link Transfer} pieces are smaller.
   */
  sealed interface OnMessages extends Operation {
    List<MessageKey> messages();

    /** The same for fewer messages. */
    OnMessages on(List<MessageKey> some);
  }

  /** On one folder: one queue entry. Only in accounts whose server keeps the folders. */
  sealed interface OnFolder extends Operation {}

  /** Sets and clears flags. Safe to repeat. */
  record ChangeFlags(AccountId account, List<MessageKey> messages, FlagChange change) implements OnMessages {
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
  record Move(AccountId account, List<MessageKey> messages, FolderKey to) implements OnMessages {
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
  record Copy(AccountId account, List<MessageKey> messages, FolderKey to) implements OnMessages {
    public Copy {
      messages = checked(account, messages);
      Objects.requireNonNull(to);
    }

    @Override
    public Copy on(List<MessageKey> some) {
      return new Copy(account, some, to);
    }
  }

  /**
   * Puts messages into a folder that no server can bring them to by itself: a folder of another account, or one that is kept elsewhere
   * (on a server, on this machine). Copies with keys of their own are in view at once, see {@link Ticket#copies()}; the entry stands in the
   * queue of the target's account and can be done as soon as the whole content of its messages is here, see {@link Queued#standing()}.
   * Messages that a server or this machine can bring there by a {@link Move} or {@link Copy} are moved or copied so.
   *
   * <p>With {@code removing} the messages are out of view at once, but are deleted where they were only after their copies are where they
   * belong, by a {@link Delete} of their own account; refused or taken back, they are in view again and nothing was deleted.
   *
   * <p>An entry may also name a message that is itself what is to be put into the folder: one that was made here, or one whose source is
   * gone by now. It is then the only one there is: it is never dropped by a refusal.
   *
   * @param account  of the folder {@code to}
   * @param messages of any accounts
   * @param removing whether it is a move
   */
  record Transfer(AccountId account, List<MessageKey> messages, FolderKey to, boolean removing) implements OnMessages {
    /** Messages in one queue entry: an upload is many round trips or many megabytes, and what is undone or refused is so as a whole. */
    public static final int LIMIT = 50;

    public Transfer {
      messages = checked(account, messages);
      Objects.requireNonNull(to);
    }

    @Override
    public Transfer on(List<MessageKey> some) {
      return new Transfer(account, some, to, removing);
    }
  }

  /** Deletes for good. Moving to the trash is a {@link Move}. */
  record Delete(AccountId account, List<MessageKey> messages) implements OnMessages {
    public Delete {
      messages = checked(account, messages);
    }

    @Override
    public Delete on(List<MessageKey> some) {
      return new Delete(account, some);
    }
  }

  /**
   * Makes a folder. It is there at once, with a key, see {@link Ticket#created()}; messages can be moved into it before the server has heard of it.
   *
   * @param path  where the user sees it; all but the last segment is a folder there is
   * @param role  what it is for (RFC 6154); {@link FolderRole#NONE} for a folder of the user's own
   */
  record CreateFolder(AccountId account, FolderPath path, FolderRole role) implements OnFolder {
    public CreateFolder {
      Objects.requireNonNull(account);
      Objects.requireNonNull(path);
      Objects.requireNonNull(role);
      if (role == FolderRole.INBOX) {
        throw new IllegalArgumentException("a second inbox"); //$NON-NLS-1$
      }
    }

    /** A folder of the user's own. */
    public CreateFolder(AccountId account, FolderPath path) {
      this(account, path, FolderRole.NONE);
    }
  }

  /** Gives a folder another name or another place; the folders in it go with it. Never the inbox. */
  record RenameFolder(AccountId account, FolderKey folder, FolderPath to) implements OnFolder {
    public RenameFolder {
      Objects.requireNonNull(account);
      Objects.requireNonNull(folder);
      Objects.requireNonNull(to);
    }
  }

  /**
   * Deletes a folder with all its messages, for good. Folders in it stay: as long as there are any it is still shown, but can hold no
   * messages. To delete them too, delete them first, the innermost before the others. Never the inbox.
   */
  record DeleteFolder(AccountId account, FolderKey folder) implements OnFolder {
    public DeleteFolder {
      Objects.requireNonNull(account);
      Objects.requireNonNull(folder);
    }
  }

  /** Subscribes to a folder or ends that (RFC 3501 section 6.3.6): for the user's other programs. */
  record Subscribe(AccountId account, FolderKey folder, boolean subscribed) implements OnFolder {
    public Subscribe {
      Objects.requireNonNull(account);
      Objects.requireNonNull(folder);
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
