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
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
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
  void everyOperationHasASentenceOfItsOwnWithTheServersWords(Language language) throws Exception {
    List<Operation> operations = List.of(new Operation.ChangeFlags(ACCOUNT, TWO, FlagChange.set(Flag.SEEN)),
        new Operation.Move(ACCOUNT, TWO, new FolderKey(1)), new Operation.Copy(ACCOUNT, TWO, new FolderKey(1)),
        new Operation.Delete(ACCOUNT, TWO));
    Set<String> said = new HashSet<>();

    for (Operation operation : operations) {
      var refused = new ServiceEvent.OperationRefused(operation, "Quota exceeded");
      String words = language.speak(Messages.class, () -> RefusalText.of(refused, "Work"));

      said.add(words);
      assertTrue(words.startsWith("Work ") && words.contains(" 2 ") && words.contains("Quota exceeded"), words);
    }
    assertEquals(operations.size(), said.size());
    assertEquals(operations.size(), Operation.class.getPermittedSubclasses().length);
  }
}
