/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.SyncRequest.Renumbered;
import org.heliogram.ui.Mailbox;
import org.heliogram.ui.accounts.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ActivityBarUiTest {
  private final Shell shell = new Shell();
  private final Account account = Mailbox.account("Post");
  private final List<Renumbered> decided = new ArrayList<>();
  private final ActivityBar bar = bar();

  @AfterEach
  void close() {
    shell.dispose();
  }

  @Test
  void whatToDoWithRenumberedMailIsDecidedWhereTheTroubleIsShown() {
    bar.show(account, troubled(new MailException.Renumbered(40, 39)));
    Link choices = Screen.one(shell, Link.class, any -> true);
    assertTrue(choices.getVisible());

    click(choices, "KNOWN");
    click(choices, "NEW");

    assertEquals(List.of(Renumbered.KNOWN, Renumbered.NEW), decided);
  }

  @Test
  void otherTroubleOffersNoSuchChoice() {
    bar.show(account, troubled(new MailException.Renumbered(40, 39)));
    bar.show(account, troubled(new MailException.SignInRefused("", null)));

    assertFalse(Screen.one(shell, Link.class, any -> true).getVisible());
  }

  private ActivityBar bar() {
    shell.setLayout(new GridLayout());
    return new ActivityBar(shell, id -> {}, id -> {}, (of, trouble) -> {}, (of, decision) -> decided.add(decision));
  }

  private Activity troubled(Exception trouble) {
    return new Activity(account.id(), Activity.Phase.IDLE, "", 0, 0, Optional.of(trouble), Optional.empty(), Optional.empty());
  }

  private static void click(Link link, String target) {
    var event = new Event();
    event.text = target;
    link.notifyListeners(SWT.Selection, event);
  }
}
