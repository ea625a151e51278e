/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.browser.Browser;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.Workplace;
import org.heliogram.ui.accounts.Screen;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.preferences.MailPreferences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class MessageViewUiTest {
  private static final String PLAIN = """
      From: Grace <grace@example.org>
      To: Ada <ada@example.org>
      Subject: About the analytical engine
      Date: Mon, 23 Nov 2026 08:00:00 +0000
      Content-Type: text/plain; charset=utf-8

      The engine weaves algebraic patterns.
      """;
  private static final String HTML = """
      From: Grace <grace@example.org>
      To: Ada <ada@example.org>
      Subject: Pictures
      Date: Mon, 23 Nov 2026 08:00:00 +0000
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/html; charset=utf-8

      <p>Jacquard <script>document.title='ran'</script><img src="http://127.0.0.1:9/pixel.gif"></p>
      --b
      Content-Type: application/pdf; name="loom.pdf"
      Content-Disposition: attachment; filename="loom.pdf"

      not really
      --b--
      """;
  private Workplace workplace;
  private FolderKey inbox;

  @BeforeEach
  void open() throws Exception {
    workplace = Workplace.open("Work", "Archive");
    inbox = workplace.store(() -> workplace.mailbox.inbox());
    workplace.choose("INBOX");
  }

  @AfterEach
  void clean() throws Exception {
    theme().setTheme("org.eclipse.e4.ui.css.theme.e4_default", false);
    Screen.removeAllAccounts();
  }

  private static IThemeEngine theme() {
    return PlatformUI.getWorkbench().getService(IThemeEngine.class);
  }

  private static MessageView view() {
    return (MessageView) Workplace.view(MailUi.READING_VIEW);
  }

  private MessageKey receive(String subject, String content) throws Exception {
    MessageKey key = workplace.store(() -> workplace.mailbox.receives(inbox, subject, content));
    workplace.waitForSubject(0, subject);
    return key;
  }

  private static void waitForPage(String words) {
    Screen.waitFor(() -> view().shown().filter(shown -> shown.page().html().contains(words)).isPresent(), () -> "no page with " + words);
  }

  @Test
  void theSelectedMessageIsShownWithItsHeader() throws Exception {
    receive("About the analytical engine", PLAIN);

    workplace.select(0);

    waitForPage("algebraic patterns");
    String header = Screen.all(Workplace.area(MailUi.READING_VIEW), StyledText.class).get(0).getText();
    assertTrue(header.startsWith("About the analytical engine"), header);
    assertTrue(header.contains("Grace <grace@example.org>"), header);
    Screen.waitFor(() -> Screen.all(Workplace.area(MailUi.READING_VIEW), Browser.class).stream()
        .anyMatch(browser -> browser.isVisible() && browser.getText().contains("algebraic patterns")), () -> "not in the browser");
  }

  @Test
  void scriptAndRemotePicturesAreNotThereAndTheUserIsTold() throws Exception {
    receive("Pictures", HTML);

    workplace.select(0);

    waitForPage("Jacquard");
    String html = view().shown().orElseThrow().page().html();
    assertFalse(html.contains("<script") || html.contains("127.0.0.1"), "something is left");
    assertEquals(1, view().shown().orElseThrow().page().remote());
    Browser browser = Screen.one(Workplace.area(MailUi.READING_VIEW), Browser.class, any -> true);
    assertFalse(browser.getJavascriptEnabled());
  }

  @Test
  void attachmentsHaveAButtonEach() throws Exception {
    receive("Pictures", HTML);

    workplace.select(0);

    waitForPage("Jacquard");
    Screen.waitFor(() -> Screen.all(Workplace.area(MailUi.READING_VIEW), ToolBar.class).stream()
        .flatMap(bar -> List.of(bar.getItems()).stream()).map(ToolItem::getText).anyMatch(text -> text.startsWith("loom.pdf")),
        () -> "no button for the attachment");
  }

  @Test
  void aMessageThatIsLookedAtBecomesRead() throws Exception {
    MessageKey key = receive("About the analytical engine", PLAIN);

    workplace.select(0);

    Screen.waitFor(() -> !unread(key), () -> "still unread; shown: " + view().shown().isPresent() + ", waits "
        + MailPreferences.markReadAfterSeconds() + " s");
  }

  private boolean unread(MessageKey key) {
    try {
      return workplace.store(() -> Screen.services().store().read(store -> store.summaries(List.of(key)).get(0).unread()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theViewSelectsTheMessageItShows() throws Exception {
    MessageKey key = receive("About the analytical engine", PLAIN);

    workplace.select(0);

    Screen.waitFor(() -> view().getSite().getSelectionProvider().getSelection() instanceof MessageSelection selection
        && selection.keys().equals(List.of(key)), () -> "nothing is selected");
  }

  @Test
  void aDarkThemeColoursTheMessageToo() throws Exception {
    receive("About the analytical engine", PLAIN);
    workplace.select(0);
    waitForPage("algebraic patterns");
    assertFalse(view().theme().look().dark());

    theme().setTheme("org.eclipse.e4.ui.css.theme.e4_dark", false);

    Screen.waitFor(() -> view().theme().look().dark(), () -> "the view is still light");
    String background = view().theme().look().background();
    waitForPage(background);
  }

  @Test
  void severalSelectedMessagesAreCounted() throws Exception {
    receive("About the analytical engine", PLAIN);
    receive("Pictures", HTML);

    workplace.table().selectAll();
    Workplace.notify(workplace.table(), SWT.Selection, workplace.table().getItem(0));

    Screen.waitFor(() -> Screen.all(Workplace.area(MailUi.READING_VIEW), StyledText.class).stream()
        .anyMatch(text -> text.isVisible() && text.getText().startsWith("2 ")), () -> "no count");
  }
}
