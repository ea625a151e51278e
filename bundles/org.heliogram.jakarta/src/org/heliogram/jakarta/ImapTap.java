/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.heliogram.core.service.ProtocolLogs.Side;

/** What of an IMAP dialogue may be kept: no argument of a sign-in, no string that may be content or a name, of a literal its size. */
final class ImapTap implements Tap {
  /** Octets of a line about one message: there are many. */
  private static final int FETCH_KEPT = 200;
  private final Mask mask;
  private final BiConsumer<Side, byte[]> lines;
  private final LineCutter client = new LineCutter(new ClientLines());
  private final LineCutter server = new LineCutter(new ServerLines());
  private String signIn = ""; // the tag of one under way; empty for none //$NON-NLS-1$

  ImapTap(Mask mask, BiConsumer<Side, byte[]> lines) {
    this.mask = mask;
    this.lines = lines;
  }

  @Override
  public void client(byte[] octets, int offset, int length) {
    client.take(octets, offset, length);
  }

  @Override
  public void server(byte[] octets, int offset, int length) {
    server.take(octets, offset, length);
  }

  @Override
  public void finish() {
    client.finish();
    server.finish();
  }

  private void keep(Side side, byte[] line, int length, boolean cut) {
    byte[] text = Arrays.copyOf(line, length + (cut ? 3 : 0));
    Arrays.fill(text, length, text.length, (byte) '.');
    lines.accept(side, text);
  }

  /** Both sides tell each other in ID who made them (RFC 2971): that may be read, unless it names the user. */
  private void words(Side side, byte[] line, int from, int length, boolean cut) {
    String said = mask.names(new String(line, from, length - from, StandardCharsets.UTF_8));
    lines.accept(side, (cut ? said + "..." : said).getBytes(StandardCharsets.UTF_8)); //$NON-NLS-1$
  }

  private static int wordEnd(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] != ' ') {
      at++;
    }
    return at;
  }

  private static String word(byte[] line, int from, int to) {
    return to - from > 20 ? "" : new String(line, from, to - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT); //$NON-NLS-1$
  }

  private final class ClientLines implements LineCutter.Listener {
    private boolean inside; // after a literal
    private boolean secret;

    @Override
    public boolean announces(byte[] line, int length) {
      return true;
    }

    @Override
    public boolean inPieces() {
      return true;
    }

    @Override
    public void line(byte[] line, int length, boolean cut, boolean open) {
      if (!signIn.isEmpty() || inside) {
        rest(line, length, cut);
      } else {
        command(line, length, cut);
      }
      inside = open;
      secret &= open;
    }

    private void rest(byte[] line, int length, boolean cut) {
      if (!signIn.isEmpty() || secret) {
        lines.accept(Side.CLIENT, Mask.HIDDEN.getBytes(StandardCharsets.US_ASCII));
      } else if (length > 0) {
        Mask.values(line, 0, length, Mask.Words.MIXED);
        keep(Side.CLIENT, line, length, cut);
      }
    }

    private void command(byte[] line, int length, boolean cut) {
      int tag = wordEnd(line, 0, length);
      int start = Math.min(length, tag + 1);
      int end = wordEnd(line, start, length);
      switch (word(line, start, end)) {
        case "LOGIN" -> hide(line, end, length); //$NON-NLS-1$
        case "AUTHENTICATE" -> { //$NON-NLS-1$
          signIn = new String(line, 0, tag, StandardCharsets.ISO_8859_1);
          hide(line, wordEnd(line, Math.min(length, end + 1), length), length);
        }
        case "ID" -> words(Side.CLIENT, line, 0, length, cut); //$NON-NLS-1$
        default -> {
          boolean named = !word(line, start, end).equals("UID"); //$NON-NLS-1$
          Mask.values(line, named ? end : wordEnd(line, Math.min(length, end + 1), length), length, Mask.Words.MIXED);
          keep(Side.CLIENT, line, length, cut);
        }
      }
    }

    private void hide(byte[] line, int from, int length) {
      secret = true;
      String shown = new String(line, 0, from, StandardCharsets.ISO_8859_1);
      lines.accept(Side.CLIENT, (from < length ? shown + ' ' + Mask.HIDDEN : shown).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private final class ServerLines implements LineCutter.Listener {
    @Override
    public boolean announces(byte[] line, int length) {
      int start = Math.min(length, wordEnd(line, 0, length) + 1);
      return length > 0 && line[0] != '+' && !isStatus(line, start, wordEnd(line, start, length));
    }

    @Override
    public boolean inPieces() {
      return false;
    }

    @Override
    public void line(byte[] line, int length, boolean cut, boolean open) {
      if (length > 0 && line[0] == '+') {
        continuation(line, length);
        return;
      }
      int tag = wordEnd(line, 0, length);
      int start = Math.min(length, tag + 1);
      int end = wordEnd(line, start, length);
      if (isStatus(line, start, end)) {
        signIn = Mask.is(line, 0, tag, signIn) ? "" : signIn; //$NON-NLS-1$
        status(line, end, length, cut);
        return;
      }
      if (start < length && line[start] >= '0' && line[start] <= '9') {
        int shown = Math.min(length, FETCH_KEPT);
        Mask.values(line, wordEnd(line, Math.min(shown, end + 1), shown), shown, Mask.Words.MIXED);
        keep(Side.SERVER, line, shown, cut || shown < length);
        return;
      } else if (Mask.is(line, start, end, "ID")) { //$NON-NLS-1$
        words(Side.SERVER, line, 0, length, cut);
        return;
      } else {
        untagged(line, start, end, length);
      }
      keep(Side.SERVER, line, length, cut);
    }

    private void untagged(byte[] line, int start, int end, int length) {
      switch (word(line, start, end)) {
        case "CAPABILITY", "ENABLED" -> Mask.values(line, end, length, Mask.Words.NONE); //$NON-NLS-1$ //$NON-NLS-2$
        case "FLAGS", "SEARCH", "SORT", "THREAD", "ESEARCH", "VANISHED" -> Mask.values(line, end, length, Mask.Words.MIXED); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
        default -> Mask.values(line, end, length, Mask.Words.NAMES);
      }
    }

    private void continuation(byte[] line, int length) {
      boolean hidden = !signIn.isEmpty() && length > 2;
      lines.accept(Side.SERVER, (hidden ? "+ " + Mask.HIDDEN : mask.text(new String(line, 0, length, StandardCharsets.UTF_8))) //$NON-NLS-1$
          .getBytes(StandardCharsets.UTF_8));
    }

    private void status(byte[] line, int end, int length, boolean cut) {
      int text = end;
      if (end + 1 < length && line[end + 1] == '[') {
        while (text < length && line[text] != ']') {
          text++;
        }
        text = Math.min(length, text + 1);
        int code = wordEnd(line, end + 2, text);
        if (!Mask.is(line, end + 2, code, "CAPABILITY")) { //$NON-NLS-1$
          Mask.values(line, code, text - 1, Mask.Words.MIXED);
        }
      }
      String said = new String(line, 0, text, StandardCharsets.ISO_8859_1) + mask.text(new String(line, text, length - text, StandardCharsets.UTF_8));
      lines.accept(Side.SERVER, (cut ? said + "..." : said).getBytes(StandardCharsets.UTF_8)); //$NON-NLS-1$
    }

    private boolean isStatus(byte[] line, int from, int to) {
      return Mask.is(line, from, to, "OK") || Mask.is(line, from, to, "NO") || Mask.is(line, from, to, "BAD") //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
          || Mask.is(line, from, to, "BYE") || Mask.is(line, from, to, "PREAUTH"); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }
}
