/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.heliogram.core.model.Account;

/** The accounts, without secrets, in a file of their own beside the store: should the store be lost, they come back and fetch everything anew. */
final class AccountsBackup {
  private static final Logger LOG = System.getLogger(AccountsBackup.class.getName());
  private static final String HEAD = "# accounts of Heliogram, without passwords; an account ends with an empty line\n"; //$NON-NLS-1$
  private final Path file;
  private final Disk disk;

  AccountsBackup(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /** The old file stays whole until the new one is. A failure is logged only: the accounts are in the store. */
  void write(List<Account> accounts) {
    String text = HEAD + accounts.stream().map(account -> AccountText.write(account) + "\n").collect(Collectors.joining()); //$NON-NLS-1$
    Path next = file.resolveSibling(file.getFileName() + ".new"); //$NON-NLS-1$
    try {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      try (Disk.Output out = disk.open(next)) {
        out.truncate(0);
        out.write(0, bytes, 0, bytes.length);
        out.force();
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      disk.forceFolder(file.getParent());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the backup of the accounts was not written", e); //$NON-NLS-1$
    }
  }

  /** What the backup holds; accounts that cannot be read are left out. */
  List<Account> read() {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      return Arrays.stream(text.substring(text.indexOf('\n') + 1).split("\n\n")).filter(part -> !part.isBlank()) //$NON-NLS-1$
          .flatMap(part -> account(part).stream()).toList();
    } catch (IOException e) {
      return List.of(); // no backup: there never was an account, or it is not to be read
    }
  }

  private static List<Account> account(String text) {
    try {
      return List.of(AccountText.read(text));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "an account in the backup is not to be read", e); //$NON-NLS-1$
      return List.of();
    }
  }
}
