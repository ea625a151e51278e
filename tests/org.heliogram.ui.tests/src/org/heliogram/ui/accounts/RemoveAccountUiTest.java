/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.expressions.EvaluationContext;
import org.eclipse.core.expressions.IEvaluationContext;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.ISources;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class RemoveAccountUiTest {
  private final Account account = new Account(AccountId.create(), "Old mail", "", "ada@example.invalid", Protocol.POP3,
      new Endpoint("pop.example.invalid", 995, Security.TLS, "ada"), Optional.empty(),
      new AccountOptions(Duration.ZERO, false, BodyPolicy.DEFAULT));

  @BeforeEach
  void add() throws Exception {
    Screen.removeAllAccounts();
    Screen.away(() -> {
      Screen.services().mail().add(account, Optional.empty(), Optional.empty());
      return null;
    });
  }

  @AfterEach
  void remove() throws Exception {
    Screen.removeAllAccounts();
  }

  @Test
  void theQuestionSpellsOutWhatGoesAndCancelIsTheDefault() throws Exception {
    List<String> words = new ArrayList<>();
    answer(words, Messages.Removal_cancel);

    execute();

    assertTrue(words.stream().anyMatch(text -> text.contains("Old mail") && text.contains("nothing is deleted on the server")),
        words::toString);
    assertTrue(words.contains("default: " + Messages.Removal_cancel), words::toString);
    assertEquals(List.of(account), Screen.accounts());
  }

  @Test
  void removingRemoves() throws Exception {
    answer(new ArrayList<>(), Messages.Removal_remove);

    execute();

    Screen.waitFor(() -> none(), () -> "the account is still there");
  }

  private static boolean none() {
    try {
      return Screen.accounts().isEmpty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void execute() throws Exception {
    var event = new ExecutionEvent(null, Map.of(), null, context());
    new RemoveAccountHandler().execute(event);
  }

  private IEvaluationContext context() {
    var context = new EvaluationContext(null, List.of());
    context.addVariable(ISources.ACTIVE_WORKBENCH_WINDOW_NAME, PlatformUI.getWorkbench().getActiveWorkbenchWindow());
    context.addVariable(ISources.ACTIVE_CURRENT_SELECTION_NAME, new StructuredSelection(account));
    return context;
  }

  /** Reads the question when it comes and presses a button. */
  private static void answer(List<String> words, String button) {
    Display display = Display.getCurrent();
    display.timerExec(50, () -> {
      Optional<Shell> question = Screen.shell(Messages.Removal_title);
      if (question.isEmpty()) {
        answer(words, button);
        return;
      }
      Screen.all(question.get(), Label.class).forEach(label -> words.add(label.getText()));
      words.add("default: " + question.get().getDefaultButton().getText());
      Screen.one(question.get(), Button.class, each -> each.getText().equals(button)).notifyListeners(SWT.Selection, new Event());
    });
  }
}
