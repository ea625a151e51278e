/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.jakarta.Connection;

/**
 * What is known of the server at the other end of one connection, and what was agreed with it: what it can, what it does in its own way,
 * which mailbox is selected. All of it happens inside {@link Connection#exchange}.
 */
final class ImapConnection extends ImapDialogue {
  private static final int WORD_LIMIT = 1_000;
  private static final int ALERTS = 5;
  private static final String UTF8_ACCEPT = "UTF8=ACCEPT"; //$NON-NLS-1$
  private Set<String> capabilities = Set.of();
  private boolean capabilitiesKnown;
  private Quirks quirks = Quirks.of("", Map.of(), Set.of()); //$NON-NLS-1$
  private String greeting = ""; //$NON-NLS-1$
  private Mailbox selected;
  private final Set<String> enabled = new HashSet<>();
  private final MailboxNames names = new MailboxNames();
  private boolean plainSelect; // it does not understand parameters
  private Status copied;
  private final List<String> alerts = new ArrayList<>();

  ImapConnection(Connection connection) {
    super(connection);
  }

  /** After STARTTLS: nothing the server said before it counts. */
  void startTls() throws IOException, MailException {
    connection().startTls();
    restart();
    forgetCapabilities();
  }

  void forgetCapabilities() {
    capabilities = Set.of();
    capabilitiesKnown = false;
  }

  /** What the server can do, asked if it did not say so by itself. */
  Set<String> capabilities() throws IOException, MailException {
    if (!capabilitiesKnown) {
      await(send("CAPABILITY"), Answers.none()).requireOk("CAPABILITY"); //$NON-NLS-1$ //$NON-NLS-2$
      capabilitiesKnown = true;
    }
    return capabilities;
  }

  boolean can(String capability) throws IOException, MailException {
    return capabilities().contains(capability);
  }

  /** Having signed in: exchanges names, and from then on disregards what this kind of server says it can and cannot. */
  void introduce() throws IOException, MailException {
    quirks = Quirks.of(greeting, new Introduction().run(this), capabilities());
    capabilities = quirks.without(capabilities);
    quirks.reasons().forEach(connection()::note);
  }

  boolean has(Quirks.Habit habit) {
    return quirks.has(habit);
  }

  /** Compresses both directions from now on (RFC 4978), where the server can and agrees. */
  void compress() throws IOException, MailException {
    if (can("COMPRESS=DEFLATE") && await(send("COMPRESS DEFLATE"), Answers.none()).ok()) { //$NON-NLS-1$ //$NON-NLS-2$
      connection().startCompression();
      restart();
    }
  }

  /** What the server wants the user to read (RFC 3501 section 7.1), the first few. */
  List<String> alerts() {
    return List.copyOf(alerts);
  }

  /** The mailbox that is selected. */
  Optional<Mailbox> selected() {
    return Optional.ofNullable(selected);
  }

  /** Turns an extension on that is off until it is asked for (RFC 5161). Only before a mailbox is selected. */
  void enable(String extension) throws IOException, MailException {
    // What ENABLED lists is not looked at: Cyrus, for one, has been seen to list nothing there, and to do it all the same.
    if (await(send("ENABLE " + extension), Answers.none()).ok()) { //$NON-NLS-1$
      enabled.add(extension);
    }
  }

  /** Agrees on UTF-8 for names of mailboxes and for headers (RFC 6855), where the server can. Only before a mailbox is selected. */
  void enableUtf8() throws IOException, MailException {
    if (can("ENABLE") && (can(UTF8_ACCEPT) || can("UTF8=ONLY"))) { //$NON-NLS-1$ //$NON-NLS-2$
      // Here what ENABLED lists does count: taken for UTF-8 by mistake, every name with a "&" in it would be another one.
      boolean[] told = {false};
      Status status = await(send("ENABLE " + UTF8_ACCEPT), (number, name, reader) -> { //$NON-NLS-1$
        boolean enabling = name.equals("ENABLED"); //$NON-NLS-1$
        while (enabling && !reader.atEnd()) {
          told[0] |= reader.atom().equalsIgnoreCase(UTF8_ACCEPT);
          reader.spaces();
        }
        return enabling;
      });
      if (status.ok() && told[0]) {
        enabled.add(UTF8_ACCEPT);
        names.useUtf8();
      }
    }
  }

