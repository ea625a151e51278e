/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.Purpose;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.ui.MailServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class AddAccountWizardUiTest {
  private AddAccountWizard wizard;
  private WizardDialog dialog;

  @BeforeEach
  void open() throws Exception {
    Screen.removeAllAccounts();
    wizard = new AddAccountWizard(Screen.services());
    dialog = new WizardDialog(PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell(), wizard);
    dialog.setBlockOnOpen(false);
    dialog.open();
  }

  @AfterEach
  void close() throws Exception {
    dialog.close();
    Screen.removeAllAccounts();
  }

  @Test
  void beginsWithAPromptAndGoesOnWhenAllIsFilledIn() {
    var page = (DraftPage) wizard.getPages()[0];

    assertNull(page.getErrorMessage());
    assertNotNull(page.getMessage());
    assertFalse(page.isPageComplete());
    fillIn("ada lovelace@example.org", "secret");
    assertNotNull(page.getErrorMessage());

    fillIn("ada@example.org", "secret");

    assertNull(page.getErrorMessage());
    assertTrue(page.canFlipToNextPage());
    assertFalse(wizard.canFinish(), "nobody has seen the servers yet");
    dialog.showPage(wizard.getPages()[1]);
    assertTrue(wizard.canFinish());
  }

  @Test
  void everyFieldHasALabelWithItsOwnMnemonic() {
    fillIn("ada@example.org", "secret");
    dialog.showPage(wizard.getPages()[1]);

    List<Character> mnemonics = Screen.all((Composite) wizard.getPages()[1].getControl(), Label.class)
        .stream().map(label -> label.getText()).filter(text -> text.matches(".*&[^&].*"))
        .map(text -> Character.toLowerCase(text.charAt(text.indexOf('&') + 1))).toList();

    assertEquals(mnemonics.size(), mnemonics.stream().distinct().count(), mnemonics::toString);
    assertTrue(mnemonics.size() >= 9, mnemonics::toString);
  }

  @Test
  void aWrongPasswordIsSaidBesideTheServerAndTheRightOnePasses() {
    try (DovecotServer dovecot = DovecotServer.start()) {
      ServersPage page = servers(dovecot.imap(Security.NONE, "user1"), "wrong");

      page.test();
      String expected = TroubleText.ofTest(new MailException.SignInRefused("", null), dovecot.imap(Security.NONE, "user1"));
      assertTrue(page.line(Purpose.INCOMING).text().startsWith(expected), page.line(Purpose.INCOMING).text());

      wizard.draft().password("pass1");
      page.test();
      assertEquals(Messages.Servers_passed, page.getMessage());
    }
  }

  @Test
  void aCertificateIsExplainedAndCanBeAccepted() {
    try (DovecotServer dovecot = DovecotServer.start()) {
      dovecot.certificate(DovecotServer.Certificate.SELFSIGNED);
      ServersPage page = servers(dovecot.imap(Security.TLS, "user1"), "pass1");

      page.test();
      assertTrue(page.line(Purpose.INCOMING).text().contains("signed by the server itself"), page.line(Purpose.INCOMING).text());
      answer(Messages.Certificate_title, Messages.Certificate_accept);
      press(dialog.getShell(), Messages.Verdict_certificate);

      assertEquals(Messages.Servers_passed, page.getMessage());
      assertEquals(1, wizard.draft().incoming().trust().exceptions().size());
    }
  }

  @Test
  void imapIsOfferedWhereTheSameServerSpeaksItAndOneClickChanges() throws Exception {
    var service = new FakeMailService();
    service.answering = account -> account.protocol() == Protocol.POP3 || account.incoming().host().equals("imap.example.org");
    ServersPage page = pop(service);

    page.test();
    assertEquals(NLS.bind(Messages.Offer_imap, TroubleText.place(new Endpoint("imap.example.org", 993, Security.TLS, "ada"))), page.offered());
    press(dialog.getShell(), Messages.Offer_use);

    assertEquals(Protocol.IMAP, wizard.draft().protocol());
    assertEquals(new Endpoint("imap.example.org", 993, Security.TLS, "ada@example.org"), wizard.draft().incoming().endpoint("ada@example.org"));
    assertEquals("", page.offered());
    assertEquals(Messages.Servers_switched, page.getMessage());
    dialog.showPage(wizard.getPages()[0]);
    assertTrue(Screen.one(dialog.getShell(), Button.class, button -> button.getText().equals(Messages.Identity_imap)).getSelection());
  }

  @Test
  void nothingIsOfferedWhereThereIsNoImapAndAWrongPasswordIsNotTriedElsewhere() throws Exception {
    var service = new FakeMailService();
    service.answering = account -> account.protocol() == Protocol.POP3;
    ServersPage page = pop(service);
    page.test();
    assertEquals("", page.offered());

    service.tried.clear();
    service.refusals.put(Purpose.INCOMING, new MailException.SignInRefused("", null));
    page.test();

    assertEquals(List.of("INCOMING secret"), service.tried);
  }

  private ServersPage pop(FakeMailService service) {
    dialog.close();
    wizard = new AddAccountWizard(new MailServices(Screen.services().store(), service));
    dialog = new WizardDialog(PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell(), wizard);
    dialog.setBlockOnOpen(false);
    dialog.open();
    fillIn("ada@example.org", "secret");
    wizard.draft().protocol(Protocol.POP3);
    wizard.draft().submission().wanted(false);
    dialog.showPage(wizard.getPages()[1]);
    return (ServersPage) wizard.getPages()[1];
  }

  @Test
  void aServerThatIsNotThereIsNotFound() {
    ServersPage page = servers(new Endpoint("imap.invalid", 993, Security.TLS, "ada"), "secret");

    page.test();

    assertTrue(page.line(Purpose.INCOMING).text().startsWith("imap.invalid, port 993: there is no server of this name"),
        page.line(Purpose.INCOMING).text());
  }

  @Test
  void finishingStoresTheAccountUnderItsAddress() throws Exception {
    fillIn("ada@example.invalid", "secret");
    dialog.showPage(wizard.getPages()[1]);

    assertTrue(wizard.performFinish());

    Screen.waitFor(() -> !labels().isEmpty(), () -> "the account did not come");
    assertEquals(List.of("ada@example.invalid"), labels());
  }

  private static void press(Composite in, String name) {
    Screen.one(in, Button.class, button -> button.isVisible() && button.getText().equals(name)).notifyListeners(SWT.Selection, new Event());
  }

  /** Presses a button of a dialog as soon as it comes. */
  private static void answer(String title, String name) {
    Display.getCurrent().timerExec(50, () -> Screen.shell(title).ifPresentOrElse(shell -> press(shell, name), () -> answer(title, name)));
  }

  private static List<String> labels() {
    try {
      return Screen.accounts().stream().map(Account::label).toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private ServersPage servers(Endpoint endpoint, String password) {
    fillIn("ada@example.org", password);
    wizard.draft().submission().wanted(false);
    ServerDraft server = wizard.draft().incoming();
    server.security(endpoint.security());
    server.host(endpoint.host());
    server.port(Integer.toString(endpoint.port()));
    server.user(endpoint.user());
    dialog.showPage(wizard.getPages()[1]);
    return (ServersPage) wizard.getPages()[1];
  }

  private void fillIn(String address, String password) {
    List<Text> fields = Screen.all((Composite) wizard.getPages()[0].getControl(), Text.class);
    fields.get(0).setText("Ada Lovelace");
    fields.get(1).setText(address);
    fields.get(2).setText(password);
    assertEquals(SWT.PASSWORD, fields.get(2).getStyle() & SWT.PASSWORD);
  }
}
