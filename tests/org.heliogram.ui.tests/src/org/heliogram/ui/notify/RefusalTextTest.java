/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.ui.accounts.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTextTest {
  private static final AccountId ACCOUNT = new AccountId("a");
  private static final List<MessageKey> TWO = List.of(new MessageKey(1), new MessageKey(2));

  @ParameterizedTest
  @EnumSource(Language.class)
  void aTransferIsTheMoveOrCopyThatTheUserAskedFor(Language language) throws Exception {
    var to = new FolderKey(1);
    var move = new ServiceEvent.OperationRefused(new Operation.Move(ACCOUNT, TWO, to), "");
    var copy = new ServiceEvent.OperationRefused(new Operation.Copy(ACCOUNT, TWO, to), "");
    var moving = new ServiceEvent.OperationRefused(new Operation.Transfer(ACCOUNT, TWO, to, true), "");
    var copying = new ServiceEvent.OperationRefused(new Operation.Transfer(ACCOUNT, TWO, to, false), "");

    String moved = language.speak(Messages.class, () -> RefusalText.of(move, "Work"));
    String copied = language.speak(Messages.class, () -> RefusalText.of(copy, "Work"));

    assertEquals(moved, language.speak(Messages.class, () -> RefusalText.of(moving, "Work")));
    assertEquals(copied, language.speak(Messages.class, () -> RefusalText.of(copying, "Work")));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyOperationHasASentenceOfItsOwnWithTheServersWords(Language language) throws Exception {
    FolderPath path = FolderPath.of("Projects", "New");
    List<Operation> onMessages = List.of(new Operation.ChangeFlags(ACCOUNT, TWO, FlagChange.set(Flag.SEEN)),
        new Operation.Move(ACCOUNT, TWO, new FolderKey(1)), new Operation.Copy(ACCOUNT, TWO, new FolderKey(1)),
        new Operation.Delete(ACCOUNT, TWO));
    List<Operation> onFolders = List.of(new Operation.CreateFolder(ACCOUNT, path), new Operation.RenameFolder(ACCOUNT, new FolderKey(1), path),
        new Operation.DeleteFolder(ACCOUNT, new FolderKey(1)), new Operation.Subscribe(ACCOUNT, new FolderKey(1), true));
    Set<String> said = new HashSet<>();

    for (Operation operation : Stream.concat(onMessages.stream(), onFolders.stream()).toList()) {
      var refused = new ServiceEvent.OperationRefused(operation, "Quota exceeded");
      String words = language.speak(Messages.class, () -> RefusalText.of(refused, "Work"));

      said.add(words);
      assertEquals(onMessages.contains(operation), words.contains(" 2 "), words);
      assertEquals(operation instanceof Operation.CreateFolder || operation instanceof Operation.RenameFolder, words.contains("New"), words);
      assertTrue(words.startsWith("Work ") && words.contains("Quota exceeded"), words);
    }
    assertEquals(onMessages.size() + onFolders.size(), said.size());
    assertEquals(onMessages.size() + 1, Operation.OnMessages.class.getPermittedSubclasses().length);
    assertEquals(onFolders.size(), Operation.OnFolder.class.getPermittedSubclasses().length);
  }
}
