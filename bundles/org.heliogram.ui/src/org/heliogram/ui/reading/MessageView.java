/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.store.Change;
import org.heliogram.mime.Note;
import org.heliogram.ui.Banner;
import org.heliogram.ui.ChangePump;
import org.heliogram.ui.MailServices;
import org.heliogram.ui.MailUi;
import org.heliogram.ui.StoreReads;
import org.heliogram.ui.Theme;
import org.heliogram.ui.UiThread;
import org.heliogram.ui.accounts.TroubleText;
import org.heliogram.ui.filing.FolderDirectory;
import org.heliogram.ui.messages.MessageSelection;
import org.heliogram.ui.messages.SelectionSource;
import org.heliogram.ui.preferences.MailPreferences;
import org.heliogram.ui.welcome.WelcomePage;

/** Shows the message that is selected in the Messages view: header, text or safe HTML, attachments. A welcome while there is no account. */
public final class MessageView extends ViewPart implements MessageLoader.Face {
  private final ISelectionListener follower = (part, selected) -> follow(selected);
  private MailServices services;
  private SelectionSource selection;
  private MessageLoader loader;
  private ChangePump pump;
  private Theme theme;
  private ReadMark readMark;
  private StoreReads reads;
  private Composite stack;
  private WelcomePage welcome;
  private Composite area;
  private HeaderBlock header;
  private Banner notes;
  private Banner remote;
  private Banner problem;
  private HtmlPane pane;
  private AttachmentBar attachments;
  private Optional<MessageSummary> row = Optional.empty();

  @Override
  public void createPartControl(Composite parent) {
    services = MailServices.of(getSite());
    var ui = new UiThread(parent);
    reads = new StoreReads(services.store(), UiThread.background(getPartName()), ui);
    stack = parent;
    stack.setLayout(new StackLayout());
    createArea(ui);
    top(area);
    theme = new Theme(pane.model(), this::recolour);
    loader = new MessageLoader(services, UiThread.background(getPartName()), ui, theme::look, this);
    readMark = new ReadMark(parent.getDisplay(), services.mail(), MailPreferences::markReadAfterSeconds);
    selection = new SelectionSource(parent.getDisplay(), wanted -> {});
    pump = new ChangePump(services.store(), ui, this::accept);
    getSite().setSelectionProvider(selection);
    getSite().getService(IContextService.class).activateContext(MailUi.CONTEXT);
    colour();
    getSite().getPage().addPostSelectionListener(MailUi.MESSAGES_VIEW, follower);
    follow(getSite().getPage().getSelection(MailUi.MESSAGES_VIEW));
    lookForAccounts();
  }

  /** A welcome while there is no account. */
  private void lookForAccounts() {
    reads.read(store -> store.accounts().isEmpty(), none -> {
      if (none && welcome == null) {
        welcome = new WelcomePage(stack, services);
        top(welcome);
      } else if (!none && welcome != null) {
        WelcomePage old = welcome;
        welcome = null;
        top(area);
        pane.setFocus();
        old.dispose();
      }
    }, e -> ILog.of(MessageView.class).warn("Accounts could not be read", e)); //$NON-NLS-1$
  }

  private void top(Control page) {
    ((StackLayout) stack.getLayout()).topControl = page;
    stack.layout();
  }

  private void createArea(UiThread ui) {
    area = new Composite(stack, SWT.NONE);
    GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(area);
    header = new HeaderBlock(area);
    notes = new Banner(area);
    remote = new Banner(area);
    problem = new Banner(area);
    pane = new HtmlPane(area, Program::launch);
    GridDataFactory.fillDefaults().grab(true, true).applyTo(pane);
    attachments = new AttachmentBar(area, new AttachmentActions(getSite().getShell(), ui, this::problem), () -> loader.fetch());
  }

  @Override
  public void dispose() {
    getSite().getPage().removePostSelectionListener(MailUi.MESSAGES_VIEW, follower);
    if (pump != null) {
      pump.close();
      loader.close();
      readMark.stop();
      selection.dispose();
    }
    super.dispose();
  }

  private void follow(ISelection selected) {
    if (!(selected instanceof MessageSelection messages)) {
      showNothing(Messages.Message_none, MessageSelection.nothing());
    } else if (messages.size() != 1) {
      showNothing(messages.isEmpty() ? Messages.Message_none : NLS.bind(Messages.Message_several, messages.size()), messages);
    } else if (messages.summaries().size() == 1) {
      selection.changed(messages);
      open(messages.summaries().get(0));
    }
  }

