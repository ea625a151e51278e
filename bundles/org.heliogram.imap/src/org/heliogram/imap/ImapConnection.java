/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import org.heliogram.jakarta.WireException;

/**
 * Commands and answers on one connection (RFC 3501 section 2.2). Several commands may be under way. All of it happens inside {@link Connection#exchange}.
 */
final class ImapConnection {
  private static final int UNASKED_LIMIT = 100_000;
  private static final int WORD_LIMIT = 1_000;
  private static final int ALERTS = 5;
  private static final int SMALL_LITERAL = 4_096;
  private static final String UTF8_ACCEPT = "UTF8=ACCEPT"; //$NON-NLS-1$
  private final Connection connection;
  private ResponseReader in;
  private int commands;
  private Set<String> capabilities = Set.of();
  private boolean capabilitiesKnown;
  private Quirks quirks = Quirks.of("", Map.of(), Set.of()); //$NON-NLS-1$
  private String greeting = ""; //$NON-NLS-1$
  private Mailbox selected;
  private final Set<String> enabled = new HashSet<>();
  private final MailboxNames names = new MailboxNames();
  private boolean plainSelect; // it does not understand parameters
  private final Set<String> underWay = new HashSet<>();
  private final Map<String, Status> finished = new HashMap<>();
  private Status copied;
  private final List<String> alerts = new ArrayList<>();
  private Literal content; // being read

  /** Takes the items of a FETCH answer that has no content. */
  interface Beside extends FetchItems.Item {
    void begin();

    /** @param uid 0 if the server did not tell */
    void end(long uid);
  }

  ImapConnection(Connection connection) {
    this.connection = connection;
    this.in = new ResponseReader(connection.input());
  }

  Connection connection() {
    return connection;
  }

  /** After STARTTLS: nothing the server said before it counts. */
  void startTls() throws IOException, MailException {
    connection.startTls();
    in = new ResponseReader(connection.input());
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
    quirks.reasons().forEach(connection::note);
  }

  boolean has(Quirks.Habit habit) {
    return quirks.has(habit);
  }

