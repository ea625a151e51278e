/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.Protocol;
import org.heliogram.ui.accounts.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class WelcomePageUiTest {
  private Shell shell;
  private WelcomePage page;

  @BeforeEach
  void open() throws Exception {
    Screen.removeAllAccounts();
    shell = new Shell(Display.getCurrent());
    shell.setLayout(new FillLayout());
    page = new WelcomePage(shell, Screen.services());
    shell.setSize(900, 600);
    shell.open();
  }

  @AfterEach
  void close() throws Exception {
    shell.dispose();
    Screen.removeAllAccounts();
  }

  @Test
  void bothWaysAreReachedByKeyboard() {
    assertTrue(page.setFocus());

    assertTrue(page.addAccount().isFocusControl());
    assertTrue(page.addAccount().traverse(SWT.TRAVERSE_TAB_NEXT));
    assertTrue(page.tryDemo().isFocusControl());
  }

  @Test
  void theDemoMailboxComesWithMessages() throws Exception {
    page.tryDemo().notifyListeners(SWT.Selection, new Event());

    Screen.waitFor(() -> messages() > 10, () -> "only " + messages() + " messages");
    List<Account> accounts = Screen.accounts();
    assertEquals(List.of(Protocol.DEMO), accounts.stream().map(Account::protocol).toList());
  }

  private static int messages() {
    try {
      return Screen.away(() -> Screen.services().store().read(reader -> {
        int sum = 0;
        for (Account account : reader.accounts()) {
          sum += reader.folders(account.id()).stream().mapToInt(Folder::total).sum();
        }
        return sum;
      }));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
