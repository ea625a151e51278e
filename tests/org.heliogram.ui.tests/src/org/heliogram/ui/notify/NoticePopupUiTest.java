/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.preferences.MailPreferences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class NoticePopupUiTest {
  private final Display display = Display.getCurrent();
  private final List<Shell> before = List.of(display.getShells());

  @AfterEach
  void close() {
    news().forEach(Shell::dispose);
  }

  @Test
  void aNoticeAppearsAndItsLinkCanBeChosen() {
    List<String> chosen = new ArrayList<>();
    Notice.Line second = new Notice.Line("second", () -> chosen.add("second"));
    Notice.Line off = new Notice.Line("off", () -> chosen.add("off"));
    NoticePopup.show(new Notice("Two <News> & more", List.of(Notice.Line.plain("first & last"), second), List.of(off)));

    Screen.waitFor(() -> !news().isEmpty(), () -> "no popup");
    Shell popup = news().get(0);
    assertTrue(Screen.all(popup, Label.class).stream().anyMatch(label -> label.getText().equals("first && last")));
    List<Link> links = Screen.all(popup, Link.class);
    assertEquals(List.of("<a>second</a>", "<a>off</a>"), links.stream().map(Link::getText).toList());

    links.get(0).notifyListeners(SWT.Selection, new Event());

    assertEquals(List.of("second"), chosen);
  }

  @Test
  void aDialogThatWaitsKeepsNoticesAway() {
    var dialog = new Shell(display, SWT.DIALOG_TRIM | SWT.APPLICATION_MODAL);
    dialog.open();

    assertTrue(NoticePopup.busy(display));

    dialog.dispose();
    assertFalse(NoticePopup.busy(display));
  }

  @Test
  void turningTheNoticesOffIsRemembered() {
    boolean was = MailPreferences.notifyNewMail();
    try {
      MailPreferences.notifyNewMail(true);
      assertTrue(MailPreferences.notifyNewMail());

      MailPreferences.notifyNewMail(false);
      assertFalse(MailPreferences.notifyNewMail());
    } finally {
      MailPreferences.notifyNewMail(was);
    }
  }

  @Test
  void theProductSpeaksUpByDefault() {
    var defaults = DefaultScope.INSTANCE.getNode(MailPreferences.QUALIFIER);

    assertTrue(defaults.getBoolean(MailPreferences.NOTIFY, false));
  }

  private List<Shell> news() {
    return List.of(display.getShells()).stream().filter(shell -> !before.contains(shell) && !shell.isDisposed()).toList();
  }
}
