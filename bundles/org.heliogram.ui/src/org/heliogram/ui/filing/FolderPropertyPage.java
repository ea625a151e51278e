/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.filing;

import java.text.NumberFormat;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PropertyPage;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.ui.FolderNames;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.Sizes;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.UiThread;
import org.heliogram.ui.accounts.TroubleText;

/** What a folder is, how much of it is here, and what the user chose for it. What is changed is done by a job after the dialog has closed. */
public final class FolderPropertyPage extends PropertyPage {
  private final MailServices services = MailServices.of(PlatformUI.getWorkbench());
  private Folder folder;
  private Text size;
  private PolicyChoice policy;
  private Button push;
  private FolderOptions before = FolderOptions.DEFAULT; // until they are read nothing can be chosen

  public FolderPropertyPage() {
    noDefaultButton();
  }

  private record Known(FolderOptions options, Optional<Account> account) {}

  @Override
  protected Control createContents(Composite parent) {
    folder = getElement().getAdapter(Folder.class);
    var area = new Composite(parent, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).spacing(8, 7).applyTo(area);
    var reads = new StoreReads(services.store(), UiThread.background("heliogram folder properties"), new UiThread(area)); //$NON-NLS-1$
    facts(area);
    if (FolderRules.onServer(folder) && folder.selectable()) {
      choices(area);
      reads.read(reader -> new Known(reader.options(folder.key()), reader.account(folder.account())), this::show, this::failed);
      reads.read(reader -> FolderSize.of(reader, folder.key()), this::show, this::failed);
    }
    return area;
  }

  private void facts(Composite area) {
    NumberFormat numbers = NumberFormat.getIntegerInstance();
    fact(area, Messages.Fact_name, FolderNames.path(folder));
    if (folder.role() != FolderRole.NONE) {
      fact(area, Messages.Fact_role, NLS.bind(Messages.Fact_roleAndName, FolderNames.role(folder.role()), folder.path().text()));
    }
    if (!folder.selectable()) {
      fact(area, Messages.Fact_messages, Messages.Fact_onlyFolders);
      return;
    }
    fact(area, Messages.Fact_messages, NLS.bind(Messages.Fact_counts, numbers.format(folder.total()), numbers.format(folder.unread())));
    if (FolderRules.onServer(folder)) {
      size = fact(area, Messages.Fact_size, Messages.Fact_measuring);
    }
    String missing = FolderRules.missing(folder);
    if (!missing.isEmpty()) {
      fact(area, Messages.Fact_rights, missing);
    }
  }

  private static Text fact(Composite area, String name, String value) {
    var label = new Label(area, SWT.NONE);
    label.setText(name);
    GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(label);
    var text = new Text(area, SWT.READ_ONLY | SWT.WRAP);
    text.setText(value);
    text.setBackground(area.getBackground());
    GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(text);
    return text;
  }

  private void choices(Composite area) {
    var group = new Group(area, SWT.NONE);
    group.setText(Messages.Keep_title);
    GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(group);
    policy = new PolicyChoice(group);
    push = new Button(area, SWT.CHECK);
    push.setText(folder.role() == FolderRole.INBOX ? Messages.Watch_inbox : Messages.Watch_folder);
    GridDataFactory.fillDefaults().span(2, 1).applyTo(push);
    policy.setEnabled(false);
    push.setEnabled(false);
  }

  private void show(Known known) {
    before = known.options();
    policy.show(before.bodies(), known.account().map(account -> account.options().bodies()).orElse(BodyPolicy.DEFAULT));
    policy.setEnabled(true);
    push.setSelection(before.push() || folder.role() == FolderRole.INBOX);
    push.setEnabled(folder.role() != FolderRole.INBOX);
  }

  private void show(FolderSize measured) {
    size.setText(measured.words());
    size.requestLayout();
  }

  private void failed(StoreException e) {
    setErrorMessage(TroubleText.of(e, "")); //$NON-NLS-1$
  }

  @Override
  public boolean performOk() {
    if (policy != null && policy.isEnabled()) {
      var now = new FolderOptions(policy.choice(), folder.role() == FolderRole.INBOX ? before.push() : push.getSelection());
      if (!now.equals(before)) {
        before = now;
        new KeepJob(services, folder, now).schedule();
      }
    }
    return true;
  }

  /** How much of a folder is on this computer. */
  private record FolderSize(long messages, long here, long bytes) {
    private static final int PAGE = 1_000;

    static FolderSize of(StoreReader reader, FolderKey folder) throws StoreException {
      var keys = reader.list(Query.newestFirst(folder));
      long bytes = 0;
      for (int from = 0; from < keys.size(); from += PAGE) {
        for (var row : reader.summaries(keys.subList(from, Math.min(keys.size(), from + PAGE)))) {
          bytes += row.sizeInBytes();
        }
      }
      return new FolderSize(keys.size(), reader.bodies(folder, BodyState.WHOLE, Instant.EPOCH).size()
          + reader.bodies(folder, BodyState.PARTIAL, Instant.EPOCH).size(), bytes);
    }

    String words() {
      NumberFormat numbers = NumberFormat.getIntegerInstance();
      return NLS.bind(Messages.Fact_sizeAndHere, new Object[] {Sizes.text(bytes), numbers.format(here), numbers.format(messages)});
    }
  }
}
