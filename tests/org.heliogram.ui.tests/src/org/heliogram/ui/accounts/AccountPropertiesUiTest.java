/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.preference.IPreferenceNode;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.preference.PreferenceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.QuietHours;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class AccountPropertiesUiTest {
  private final Account account = new Account(AccountId.create(), "Work", "Ada", "ada@example.invalid", Protocol.IMAP,
      new Endpoint("imap.example.invalid", 993, Security.TLS, "ada"),
      Optional.of(new Endpoint("smtp.example.invalid", 465, Security.TLS, "ada")), AccountOptions.DEFAULT);
  private PreferenceDialog dialog;

  @BeforeEach
  void add() throws Exception {
    Screen.removeAllAccounts();
    Screen.away(() -> {
      var secret = Optional.of(new Credentials("old"));
      Screen.services().mail().add(account, secret, secret);
      return null;
    });
  }

  @AfterEach
  void remove() throws Exception {
    if (dialog != null) {
      dialog.close();
    }
    Screen.removeAllAccounts();
  }

  @Test
  void eachKindOfAccountHasThePagesThatAreAboutIt() {
    assertEquals(List.of("accountConnection", "accountDeleting", "accountGeneral", "accountKeeping", "accountSchedule", "accountSending", "accountServer"),
        pages(account));
    assertTrue(pages(pop(account.id())).containsAll(List.of("accountMaildrop", "accountSchedule", "accountServer")), () -> pages(pop(account.id())).toString());

    var demo = new Account(account.id(), "Demo", "", "", Protocol.DEMO, account.incoming(), Optional.empty(), AccountOptions.DEFAULT);
    assertEquals(List.of("accountGeneral"), pages(demo));
  }

  @Test
  void theGeneralPageComesFirst() {
    dialog = AccountPropertiesHandler.dialog(shell(), account, AccountPropertiesHandler.FIRST_PAGE);
    dialog.setBlockOnOpen(false);
    dialog.open();

    List<String> shown = Arrays.stream(dialog.getTreeViewer().getTree().getItems()).map(TreeItem::getData).map(IPreferenceNode.class::cast)
        .map(IPreferenceNode::getId).filter(id -> id.startsWith("org.heliogram.ui.")).toList();

    assertEquals(List.of("org.heliogram.ui.accountGeneral", "org.heliogram.ui.accountServer", "org.heliogram.ui.accountSchedule", "org.heliogram.ui.accountSending",
        "org.heliogram.ui.accountDeleting", "org.heliogram.ui.accountKeeping"), shown);
  }

  @Test
  void aNewNameIsStored() throws Exception {
    open("org.heliogram.ui.accountGeneral");
    Screen.one(dialog.getShell(), Text.class, text -> text.getText().equals("Work")).setText("Home");

    pressOk();

    Screen.waitFor(() -> stored().label().equals("Home"), () -> stored().label());
  }

  @Test
  void whenMailIsFetchedIsStoredAndRemembered() throws Exception {
    open("org.heliogram.ui.accountSchedule");
    press(Messages.Schedule_background);
    press(Messages.Schedule_quiet);
    List<DateTime> times = Screen.all(dialog.getShell(), DateTime.class);
    times.get(0).setTime(23, 30, 0);
    times.get(1).setTime(6, 15, 0);
    assertTrue(Screen.all(dialog.getShell(), Label.class).stream().anyMatch(label -> label.getText().contains(Messages.Fetch_asked)
        || label.getText().contains(Messages.Fetch_next.replace("{0}", ""))), "the page does not say when mail is fetched next");

    pressOk();

    Screen.waitFor(() -> stored().options().quiet().equals(Optional.of(new QuietHours(LocalTime.of(23, 30), LocalTime.of(6, 15)))),
        () -> stored().options().quiet().toString());
    assertTrue(stored().options().fetchInBackground());
    Screen.waitFor(() -> InstanceScope.INSTANCE.getNode("org.heliogram.ui").getBoolean("fetchInBackground", false), () -> "not remembered");
  }

  @Test
  void aNewPasswordIsForBothServersWhereTheUserIsTheSame() throws Exception {
    open("org.heliogram.ui.accountServer");
    Screen.one(dialog.getShell(), Text.class, text -> (text.getStyle() & SWT.PASSWORD) != 0).setText("new");

    pressOk();

    Screen.waitFor(() -> secret(Purpose.INCOMING).equals("new"), () -> "the old password is still stored");
    Screen.waitFor(() -> secret(Purpose.SUBMISSION).equals("new"), () -> "sending still has the old password");
    assertEquals(account, stored());
  }

  @Test
  void aTakenNameIsNotAccepted() throws Exception {
    var other = new Account(AccountId.create(), "Other", "", "bob@example.invalid", Protocol.IMAP, account.incoming(), Optional.empty(),
        AccountOptions.DEFAULT);
    Screen.away(() -> {
      Screen.services().mail().add(other, Optional.empty(), Optional.empty());
      return null;
    });
    open("org.heliogram.ui.accountGeneral");
    Screen.one(dialog.getShell(), Text.class, text -> text.getText().equals("Work")).setText("other");

    Screen.waitFor(() -> !ok().isEnabled(), () -> "two accounts could have one name");
  }

  @Test
  void whatDeleteDoesAndTheWayToSignInAreStored() throws Exception {
    open("org.heliogram.ui.accountDeleting");
    Screen.one(dialog.getShell(), Button.class, button -> button.getText().equals(Messages.Deleting_toTrash)).setSelection(false);
    Screen.one(dialog.getShell(), Button.class, button -> button.getText().equals(Messages.Deleting_mark)).setSelection(true);
    pressOk();
    Screen.waitFor(() -> stored().options().deletion() == Deletion.MARK, () -> "deletion " + stored().options().deletion());

    open("org.heliogram.ui.accountConnection");
    Screen.one(dialog.getShell(), Combo.class, combo -> combo.indexOf("SCRAM-SHA-256") > 0).setText("SCRAM-SHA-256");
    Screen.one(dialog.getShell(), Spinner.class, any -> any.isVisible()).setSelection(2);
    pressOk();

    Screen.waitFor(() -> stored().options().server().equals(new ServerOptions(Optional.of("SCRAM-SHA-256"), false, true, 2)),
        () -> stored().options().server().toString());
  }

  @Test
  void whatStaysOnTheServerIsExplainedAndStored() throws Exception {
    var other = pop(AccountId.create());
    var mine = new Account(account.id(), "Post", "", "ada@example.invalid", Protocol.POP3, account.incoming(), Optional.empty(), AccountOptions.DEFAULT);
    Screen.away(() -> {
      Screen.services().mail().update(mine, Optional.empty(), Optional.empty());
      Screen.services().mail().add(other, Optional.empty(), Optional.empty());
      return null;
    });
    open(mine, "org.heliogram.ui.accountMaildrop");
    Combo inbox = Screen.one(dialog.getShell(), Combo.class, combo -> combo.indexOf(Messages.Maildrop_ownInbox) == 0);
    Screen.waitFor(() -> inbox.indexOf("Other") > 0, () -> "the other maildrop is not offered");
    assertTrue(Screen.all(dialog.getShell(), Label.class).stream().anyMatch(label -> label.getText().equals(Messages.Maildrop_untilTakenMeans)));

    press(Messages.Maildrop_someDays);
    Screen.all(dialog.getShell(), Spinner.class).get(0).setSelection(30);
    Screen.all(dialog.getShell(), Spinner.class).get(1).setSelection(5);
    inbox.select(inbox.indexOf("Other"));
    pressOk();

    Screen.waitFor(() -> stored().options().maildrop().equals(new MaildropOptions(Leaving.SOME_DAYS, 30, 5_000_000, Optional.of(other.id()))),
        () -> stored().options().maildrop().toString());
  }

  private Account pop(AccountId id) {
    return new Account(id, "Other", "", "bob@example.invalid", Protocol.POP3, account.incoming(), Optional.empty(), AccountOptions.DEFAULT);
  }

  private void press(String words) {
    Button button = Screen.one(dialog.getShell(), Button.class, any -> any.getText().equals(words));
    button.setSelection(true);
    button.notifyListeners(SWT.Selection, new Event());
  }

  private void open(String page) {
    open(account, page);
  }

  private void open(Account of, String page) {
    dialog = PreferencesUtil.createPropertyDialogOn(shell(), of, page, null, null, 0);
    dialog.setBlockOnOpen(false);
    dialog.open();
    assertFalse(dialog.getShell().isDisposed());
  }

  private static Shell shell() {
    return PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell();
  }

  private static List<String> pages(Object element) {
    PreferenceDialog shown = PreferencesUtil.createPropertyDialogOn(shell(), element, null, null, null, 0);
    try {
      PreferenceManager manager = shown.getPreferenceManager();
      Stream<IPreferenceNode> nodes = manager.getElements(PreferenceManager.PRE_ORDER).stream();
      return nodes.map(IPreferenceNode::getId).filter(id -> id.startsWith("org.heliogram.ui."))
          .map(id -> id.substring("org.heliogram.ui.".length())).sorted().toList();
    } finally {
      shown.close();
    }
  }

  private void pressOk() {
    ok().notifyListeners(SWT.Selection, new Event());
  }

  private Button ok() {
    return Screen.one(dialog.getShell(), Button.class, button -> Integer.valueOf(IDialogConstants.OK_ID).equals(button.getData()));
  }

  private Account stored() {
    try {
      return Screen.accounts().stream().filter(each -> each.id().equals(account.id())).findFirst().orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String secret(Purpose purpose) {
    try {
      CredentialStore secrets = PlatformUI.getWorkbench().getService(CredentialStore.class);
      return Screen.away(() -> secrets.find(account.id(), purpose)).map(Credentials::password).orElse("");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
