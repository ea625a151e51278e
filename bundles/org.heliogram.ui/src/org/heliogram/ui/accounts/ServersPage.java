/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.accounts;

import java.lang.reflect.InvocationTargetException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.IWizardContainer2;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException.CertificateRefused;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.service.MailService;
import org.heliogram.core.service.Purpose;

/** The servers, and whether they let the user in. */
final class ServersPage extends DraftPage {
  private final AccountDraft draft;
  private final AccountId id;
  private final MailService service;
  private IncomingFields incoming;
  private SubmissionFields submission;
  private OfferLine offer;
  private Group incomingGroup;
  private Button test;

  ServersPage(AccountDraft draft, AccountId id, MailService service) {
    super("servers", Messages.Servers_title, Messages.Servers_complete); //$NON-NLS-1$
    this.draft = draft;
    this.id = id;
    this.service = service;
    setMessage(Messages.Servers_complete);
  }

  @Override
  public void createControl(Composite parent) {
    initializeDialogUnits(parent);
    Composite area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.swtDefaults().margins(10, 6).spacing(0, 6).applyTo(area);
    incomingGroup = group(area, Messages.Servers_incomingImap);
    incoming = new IncomingFields(incomingGroup, draft.incoming(), this::edited, look(draft.incoming()));
    offer = new OfferLine(incomingGroup, ServerFields.COLUMNS, Messages.Offer_use);
    submission = new SubmissionFields(group(area, Messages.Servers_submission), draft.submission(), this::checked,
        look(draft.submission().server()));
    test = new Button(area, SWT.PUSH);
    test.setText(Messages.Servers_test);
    test.setToolTipText(Messages.Servers_testTip);
    setButtonLayoutData(test).horizontalAlignment = SWT.END;
    test.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> test()));
    setControl(area);
  }

  /** The first page may have changed what is suggested. */
  @Override
  public void setVisible(boolean visible) {
    if (visible) {
      show();
    }
    super.setVisible(visible);
    if (visible) {
      incoming.focus();
    }
  }

  private void show() {
    boolean imap = draft.protocol() == Protocol.IMAP;
    incomingGroup.setText(imap ? Messages.Servers_incomingImap : Messages.Servers_incomingPop);
    offer.clear();
    incoming.show();
    submission.show();
    checked();
  }

  private void edited() {
    offer.clear();
    checked();
  }

  @Override
  Check check() {
    Check check = draft.checkServers();
    test.setEnabled(check instanceof Check.Fine);
    ((IWizardContainer2) getContainer()).updateSize();
    return check;
  }

  void test() {
    Account account = draft.account(id, draft.address());
    Optional<Credentials> first = draft.incomingCredentials();
    Optional<Credentials> second = draft.submissionCredentials();
    ServerTest run = new ServerTest(service, purpose -> purpose == Purpose.INCOMING ? first : second);
    Map<Purpose, Verdict> verdicts = new EnumMap<>(Purpose.class);
    var better = new AtomicReference<Optional<Endpoint>>(Optional.empty());
    try {
      getContainer().run(true, true, monitor -> {
        verdicts.putAll(run.run(account, List.of(Purpose.INCOMING, Purpose.SUBMISSION), monitor));
        if (account.protocol() == Protocol.POP3 && maySpeakImap(verdicts.get(Purpose.INCOMING))) {
          better.set(new ImapProbe(service).find(account, first.orElseThrow(), monitor));
        }
      });
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause()); // the test itself throws nothing checked
    } catch (InterruptedException e) {
      return; // cancelled before it had begun
    }
    show(verdicts);
    better.get().ifPresent(this::offer);
  }

  /** A wrong password is not tried at other doors. */
  private static boolean maySpeakImap(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> true;
      case Verdict.Failed failed -> failed.unreachable();
    };
  }

  private void offer(Endpoint imap) {
    offer.show(NLS.bind(Messages.Offer_imap, TroubleText.place(imap)), () -> {
      draft.useInstead(Protocol.IMAP, imap);
      show();
      incoming.verdict().show(new Verdict.Passed(NLS.bind(Messages.Test_signedIn, TroubleText.place(imap))));
      setMessage(Messages.Servers_switched, IMessageProvider.INFORMATION);
      ((IWizardContainer2) getContainer()).updateSize();
      incoming.focus();
    });
    ((IWizardContainer2) getContainer()).updateSize();
  }

  String offered() {
    return offer.text();
  }

  private void show(Map<Purpose, Verdict> verdicts) {
    incoming.verdict().clear();
    submission.verdict().clear();
    verdicts.forEach((purpose, verdict) -> line(purpose).show(verdict));
    boolean passed = verdicts.values().stream().allMatch(Verdict.Passed.class::isInstance);
    if (passed) {
      setMessage(Messages.Servers_passed, IMessageProvider.INFORMATION);
    } else {
      setMessage(Messages.Servers_failed, IMessageProvider.WARNING);
    }
    ((IWizardContainer2) getContainer()).updateSize();
  }

  VerdictLine line(Purpose purpose) {
    return switch (purpose) {
      case INCOMING -> incoming.verdict();
      case SUBMISSION -> submission.verdict();
    };
  }

  /** Shows a certificate; if the user accepts it, tries again with it. */
  private Consumer<CertificateRefused> look(ServerDraft server) {
    return refused -> {
      String problem = TroubleText.ofTest(refused, server.endpoint(server.user()));
      if (new CertificateDialog(getShell(), refused, server.host(), problem).open() == Window.OK) {
        server.accept(refused.sha256());
        test();
      }
    };
  }

  private static Group group(Composite area, String title) {
    Group group = new Group(area, SWT.NONE);
    group.setText(title);
    GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
    GridLayoutFactory.swtDefaults().numColumns(ServerFields.COLUMNS).spacing(8, 5).margins(8, 6).applyTo(group);
    return group;
  }
}
