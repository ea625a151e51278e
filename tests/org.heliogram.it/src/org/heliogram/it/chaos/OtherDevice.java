/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another device: IMAP by hand on a plain socket, with nothing of ours in between. */
final class OtherDevice implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");
  private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
  private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: (\\S+)");
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int commands;

  /** The server said NO or BAD. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** A message on the server. @param flags lower case, sorted, without \Recent */
  record Stored(String folder, String token, long uid, TreeSet<String> flags, String digest) {
    boolean marked() {
      return flags.contains("\\deleted");
    }
  }

  OtherDevice(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    line();
    command("LOGIN user1 pass1");
  }

  /** A line with its literals, one character an octet. */
  private String line() throws IOException {
    var line = new StringBuilder();
    while (true) {
      int from = line.length();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException();
        }
        line.append(octet == '\r' ? "" : String.valueOf((char) octet));
      }
      Matcher literal = LITERAL.matcher(line.substring(from));
      if (!literal.find()) {
        return line.toString();
      }
      line.append('\n').append(new String(in.readNBytes(Integer.parseInt(literal.group(1))), StandardCharsets.ISO_8859_1));
    }
  }

  /** @return the untagged answers */
  List<String> command(String command) throws IOException {
    return command(command, new byte[0]);
  }

  private List<String> command(String command, byte[] literal) throws IOException {
    String tag = "o" + ++commands;
    String announced = literal.length == 0 ? "" : " {" + literal.length + "+}";
    out.write((tag + ' ' + command + announced + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    if (literal.length > 0) {
      out.write(literal);
      out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    out.flush();
    var answers = new ArrayList<String>();
    for (String line = line(); true; line = line()) {
      if (line.startsWith(tag + ' ')) {
        if (!line.startsWith(tag + " OK")) {
          throw new Refused(command.split(" ")[0] + ": " + line);
        }
        return answers;
      }
      answers.add(line);
    }
  }

  void append(String folder, byte[] message) throws IOException {
    command("APPEND \"" + folder + "\" ()", message);
  }

  void select(String folder) throws IOException {
    command("SELECT \"" + folder + '"');
  }

  /** UIDs of a message in the selected folder; by the headers themselves, not by a search. */
  List<Long> find(String token) throws IOException {
    return read("", false).stream().filter(stored -> stored.token.equals(token)).map(Stored::uid).toList();
  }

  /** The ones that can be opened. */
  List<String> folders() throws IOException {
    return names("LIST");
  }

  List<String> subscribed() throws IOException {
    return names("LSUB");
  }

  /** What a folder is called now. @param folder the book's name for it */
  String place(String folder) throws IOException {
    return folders().stream().filter(path -> FolderBook.known(path).equals(folder)).findFirst().orElse(folder);
  }

  private List<String> names(String command) throws IOException {
    var names = new ArrayList<String>();
    for (String line : command(command + " \"\" *")) {
      if (line.startsWith("* " + command + " (") && !line.toLowerCase(Locale.ROOT).contains("\\noselect")) {
        String name = line.substring(line.indexOf(") ") + 6);
        names.add(name.startsWith("\"") ? name.substring(1, name.length() - 1) : name);
      }
    }
    return names;
  }

  /** All messages of a folder. */
  List<Stored> read(String folder) throws IOException {
    select(folder);
    return read(folder, true);
  }

  private List<Stored> read(String folder, boolean whole) throws IOException {
    var all = new ArrayList<Stored>();
    for (String line : command("UID FETCH 1:* (UID FLAGS BODY.PEEK[" + (whole ? "" : "HEADER.FIELDS (MESSAGE-ID)") + "])")) {
      Matcher uid = UID.matcher(line);
      Matcher id = MESSAGE_ID.matcher(line);
      Matcher flags = FLAGS.matcher(line);
      if (line.contains(" FETCH (") && id.find() && uid.find() && flags.find()) {
        all.add(new Stored(folder, AccountBook.token(id.group(1)), Long.parseLong(uid.group(1)), flags(flags.group(1)), digest(line)));
      }
    }
    return all;
  }

  private static TreeSet<String> flags(String flags) {
    var names = new TreeSet<>(List.of(flags.toLowerCase(Locale.ROOT).split(" ")));
    names.removeAll(List.of("", "\\recent"));
    return names;
  }

  private static String digest(String line) {
    Matcher size = Pattern.compile("\\{(\\d+)\\}\n").matcher(line);
    return size.find() ? ChaosChild.digest(line.substring(size.end(), size.end() + Integer.parseInt(size.group(1))).getBytes(StandardCharsets.ISO_8859_1)) : "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