  /** Compresses both directions from now on (RFC 4978), where the server can and agrees. */
  void compress() throws IOException, MailException {
    if (can("COMPRESS=DEFLATE") && await(send("COMPRESS DEFLATE"), Answers.none()).ok()) { //$NON-NLS-1$ //$NON-NLS-2$
      connection.startCompression();
      in = new ResponseReader(connection.input());
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

  /** Something to be sent as it is: a quoted string where that is possible, a literal where not; one character an octet. */
  static String argument(String octets) {
    boolean plain = octets.length() <= WORD_LIMIT && octets.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return plain ? quoted(octets) : "{" + octets.length() + "}\r\n" + octets; //$NON-NLS-1$ //$NON-NLS-2$
  }

  static String quoted(String octets) {
    return '"' + octets.replace("\\", "\\\\").replace("\"", "\\\"") + '"'; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  /** Sends a command, together with those that were prepared. @return the tag to wait for */
  String send(String command) throws IOException, MailException {
    String tag = prepare(command);
    connection.flush();
    return tag;
  }

  /** Writes a command to be sent soon, its literals when the server asks for them (RFC 3501 section 7.5) or takes them so. @return the tag to wait for */
  String prepare(String command) throws IOException, MailException {
    String tag = begin(command);
    put("\r\n"); //$NON-NLS-1$
    return tag;
  }

  /** Writes the beginning of a command, to be gone on with {@link #literal} and ended by {@link #end}. @return its tag */
  String begin(String command) throws IOException, MailException {
    String tag = "h" + ++commands; //$NON-NLS-1$
    underWay.add(tag);
    String rest = tag + ' ' + command;
    for (int cut = literalEnd(rest); cut >= 0; cut = literalEnd(rest)) {
      int size = Integer.parseInt(rest.substring(rest.lastIndexOf('{', cut) + 1, cut - 3));
      if (unasked(size)) {
        put(rest.substring(0, cut - 3) + "+}\r\n"); //$NON-NLS-1$
      } else {
        put(rest.substring(0, cut));
        connection.flush();
        awaitContinuation(tag);
      }
      put(rest.substring(cut, cut + size));
      rest = rest.substring(cut + size);
    }
    put(rest);
    return tag;
  }

  /**
   * Goes on with a command: words, and the size of a literal whose {@link #octets} follow.
   *
   * @return false if the server was to ask for it and ended the command instead, see {@link #await}
   */
  boolean literal(String tag, String words, long size) throws IOException, MailException {
    boolean unasked = unasked(size);
    put(words + '{' + size + (unasked ? "+}\r\n" : "}\r\n")); //$NON-NLS-1$ //$NON-NLS-2$
    if (unasked) {
      return true;
    }
    connection.flush();
    return continuation(tag, Answers.none()).isPresent();
  }

  /** Some or all of the octets of a literal. As long as the server takes them, it has its time. */
  void octets(byte[] some) throws IOException {
    connection.write(some);
    connection.renewTime();
  }

  /** The end of a command that was begun. */
  void end() throws IOException {
    put("\r\n"); //$NON-NLS-1$
    connection.flush();
  }

  /** Whether a literal may be sent without being asked for (RFC 7888: LITERAL- up to {@value #SMALL_LITERAL} octets). */
  private boolean unasked(long size) {
    return capabilities.contains("LITERAL+") || size <= SMALL_LITERAL && capabilities.contains("LITERAL-"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** Where the first literal begins, or -1. */
  private static int literalEnd(String command) {
    int end = command.indexOf("}\r\n"); //$NON-NLS-1$
    return end < 0 ? -1 : end + 3;
  }

  private void put(String octets) throws IOException {
    connection.write(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits for "+". @return what follows it @throws MailException.Refused if the server ends the command instead */
  String awaitContinuation(String tag) throws IOException, MailException {
    return awaitContinuation(tag, Answers.none());
  }

  /** The same, with a taker for what the server says before. */
  <X extends Exception> String awaitContinuation(String tag, Answers<X> answers) throws IOException, MailException, X {
    Optional<String> said = continuation(tag, answers);
    if (said.isEmpty()) {
      throw new MailException.Refused("command refused in the middle", finished.remove(tag).text(), null); //$NON-NLS-1$
    }
    return said.get();
  }

  /** Waits for "+". @return what follows it; empty if the server ends the command instead, see {@link #await} */
  <X extends Exception> Optional<String> continuation(String tag, Answers<X> answers) throws IOException, MailException, X {
    while (!finished.containsKey(tag)) {
      in.begin();
      if (in.accept('+')) {
        return Optional.of(in.line().strip());
      }
      response(answers);
    }
    return Optional.empty();
  }

  /** Sends a line that is no command: the answer to a continuation. */
  void sendLine(String line) throws IOException {
    put(line + "\r\n"); //$NON-NLS-1$
    connection.flush();
  }

  /**
   * Waits for the end of a command. Answers to others under way may come before it, and so may their ends: Dovecot, for one, answers
   * several commands and ends them together.
   */
  <X extends Exception> Status await(String tag, Answers<X> answers) throws IOException, MailException, X {
    for (int unasked = 0; !finished.containsKey(tag);) {
      unasked = count(unasked, response(answers));
    }
    return finished.remove(tag);
  }

  /** Reads one response, which the server may have sent without being asked. @return how the command ended, if that was it */
  <X extends Exception> Optional<Status> next(String tag, Answers<X> answers) throws IOException, MailException, X {
    response(answers);
    return Optional.ofNullable(finished.remove(tag));
  }

  /** Whether a command is known to have ended; {@link #await} then does not wait. */
  boolean ended(String tag) {
    return finished.containsKey(tag);
  }

  private static int count(int unasked, boolean wanted) throws WireException {
    if (!wanted && unasked >= UNASKED_LIMIT) {
      throw new WireException("more than " + UNASKED_LIMIT + " answers nobody asked for"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return wanted ? unasked : unasked + 1;
  }

  /** Reads one response. @return whether somebody wanted it */
  private <X extends Exception> boolean response(Answers<X> answers) throws IOException, MailException, X {
    in.begin();
    String word = in.atom();
    if (!underWay.remove(word)) {
      return untagged(word, answers);
    }
    in.spaces();
    connection.renewTime();
    finished.put(word, tagged());
    return true;
  }

  private Status tagged() throws IOException, MailException {
    Optional<Status.Kind> kind = Status.kind(in.atom());
    Status status = Status.parse(kind.orElse(Status.Kind.BAD), in.line());
    note(status);
    return status;
  }

  /** @return whether somebody wanted it */
  private <X extends Exception> boolean untagged(String word, Answers<X> answers) throws IOException, MailException, X {
    if (!word.equals("*")) { //$NON-NLS-1$
      throw new WireException("an answer that is neither tagged nor untagged"); //$NON-NLS-1$
    }
    try {
      return answer(answers);
    } catch (Unreadable e) {
      in.skipRest();
      return false;
    }
  }

  private <X extends Exception> boolean answer(Answers<X> answers) throws IOException, MailException, X {
    in.spaces();
    String name = in.atom().toUpperCase(Locale.ROOT);
    long number = 0;
    if (!name.isEmpty() && name.length() <= 18 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      number = Long.parseLong(name);
      in.spaces();
      name = in.atom().toUpperCase(Locale.ROOT);
    }
    Optional<Status.Kind> kind = Status.kind(name);
    if (kind.isPresent()) {
      Status status = Status.parse(kind.get(), in.line());
      note(status);
      answers.heard(status);
      return false;
    }
    if (name.equals("CAPABILITY")) { //$NON-NLS-1$
      noteCapabilities(in.line());
      return false;
    }
    if (selected != null && selected.note(number, name, in)) {
      in.skipRest();
      return true;
    }
    in.spaces();
    boolean taken = answers.take(number, name, in);
    if (content == null) {
      in.skipRest();
    }
    return taken;
  }

  /**
   * Reads on to the next content a FETCH brings, whichever command it answers. Content that was not read is passed over.
   *
   * @param limits octets that would be too many, by UID (0 if the server did not tell) and section
   * @param beside takes the answers in between that bring no content
   * @return the content, to be read before anything else happens here; or null: the command ended
   */
  Literal content(String tag, Literal.Limits limits, Beside beside) throws IOException, MailException {
    finishContent();
    for (int unasked = 0; !finished.containsKey(tag) && content == null;) {
      unasked = count(unasked, response((number, name, reader) -> name.equals("FETCH") && openContent(reader, limits, beside))); //$NON-NLS-1$
    }
    return content;
  }

  private void finishContent() throws IOException {
    if (content != null) {
      Literal open = content;
      open.drain();
      content = null;
      in.skipRest();
    }
  }

  private boolean openContent(ResponseReader reader, Literal.Limits limits, Beside beside) throws IOException {
    long uid = 0;
    beside.begin();
    reader.expect('(');
    reader.spaces();
    while (content == null && !reader.accept(')')) {
      String item = reader.atom().toUpperCase(Locale.ROOT);
      reader.spaces();
      if (item.startsWith("BODY[") && item.endsWith("]")) { //$NON-NLS-1$ //$NON-NLS-2$
        content = Literal.open(reader, uid, item.substring(5, item.length() - 1), limits);
      } else if (item.equals("UID")) { //$NON-NLS-1$
        uid = reader.number();
      } else if (item.isEmpty()) {
        throw new Unreadable("item expected"); //$NON-NLS-1$
      } else if (!beside.take(item, reader)) {
        reader.skipValue();
      }
      if (content == null) {
        reader.spaces();
      }
    }
    if (content == null) {
      beside.end(uid);
    }
    return true;
  }

  private void note(Status status) throws MailException {
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
      connection.abort();
      throw status.busy() ? new MailException.Busy(Optional.empty(), status.text(), null)
          : new Unreachable(Reason.BROKEN, "server said BYE", null); //$NON-NLS-1$
    }
  }

  private void noteCapabilities(String words) {
    capabilities = quirks.without(Arrays.stream(words.strip().split(" +")).limit(WORD_LIMIT).map(word -> word.toUpperCase(Locale.ROOT)) //$NON-NLS-1$
        .collect(Collectors.toUnmodifiableSet()));
    capabilitiesKnown = true;
  }

  /** The last COPYUID, which comes tagged for COPY and untagged for MOVE (RFC 6851 section 4.3); forgets it. */
  Optional<Status> takeCopied() {
    Optional<Status> was = Optional.ofNullable(copied);
    copied = null;
    return was;
  }

  /** The greeting (RFC 3501 section 7.1). */
  Status greeting() throws IOException, MailException {
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
