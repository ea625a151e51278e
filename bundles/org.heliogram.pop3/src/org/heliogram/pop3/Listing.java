/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.jakarta.WireException;

/**
 * Finds a name for every message of a maildrop that is the same in the next session: the unique-id of UIDL; where the server gives none,
 * or gives it twice, a digest of the message's header. What cannot be named safely is left out, never taken under a name that may change.
 */
final class Listing {
  private static final System.Logger LOG = System.getLogger(Listing.class.getName());
  private static final int MOST_MESSAGES = 2_000_000;
  private static final int LONGEST_ID = 200;
  static final int LONGEST_HEADER = 16 << 20;
  private static final int LONGEST_NUMBER = 9;
  private static final int LONGEST_SIZE = 18;
  private final Wire wire;
  private final Capabilities capabilities;
  private final IProgressMonitor monitor;

  Listing(Wire wire, Capabilities capabilities, IProgressMonitor monitor) {
    this.wire = wire;
    this.capabilities = capabilities;
    this.monitor = monitor;
  }

  /** Where ids and the size of the whole are as before, so is everything: then single sizes are not asked for. @param before the last cursor */
  Maildrop read(Optional<SyncCursor> before) throws IOException, MailException {
    boolean together = capabilities.has("PIPELINING"); //$NON-NLS-1$
    boolean all = together && before.isEmpty(); // single sizes are needed anyway
    wire.connection().renewTime();
    wire.send(all ? "STAT\r\nUIDL\r\nLIST" : together ? "STAT\r\nUIDL" : "STAT"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    wire.flush();
    Optional<String> whole = whole(wire.reply());
    Optional<SortedMap<Integer, String>> unique = uniqueIds(together ? wire.reply() : wire.command("UIDL")); //$NON-NLS-1$
    if (whole.isPresent() && unique.isPresent()) {
      Maildrop unsized = Maildrop.unsized(unique.get(), whole.get());
      if (before.equals(Optional.of(unsized.cursor()))) {
        return unsized;
      }
    }
    SortedMap<Integer, Long> sizes = sizes(all ? wire.reply() : wire.command("LIST")); //$NON-NLS-1$
    String total = whole.orElseGet(() -> sizes.size() + " " + sizes.values().stream().mapToLong(Long::longValue).sum()); //$NON-NLS-1$
    unique.ifPresent(ids -> ids.keySet().forEach(number -> sizes.putIfAbsent(number, 0L)));
    return maildrop(sizes, names(sizes, unique), total);
  }

  /** With the size of each message. */
  Maildrop sized(Maildrop unsized) throws IOException, MailException {
    return unsized.sized(sizes(wire.command("LIST"))); //$NON-NLS-1$
  }

  private SortedMap<Integer, Long> sizes(Reply list) throws IOException, MailException {
    var sizes = new TreeMap<Integer, Long>();
    list.orThrow(Optional.empty(), no -> new MailException.Refused("LIST refused", no.text(), null)); //$NON-NLS-1$
    rows((number, rest) -> sizes.put(number, size(rest)));
    return sizes;
  }

  /** How many messages there are, and the octets of all together (RFC 1939 section 5); empty where the server does not tell. */
  private static Optional<String> whole(Reply stat) {
    String[] words = stat.text().strip().split("\\s+"); //$NON-NLS-1$
    boolean told = stat.ok() && words.length >= 2 && words[0].matches("[0-9]{1,9}") && words[1].matches("[0-9]{1,18}"); //$NON-NLS-1$ //$NON-NLS-2$
    return told ? Optional.of(words[0] + ' ' + words[1]) : Optional.empty();
  }

  /** Names by number; what cannot be named is left out. */
  private Map<Integer, String> names(SortedMap<Integer, Long> sizes, Optional<SortedMap<Integer, String>> unique)
      throws IOException, MailException {
    var names = new HashMap<Integer, String>();
    var doubled = new HashMap<Integer, String>();
    var unnamed = new ArrayList<Integer>();
    sort(sizes.keySet(), unique.isPresent() ? unique.get() : Map.of(), names, doubled, unnamed);
    unnamed.addAll(doubled.keySet());
    if (!unnamed.isEmpty()) {
      LOG.log(Level.INFO, unnamed.size() + " of " + sizes.size() + " messages have no unique-id of their own: named by their headers"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    Map<Integer, String> digests = digests(unnamed);
    if (unique.isEmpty() && digests.isEmpty() && !sizes.isEmpty()) {
      throw new MailException.Refused("server offers neither UIDL nor TOP: mail left there cannot be told from new mail", "", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
    for (int number : unnamed) {
      String digest = digests.get(number);
      String twin = doubled.get(number);
      if (twin != null) {
        names.put(number, twin + "#" + (digest != null ? digest : Long.toString(sizes.get(number)))); //$NON-NLS-1$
      } else if (digest != null) {
        names.put(number, "header-" + digest); //$NON-NLS-1$
      }
    }
    return names;
  }

  /** The first of several messages with one id keeps it: it is the oldest, and was taken under that id when it was alone. */
  private static void sort(Set<Integer> numbers, Map<Integer, String> unique, Map<Integer, String> names, Map<Integer, String> doubled,
      List<Integer> unnamed) {
    var used = new HashSet<String>();
    for (int number : numbers) {
      String id = unique.get(number);
      if (id == null) {
        unnamed.add(number);
      } else if (used.add(id)) {
        names.put(number, id);
      } else {
        doubled.put(number, id);
      }
    }
  }

  private static Maildrop maildrop(SortedMap<Integer, Long> sizes, Map<Integer, String> names, String whole) {
    var used = new HashSet<String>();
    var entries = new ArrayList<Maildrop.Entry>();
    sizes.forEach((number, size) -> {
      String name = names.get(number);
      if (name != null) {
        for (int copy = 2; !used.add(name); copy++) {
          name = names.get(number) + "#" + copy; //$NON-NLS-1$
        }
        entries.add(new Maildrop.Entry(number, new RemoteId(name), size));
      }
    });
    if (entries.size() < sizes.size()) {
      LOG.log(Level.WARNING,
          (sizes.size() - entries.size()) + " messages have no unique-id and no header and are left on the server"); //$NON-NLS-1$
    }
    return Maildrop.of(entries, whole);
  }

  /** Empty where the server does not know UIDL; an id it garbled is missing from the map. */
  private Optional<SortedMap<Integer, String>> uniqueIds(Reply reply) throws IOException, MailException {
    if (!reply.ok() && capabilities.has("UIDL")) { //$NON-NLS-1$
      wire.connection().abort(); // the answer to LIST may be on its way
      reply.orThrow(Optional.empty(), no -> new MailException.Busy(Optional.empty(), no.text(), null));
    }
    if (!reply.ok()) {
      return Optional.empty();
    }
    var ids = new TreeMap<Integer, String>();
    rows((number, id) -> {
      if (!id.isEmpty() && id.chars().noneMatch(Character::isISOControl)) {
        ids.put(number, id.length() <= LONGEST_ID ? id : "long-" + Fingerprint.digest(id)); //$NON-NLS-1$
      }
    });
    return Optional.of(ids);
  }

  private interface Row {
    void take(int number, String rest);
  }

  /** The numbered lines of a listing; others are passed over. */
  private void rows(Row row) throws IOException {
    int count = 0;
    for (String line = wire.line(); line != null; line = wire.line()) {
      if (++count > MOST_MESSAGES) {
        throw new WireException("more than " + MOST_MESSAGES + " messages"); //$NON-NLS-1$ //$NON-NLS-2$
      }
      int end = 0;
      String numbered = line.strip();
      while (end < numbered.length() && numbered.charAt(end) >= '0' && numbered.charAt(end) <= '9') {
        end++;
      }
      if (end > 0 && end <= LONGEST_NUMBER && end < numbered.length() && Character.isWhitespace(numbered.charAt(end))) {
        row.take(Integer.parseInt(numbered, 0, end, 10), numbered.substring(end).strip());
      }
    }
  }

  private static long size(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) >= '0' && rest.charAt(end) <= '9') {
      end++;
    }
    boolean number = end > 0 && end <= LONGEST_SIZE && (end == rest.length() || Character.isWhitespace(rest.charAt(end)));
    return number ? Long.parseLong(rest, 0, end, 10) : 0;
  }

  /** Of the headers that could be had, by number. */
  Map<Integer, String> digests(List<Integer> numbers) throws IOException, MailException {
    var digests = new HashMap<Integer, String>();
    new Pipeline(wire, capabilities).run(numbers.size(), index -> "TOP " + numbers.get(index) + " 0", (index, reply) -> { //$NON-NLS-1$ //$NON-NLS-2$
      if (reply.ok()) {
        MessageContent content = wire.content(LONGEST_HEADER);
        String digest = Fingerprint.header(content.readAllBytes());
        if (!digest.isEmpty()) {
          digests.put(numbers.get(index), digest);
        }
      }
    }, monitor);
    return digests;
  }
}
