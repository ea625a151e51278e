/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.Body;

/**
 * A message that is ready to be sent: it was read through before its command begins, because a literal that was announced cannot be taken
 * back. A small one is kept.
 *
 * @param index  in what is to be put there
 * @param octets null if it is too large to be kept
 * @param nul    whether there are NULs in it, which only a literal8 can hold (RFC 3516)
 * @param utf8   whether it has to be said that its header is in UTF-8 (RFC 6855 section 4)
 */
record Letter(int index, Body content, byte[] octets, boolean nul, boolean utf8, List<String> flags, String date) {
  /** What is kept in memory. */
  static final int SMALL = 256_000;
  private static final int CHUNK = 32_768;

  /** Takes octets as they are read. */
  private interface Octets {
    void take(byte[] octets) throws IOException;
  }

  /** @param agreed whether both sides speak UTF-8; @param kept whether the mailbox keeps a flag @throws MailException.Malformed if the content cannot be read here */
  static Letter read(int index, Upload message, boolean agreed, Predicate<String> kept) throws MailException {
    Body content = message.content();
    byte[][] small = {content.sizeInBytes() <= SMALL ? new byte[0] : null};
    var look = new Look();
    try {
      if (small[0] != null) {
        small[0] = content.bytes(SMALL);
        look.take(small[0]);
        requireSize(content, small[0].length);
      } else {
        copy(content, look);
      }
    } catch (IOException e) {
      throw new MailException.Malformed("the content of a message to be put on the server cannot be read", e); //$NON-NLS-1$
    }
    List<String> flags = message.flags().imapNames().stream().filter(Changes::isAtom).filter(kept).toList();
    return new Letter(index, content, small[0], look.nul, agreed && look.utf8(), flags, InternalDate.quoted(message.received()));
  }

  /** What there is in a message, as it passes. */
  private static final class Look implements Octets {
    private static final int HEADER_LIMIT = 256_000;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(); // the lines of it that are not all ASCII
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean nul;
    private boolean inHeader = true;
    private boolean ascii = true;

    @Override
    public void take(byte[] octets) {
      for (byte octet : octets) {
        nul |= octet == 0;
        if (inHeader) {
          ascii &= octet >= 0;
          line.write(octet);
          if (octet == '\n' || line.size() >= HEADER_LIMIT) {
            lineEnds();
          }
        }
      }
    }

    private void lineEnds() {
      if (!ascii) {
        header.writeBytes(line.toByteArray());
      }
      inHeader = line.size() > 2 && header.size() < HEADER_LIMIT;
      ascii = true;
      line.reset();
    }

    /** Whether its header is in UTF-8, and neither ASCII nor something a server that looks at it would not take. */
    boolean utf8() {
      if (inHeader) {
        lineEnds();
      }
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header.toByteArray()));
        return header.size() > 0;
      } catch (CharacterCodingException e) {
        return false;
      }
    }
  }

  private static void requireSize(Body content, long size) throws IOException {
    if (size != content.sizeInBytes()) {
      throw new IOException("content of " + size + " octets where " + content.sizeInBytes() + " were to be"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
  }

  private static void copy(Body content, Octets to) throws IOException {
    long size = 0;
    try (InputStream in = content.open()) {
      for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
        size += chunk.length;
        if (size > content.sizeInBytes()) {
          break;
        }
        to.take(chunk);
      }
    }
    requireSize(content, size);
  }

  long size() {
    return content.sizeInBytes();
  }

  /** What stands between the mailbox, or the message before (RFC 3502), and the literal. */
  String words() {
    return (flags.isEmpty() ? " " : " (" + String.join(" ", flags) + ") ") + date //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        + (utf8 ? " UTF8 (~" : nul ? " ~" : " "); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** The same without keywords; empty if it has none. */
  Optional<Letter> withoutKeywords() {
    List<String> system = flags.stream().filter(flag -> flag.startsWith("\\")).toList(); //$NON-NLS-1$
    return system.size() == flags.size() ? Optional.empty() : Optional.of(new Letter(index, content, octets, nul, utf8, system, date));
  }

  /**
   * Sends the octets of the literal, and what closes it.
   *
   * @throws MailException.Malformed if it cannot be read any more; the connection is of no use then, for the server waits for the rest
   */
  void send(ImapConnection imap) throws IOException, MailException {
    sendContent(imap);
    if (utf8) {
      imap.octets(new byte[] {')'});
    }
  }

  private void sendContent(ImapConnection imap) throws IOException, MailException {
    if (octets != null) {
      imap.octets(octets);
      return;
    }
    try {
      copy(content, chunk -> {
        try {
          imap.octets(chunk);
        } catch (IOException e) {
          throw new Unsent(e);
        }
      });
    } catch (Unsent e) {
      throw e.trouble;
    } catch (IOException e) {
      imap.connection().abort();
      throw new MailException.Malformed("the content of a message cannot be read; the upload was broken off", e); //$NON-NLS-1$
    }
  }

  /** Trouble with the network, to be told from trouble with the disk. */
  private static final class Unsent extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException trouble;

    Unsent(IOException trouble) {
      this.trouble = trouble;
    }
  }
}