  /** Whether names of mailboxes and headers are in UTF-8. */
  boolean utf8() {
    return enabled(UTF8_ACCEPT);
  }

  /** How names of mailboxes are said here. */
  MailboxNames names() {
    return names;
  }

  boolean enabled(String extension) {
    return enabled.contains(extension);
  }

  /** Whether the server tells what vanished since (RFC 7162). */
  boolean resynchronises() {
    return enabled("QRESYNC") && !plainSelect; //$NON-NLS-1$
  }

  /** Selects a mailbox anew, even if it is the one that is selected: only then the server tells all. @throws MailException.Refused if it says no */
  Mailbox select(String name) throws IOException, MailException {
    boolean counted = Capability.CONDSTORE.in(capabilities()) && !enabled("QRESYNC"); //$NON-NLS-1$
    return select(name, counted ? " (CONDSTORE)" : "", Answers.none()); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** @param parameters behind the name; left out, now and later, with a server that does not understand them (RFC 4466) */
  <X extends Exception> Mailbox select(String name, String parameters, Answers<X> answers) throws IOException, MailException, X {
    Mailbox mailbox = new Mailbox(name);
    selected = mailbox;
    Status status = await(send("SELECT " + names.argument(name) + (plainSelect ? "" : parameters)), answers); //$NON-NLS-1$ //$NON-NLS-2$
    if (status.kind() == Status.Kind.BAD && !parameters.isEmpty() && !plainSelect) {
      plainSelect = true;
      return select(name, "", answers); //$NON-NLS-1$
    }
    if (!status.ok()) {
      selected = null;
      status.requireOk("SELECT"); //$NON-NLS-1$
    }
    return mailbox;
  }

  @Override
  void note(Status status) throws MailException {
    if (status.code().equals("CAPABILITY")) { //$NON-NLS-1$
      noteCapabilities(status.arguments());
    }
    if (selected != null) {
      selected.note(status);
    }
    if (status.code().equals("COPYUID")) { //$NON-NLS-1$
      copied = status;
    }
    if (status.code().equals("ALERT") && alerts.size() < ALERTS) { //$NON-NLS-1$
      alerts.add(status.text());
    }
    if (status.kind() == Status.Kind.BYE) {
      connection().abort();
      throw status.busy() ? new MailException.Busy(Optional.empty(), status.text(), null)
          : new Unreachable(Reason.BROKEN, "server said BYE", null); //$NON-NLS-1$
    }
  }

  @Override
  void noteCapabilities(String words) {
    capabilities = quirks.without(Arrays.stream(words.strip().split(" +")).limit(WORD_LIMIT).map(word -> word.toUpperCase(Locale.ROOT)) //$NON-NLS-1$
        .collect(Collectors.toUnmodifiableSet()));
    capabilitiesKnown = true;
  }

  @Override
  boolean noteState(long number, String answer, ResponseReader in) throws IOException {
    return selected != null && selected.note(number, answer, in);
  }

  @Override
  boolean isKnown(String capability) {
    return capabilities.contains(capability);
  }

  /** The last COPYUID, which comes tagged for COPY and untagged for MOVE (RFC 6851 section 4.3); forgets it. */
  Optional<Status> takeCopied() {
    Optional<Status> was = Optional.ofNullable(copied);
    copied = null;
    return was;
  }

  /** The greeting (RFC 3501 section 7.1). */
  Status greeting() throws IOException, MailException {
    ResponseReader in = reader();
    in.begin();
    if (!in.accept('*') || !in.accept(' ')) {
      throw new Unreachable(Reason.NOT_A_MAIL_SERVER, "no IMAP greeting", null); //$NON-NLS-1$
    }
    Optional<Status.Kind> kind = Status.kind(in.atom());
    if (kind.isEmpty()) {
      throw new Unreachable(Reason.NOT_A_MAIL_SERVER, "no IMAP greeting", null); //$NON-NLS-1$
    }
    Status status = Status.parse(kind.get(), in.line());
    if (status.kind() == Status.Kind.BYE) {
      throw new MailException.Busy(Optional.empty(), status.text(), null);
    }
    greeting = status.text();
    note(status);
    return status;
  }
}
