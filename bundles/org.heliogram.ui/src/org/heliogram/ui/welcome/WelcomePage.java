/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.welcome;

import java.util.concurrent.Executor;
import org.eclipse.core.runtime.jobs.IJobChangeListener;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleListener;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.heliogram.ui.Icons;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.UiThread;
import org.heliogram.ui.accounts.AddAccountJob;
import org.heliogram.ui.accounts.AddAccountWizard;

/** What there is to see while there is no account: two ways to get one. */
public final class WelcomePage extends Composite {
  private static final int CARD_WIDTH = 260;
  private static final int TWO_CARDS_WIDTH = 2 * CARD_WIDTH + 110;
  private static final int BUTTON_HEIGHT = 64;
  private static final int ROOMY_MARGIN = 24;
  private static final int LOW_MARGIN = 6;
  private final ResourceManager resources = new LocalResourceManager(JFaceResources.getResources(), this);
  private final ScrolledComposite scroll;
  private final Composite area;
  private final Composite header;
  private final Composite cards;
  private final Label text;
  private final Button addAccount;
  private final Button tryDemo;

  public WelcomePage(Composite parent, MailServices services) {
    super(parent, SWT.NONE);
    setLayout(new FillLayout());
    scroll = new ScrolledComposite(this, SWT.V_SCROLL);
    scroll.setExpandHorizontal(true);
    scroll.setExpandVertical(true);
    area = new Composite(scroll, SWT.NONE);
    GridLayoutFactory.swtDefaults().margins(24, ROOMY_MARGIN).spacing(0, 10).applyTo(area);
    header = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().spacing(20, 10).applyTo(header);
    GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.END).grab(true, true).applyTo(header);
    text = greeting();
    cards = new Composite(area, SWT.NONE);
    GridLayoutFactory.fillDefaults().numColumns(2).equalWidth(true).spacing(30, 24).applyTo(cards);
    GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.BEGINNING).grab(true, true).indent(0, 16).applyTo(cards);
    addAccount = card(Messages.Welcome_add, Messages.Welcome_addMeans, "welcome/account"); //$NON-NLS-1$
    tryDemo = card(Messages.Welcome_demo, Messages.Welcome_demoMeans, "welcome/demo"); //$NON-NLS-1$
    addAccount.addSelectionListener(SelectionListener.widgetSelectedAdapter(
        e -> new WizardDialog(getShell(), new AddAccountWizard(services)).open()));
    tryDemo.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> demo(services)));
    scroll.setContent(area);
    scroll.addListener(SWT.Resize, e -> fit());
  }

  @Override
  public boolean setFocus() {
    return !addAccount.isDisposed() && addAccount.setFocus(); // SWT asks even while the page goes
  }

  Button addAccount() {
    return addAccount;
  }

  Button tryDemo() {
    return tryDemo;
  }

  private Label greeting() {
    Label picture = new Label(header, SWT.NONE);
    picture.setImage(resources.create(Icons.of("welcome/heliogram"))); //$NON-NLS-1$
    GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(picture);
    Composite words = new Composite(header, SWT.NONE);
    GridLayoutFactory.fillDefaults().spacing(0, 10).applyTo(words);
    GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(words);
    Label title = centred(words, Messages.Welcome_title);
    title.setFont(resources.create(JFaceResources.getHeaderFontDescriptor().increaseHeight(6)));
    return centred(words, Messages.Welcome_text);
  }

  /** One click makes one demo mailbox; the page goes when it is there, and can be used again if it could not be made. */
  private void demo(MailServices services) {
    tryDemo.setEnabled(false);
    Executor ui = new UiThread(this);
    AddAccountJob job = DemoAccount.adding(services);
    job.addJobChangeListener(IJobChangeListener.onDone(e -> ui.execute(() -> tryDemo.setEnabled(true))));
    job.schedule();
  }

  private Button card(String name, String means, String icon) {
    Composite card = new Composite(cards, SWT.NONE);
    GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(card);
    GridDataFactory.fillDefaults().hint(CARD_WIDTH, SWT.DEFAULT).applyTo(card);
    Button button = new Button(card, SWT.PUSH);
    button.setText(name);
    button.setImage(resources.create(Icons.of(icon)));
    button.getAccessible().addAccessibleListener(AccessibleListener.getDescriptionAdapter(event -> event.result = means));
    GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, BUTTON_HEIGHT).applyTo(button);
    Label label = new Label(card, SWT.WRAP | SWT.CENTER);
    label.setText(means);
    GridDataFactory.fillDefaults().grab(true, false).hint(CARD_WIDTH, SWT.DEFAULT).applyTo(label);
    return button;
  }

  private static Label centred(Composite parent, String words) {
    Label label = new Label(parent, SWT.WRAP | SWT.CENTER);
    label.setText(words);
    GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).grab(true, false).applyTo(label);
    return label;
  }

  /** In a narrow view the two ways stand one below the other; in a low one the picture stands beside the words. */
  private void fit() {
    int width = scroll.getClientArea().width;
    ((GridLayout) cards.getLayout()).numColumns = width < TWO_CARDS_WIDTH ? 1 : 2;
    arrange(1, ROOMY_MARGIN, Math.min(TWO_CARDS_WIDTH, width - 60));
    if (area.computeSize(width, SWT.DEFAULT).y > scroll.getClientArea().height && width >= TWO_CARDS_WIDTH) {
      arrange(2, LOW_MARGIN, TWO_CARDS_WIDTH - 200);
    }
    scroll.setMinSize(area.computeSize(width, SWT.DEFAULT));
    area.layout(true, true);
  }

  private void arrange(int headerColumns, int margin, int textWidth) {
    ((GridLayout) header.getLayout()).numColumns = headerColumns;
    ((GridLayout) area.getLayout()).marginHeight = margin;
    ((GridData) text.getLayoutData()).widthHint = Math.max(100, textWidth);
  }
}
