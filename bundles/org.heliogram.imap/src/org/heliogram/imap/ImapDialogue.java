/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.jakarta.Connection;
import org.heliogram.jakarta.WireException;

/**
 * Commands and answers on one connection (RFC 3501 section 2.2): what is said is written here with its literals, and
 * what comes is handed to whoever wants it. Several commands may be under way. All of it happens inside {@link Connection#exchange}.
 */
abstract class ImapDialogue {
  private static final int UNASKED_LIMIT = 100_000;
  private static final int SMALL_LITERAL = 4_096;
  private static final int QUOTED_LIMIT = 1_000;
  private final Connection connection;
  private ResponseReader in;
  private int commands;
  private final Set<String> underWay = new HashSet<>();
  private final Map<String, Status> finished = new HashMap<>();
  private Literal content; // being read

  /** Takes the items of a FETCH answer that has no content. */
  interface Beside extends FetchItems.Item {
    void begin();

    /** @param uid 0 if the server did not tell */
    void end(long uid);
  }

  ImapDialogue(Connection connection) {
    this.connection = connection;
    this.in = new ResponseReader(connection.input());
  }

  final Connection connection() {
    return connection;
  }

  /** What follows comes in another way: nothing that came before counts. */
  final void restart() {
    in = new ResponseReader(connection.input());
  }

  final ResponseReader reader() {
    return in;
  }

  /** A status that tells something, tagged or not. */
  abstract void note(Status status) throws MailException;

  /** What the server says it can. */
  abstract void noteCapabilities(String words);

  /** An answer that may tell of the state of the mailbox. @return whether it was that, and nobody else needs it */
  abstract boolean noteState(long number, String answer, ResponseReader reader) throws IOException;

  /** Whether the server said it can, without asking it now. */
  abstract boolean isKnown(String capability);

  /** Something to be sent as it is: a quoted string where that is possible, a literal where not; one character an octet. */
  static String argument(String octets) {
    boolean plain = octets.length() <= QUOTED_LIMIT && octets.chars().allMatch(c -> c >= ' ' && c < 0x7f);
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
    return isKnown("LITERAL+") || size <= SMALL_LITERAL && isKnown("LITERAL-"); //$NON-NLS-1$ //$NON-NLS-2$
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
    if (noteState(number, name, in)) {
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
    content = Literal.find(reader, limits, beside);
    return true;
  }
}