  private void open(MessageSummary wanted) {
    row = Optional.of(wanted);
    if (loader.wanted().filter(wanted.key()::equals).isPresent()) {
      return; // the same message, other flags
    }
    readMark.stop();
    notes.hide();
    remote.hide();
    problem.hide();
    attachments.show(List.of());
    header.show(HeaderLines.of(wanted, ZoneId.systemDefault(), locale()), Optional.empty());
    pane.expect();
    loader.open(wanted);
  }

  private void showNothing(String words, MessageSelection selected) {
    row = Optional.empty();
    loader.close();
    readMark.stop();
    header.hide();
    notes.hide();
    remote.hide();
    problem.hide();
    attachments.show(List.of());
    pane.showSentence(words);
    area.layout(true, true);
    selection.changed(selected);
  }

  private static Locale locale() {
    return Locale.getDefault(Locale.Category.FORMAT);
  }

  @Override
  public void loading() {
    pane.showSentence(Messages.Message_loading);
  }

  @Override
  public void show(MessageLoader.Shown shown) {
    row.ifPresent(of -> {
      String kept = shown.copy().map(copy -> new KeptText(ZoneId.systemDefault(), locale()).of(copy, shown.state() == BodyState.WHOLE)).orElse(""); //$NON-NLS-1$
      header.show(HeaderLines.brief(of, shown.reading(), kept, ZoneId.systemDefault(), locale()), Optional.of(HeaderLines.all(shown.reading())));
      readMark.shown(of);
    });
    String noted = NoteText.of(shown.reading().notes());
    if (noted.isEmpty()) {
      notes.hide();
    } else {
      boolean download = shown.reading().notes().contains(Note.NOT_DOWNLOADED);
      notes.show("obj16/trouble", noted, download ? Messages.Note_download : "", loader::fetch); //$NON-NLS-1$ //$NON-NLS-2$
    }
    if (shown.page().remote() > 0) {
      remote.show("obj16/shield", NoteText.remote(shown.page().remote()), "", () -> {}); //$NON-NLS-1$ //$NON-NLS-2$
    } else {
      remote.hide();
    }
    attachments.show(shown.reading().attachments().stream().filter(attachment -> !attachment.inline()).toList());
    pane.show(shown.page().html(), shown.plain());
  }

  @Override
  public void failed(Throwable trouble) {
    String why = trouble instanceof IOException ? Messages.Message_unreadable
        : NLS.bind(Messages.Message_failed, words(trouble));
    problem.show("obj16/trouble", why, Messages.Retry, loader::fetch); //$NON-NLS-1$
    pane.showSentence(""); //$NON-NLS-1$
  }

  private String words(Throwable trouble) {
    FolderDirectory directory = PlatformUI.getWorkbench().getService(FolderDirectory.class);
    return row.flatMap(of -> directory.account(of.account())).map(account -> TroubleText.of(trouble, account))
        .orElseGet(() -> TroubleText.of(trouble, getPartName()));
  }

  private void problem(String words) {
    problem.show("obj16/trouble", words, "", () -> {}); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private void accept(List<Change> changes) {
    if (changes.stream().anyMatch(Change.AccountsChanged.class::isInstance)) {
      lookForAccounts();
    }
    if (loader.wanted().isPresent() && changes.stream().anyMatch(change -> change instanceof Change.MessagesChanged c
        && c.aspects().contains(Change.Aspect.BODY) && c.messages().contains(loader.wanted().get()))) {
      loader.reread();
    }
  }

  private void recolour() {
    colour();
    loader.repaint();
  }

  private void colour() {
    Color background = pane.model().getBackground();
    Color foreground = pane.model().getForeground();
    area.setBackground(background);
    header.colour(background, foreground);
    pane.setBackground(background);
    attachments.colour(background);
    for (Banner banner : List.of(notes, remote, problem)) {
      banner.colour(background, foreground);
    }
  }

  /** What is on screen; empty while a message is loaded, and without one. */
  Optional<MessageLoader.Shown> shown() {
    return loader.shown();
  }

  Theme theme() {
    return theme;
  }

  @Override
  public void setFocus() {
    if (welcome != null) {
      welcome.setFocus();
    } else {
      pane.setFocus();
    }
  }
}
