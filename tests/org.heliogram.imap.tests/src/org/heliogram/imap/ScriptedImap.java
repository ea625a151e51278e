/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Security;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Dialogue;

/** An IMAP server that signs everybody in and for the rest does what a test says. */
final class ScriptedImap implements AutoCloseable {
  static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(3));
  static final RemoteFolder INBOX = folder("INBOX", FolderRole.INBOX);

  /** What it answers; the command's end is up to it too. */
  @FunctionalInterface
  interface Answer {
    void give(Dialogue dialogue, String command) throws IOException;
  }

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final ScriptedServer server;

  ScriptedImap(String capabilities) {
    server = ScriptedServer.start(dialogue -> play(dialogue, capabilities));
  }

  static RemoteFolder folder(String name, FolderRole role) {
    return new RemoteFolder(name, FolderPath.of(name), role, Keeping.MIRRORED, true);
  }

  /** Answers commands that match with lines; later ones go before earlier ones. */
  ScriptedImap on(String regex, String... lines) {
    return on(regex, (dialogue, command) -> dialogue.reply(lines));
  }

  ScriptedImap on(String regex, Answer answer) {
    synchronized (answers) {
      answers.remove(regex);
      answers.put(regex, answer);
    }
    return this;
  }

  /** A mailbox with that many messages; UIDVALIDITY is 7. */
  ScriptedImap selects(int exists, long uidNext) {
    return on("SELECT .*", "* " + exists + " EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT " + uidNext + "] ok", "%t OK [READ-WRITE] done");
  }

  private void play(Dialogue dialogue, String capabilities) throws IOException {
    dialogue.reply("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN " + capabilities + "] ready");
    while (true) {
      String command = dialogue.command();
      Answer answer = answer(command);
      if (answer != null) {
        answer.give(dialogue, command);
      } else if (command.equals("CAPABILITY")) {
        dialogue.reply("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN " + capabilities, "%t OK done");
      } else if (command.startsWith("AUTHENTICATE PLAIN") || command.equals("NOOP")) {
        dialogue.reply("%t OK done");
      } else if (command.equals("LOGOUT")) {
        dialogue.reply("* BYE", "%t OK done");
        return;
      } else {
        dialogue.reply("%t BAD what?");
      }
    }
  }

  private Answer answer(String command) {
    synchronized (answers) {
      Answer found = null;
      for (Map.Entry<String, Answer> entry : answers.entrySet()) {
        found = command.matches("(?s)" + entry.getKey()) ? entry.getValue() : found;
      }
      return found;
    }
  }

  ScriptedServer server() {
    return server;
  }

  Backend signIn() throws MailException {
    return new ImapBackendFactory(SHORT).open(Basket.account(server.endpoint(Security.NONE, "user"), AccountOptions.DEFAULT),
        new Credentials("S3cret"), new NullProgressMonitor());
  }

  @Override
  public void close() {
    server.close();
  }
}
