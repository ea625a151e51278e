/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;

/**
 * What goes when an account is removed.
 *
 * @param messages in all its folders here
 * @param unsent   changes that no server has seen yet
 */
record Removal(Account account, int messages, int unsent) {
  Removal {
    Objects.requireNonNull(account);
  }

  /** Counts; not for the UI thread. */
  static Removal of(Account account, StoreReader reader) throws StoreException {
    int messages = reader.folders(account.id()).stream().mapToInt(Folder::total).sum();
    return new Removal(account, messages, reader.queue(account.id()).size());
  }

  /** What is deleted here and what is not on the server, in whole sentences. */
  String words() {
    List<String> sentences = new ArrayList<>();
    String count = messages == 1 ? Messages.Removal_oneMessage
        : NLS.bind(Messages.Removal_messages, String.format("%,d", messages)); //$NON-NLS-1$
    sentences.add(switch (account.protocol()) {
      case IMAP -> NLS.bind(Messages.Removal_imap, count, account.incoming().host());
      case POP3 -> messages == 0 ? Messages.Removal_popEmpty : NLS.bind(Messages.Removal_pop, count, account.incoming().host());
      case DEMO -> Messages.Removal_demo;
    });
    if (unsent > 0) {
      sentences.add(unsent == 1 ? NLS.bind(Messages.Removal_oneUnsent, account.incoming().host())
          : NLS.bind(Messages.Removal_unsent, Integer.toString(unsent), account.incoming().host()));
    }
    return String.join("\n\n", sentences); //$NON-NLS-1$
  }
}
