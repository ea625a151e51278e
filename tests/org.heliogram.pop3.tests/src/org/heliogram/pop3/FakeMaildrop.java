/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliogram.testing.server.ScriptedServer;

/** A small POP3 server with a fault of each kind to switch on. */
final class FakeMaildrop implements ScriptedServer.Script {
  /** @param uid as UIDL shows it, null to leave the line out */
  record Mail(String uid, String content) {}

  final List<Mail> mails = new ArrayList<>();
  List<String> capabilities = List.of("PIPELINING", "TOP", "UIDL", "RESP-CODES");
  String greeting = "+OK ready";
  String toUser = "+OK";
  String toPass = "+OK signed in";
  String toUidl = "+OK";
  String toList = "+OK";
  String toTop = "+OK";
  String toDele = "+OK marked";
  String toQuit = "+OK bye";
  String toRetr = "+OK here it comes";
  String toStls = "-ERR unknown";
  String lineEnd = "\r\n";

  FakeMaildrop mail(String uid, String content) {
    mails.add(new Mail(uid, content));
    return this;
  }

  FakeMaildrop replace(String uid, String content) {
    mails.replaceAll(mail -> uid.equals(mail.uid()) ? new Mail(uid, content) : mail);
    return this;
  }

  @Override
  public void play(ScriptedServer.Dialogue client) throws IOException {
    client.reply(greeting);
    while (answer(client, client.line())) {
      continue;
    }
  }

  private boolean answer(ScriptedServer.Dialogue client, String line) throws IOException {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "CAPA" -> capa(client);
      case "USER" -> client.reply(toUser);
      case "PASS" -> client.reply(toPass);
      case "STLS" -> stls(client);
      case "STAT" -> client.reply("+OK " + mails.size() + ' ' + mails.stream().mapToLong(mail -> mail.content().length()).sum());
      case "LIST" -> listing(client, toList, false);
      case "UIDL" -> listing(client, toUidl, true);
      case "TOP" -> message(client, toTop, Integer.parseInt(words[1]), true);
      case "RETR" -> message(client, toRetr, Integer.parseInt(words[1]), false);
      case "DELE" -> client.reply(toDele);
      case "QUIT" -> client.reply(toQuit);
      default -> client.reply("+OK");
    }
    return !words[0].equals("QUIT");
  }

  private void capa(ScriptedServer.Dialogue client) throws IOException {
    client.reply(capabilities.isEmpty() ? "-ERR what?" : "+OK");
    if (!capabilities.isEmpty()) {
      client.reply(capabilities.toArray(String[]::new)).reply(".");
    }
  }

  private void stls(ScriptedServer.Dialogue client) throws IOException {
    client.reply(toStls);
    if (toStls.equals("+OK")) {
      client.startTls();
    }
  }

  private void listing(ScriptedServer.Dialogue client, String status, boolean uids) throws IOException {
    client.reply(status);
    if (!status.startsWith("+OK")) {
      return;
    }
    var all = new StringBuilder();
    for (int i = 0; i < mails.size(); i++) {
      String what = uids ? mails.get(i).uid() : Integer.toString(mails.get(i).content().length());
      if (what != null) {
        all.append(i + 1).append(' ').append(what).append("\r\n");
      }
    }
    client.send(all + ".\r\n");
  }

  private void message(ScriptedServer.Dialogue client, String status, int number, boolean top) throws IOException {
    client.reply(status);
    if (status.startsWith("+OK")) {
      String content = mails.get(number - 1).content();
      String shown = top ? content.substring(0, Math.min(content.length(), content.indexOf("\n\n") + 2)) : content;
      String stuffed = ("\n" + shown).replace("\n.", "\n..").substring(1);
      client.send(stuffed.replace("\n", lineEnd) + (shown.endsWith("\n") ? "" : "\r\n") + ".\r\n");
    }
  }
}
