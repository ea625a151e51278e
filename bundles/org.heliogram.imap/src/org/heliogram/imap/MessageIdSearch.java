/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;

/**
 * Looks for a Message-ID. Servers search badly: they find what only contains it, or nothing, or say no. So every hit's header is compared,
 * and without a hit the newest messages are looked through one by one.
 */
final class MessageIdSearch {
  private static final String FIELD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"; //$NON-NLS-1$
  private static final int HITS = 1_000;
  private static final int RECENT = 500;
  private static final int HEADER_LIMIT = 16_384;
  private final ImapConnection imap;
  private final String wanted;

  MessageIdSearch(ImapConnection imap, String messageIdHeader) {
    this.imap = imap;
    this.wanted = messageIdHeader.strip();
  }

  /** Newest first. */
  List<RemoteId> run(Mailbox mailbox) throws IOException, MailException {
    imap.await(imap.send("NOOP"), Answers.none()).requireOk("NOOP"); //$NON-NLS-1$ //$NON-NLS-2$
    TreeSet<Long> hits = new TreeSet<>(Comparator.reverseOrder());
    Status status = imap.await(imap.send("UID SEARCH HEADER Message-ID " + ImapConnection.argument(octets())), (number, name, in) -> { //$NON-NLS-1$
      if (!name.equals("SEARCH")) { //$NON-NLS-1$
        return false;
      }
      while (!in.atEnd()) {
        hits.add(in.number());
        if (hits.size() > HITS) {
          hits.pollLast();
        }
        in.spaces();
      }
      return true;
    });
    List<RemoteId> found = status.ok() ? compare(UidSet.of(hits.stream().mapToLong(Long::longValue).toArray())) : List.of();
    return found.isEmpty() ? recent(mailbox) : found;
  }

  private String octets() {
    return new String(wanted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private List<RemoteId> recent(Mailbox mailbox) throws IOException, MailException {
    if (mailbox.exists() == 0) {
      return List.of();
    }
    long from = Math.max(1, mailbox.uidNext() - RECENT);
    return compare(List.of(from + ":*")); //$NON-NLS-1$
  }

  private List<RemoteId> compare(List<String> sets) throws IOException, MailException {
    var found = new ArrayList<Long>();
    var items = new FetchItems();
    for (String set : sets) {
      imap.await(imap.send("UID FETCH " + set + " (UID " + FIELD + ')'), (number, name, in) -> { //$NON-NLS-1$ //$NON-NLS-2$
        if (!name.equals("FETCH")) { //$NON-NLS-1$
          return false;
        }
        long[] uid = {0};
        byte[][] header = {null};
        items.read(in, (item, value) -> {
          switch (item) {
            case "UID" -> uid[0] = value.number(); //$NON-NLS-1$
            default -> {
              if (!item.startsWith("BODY[HEADER")) { //$NON-NLS-1$
                return false;
              }
              header[0] = value.octets(HEADER_LIMIT);
            }
          }
          return true;
        });
        if (uid[0] > 0 && header[0] != null && matches(header[0]) && found.size() < HITS) {
          found.add(uid[0]);
        }
        return true;
      }).requireOk("UID FETCH"); //$NON-NLS-1$
    }
    return found.stream().distinct().sorted(Comparator.reverseOrder()).map(RemoteId::of).toList();
  }

  private boolean matches(byte[] header) {
    String unfolded = new String(header, StandardCharsets.UTF_8).replaceAll("\r?\n[ \t]+", " "); //$NON-NLS-1$ //$NON-NLS-2$
    return unfolded.lines().filter(line -> line.regionMatches(true, 0, "Message-ID:", 0, 11)) //$NON-NLS-1$
        .anyMatch(line -> line.substring(11).strip().equals(wanted));
  }
}
