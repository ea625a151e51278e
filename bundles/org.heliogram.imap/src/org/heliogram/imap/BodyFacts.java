/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.backend.MailException;

/**
 * What has to be known of messages before their content is asked for. It is asked ahead, while the content of earlier messages is still
 * on its way, and its answers are taken from between that.
 */
final class BodyFacts implements ImapConnection.Beside {
  static final String SIZE_AND_TIME = "UID RFC822.SIZE INTERNALDATE"; //$NON-NLS-1$
  static final String WITH_PARTS = SIZE_AND_TIME + " BODYSTRUCTURE"; //$NON-NLS-1$
  private static final int STRUCTURE_LIMIT = 1_000_000;
  private final ImapConnection imap;
  private final FetchItems items = new FetchItems();
  private final Set<Long> wanted;
  private final Deque<String> tags = new ArrayDeque<>();
  private final Map<Long, Fact> known = new HashMap<>();
  private long size;
  private Instant received = Instant.EPOCH;
  private byte[] structure;

  /** @param structure null where it was not asked for or is too large */
  record Fact(long size, Instant received, byte[] structure) {}

  /** @param wanted all that will be asked about */
  BodyFacts(ImapConnection imap, Set<Long> wanted) {
    this.imap = imap;
    this.wanted = wanted;
  }

  /** Asks with the next packet. */
  void ask(long[] uids, String what) throws IOException, MailException {
    for (String set : UidSet.of(uids)) {
      tags.add(imap.prepare("UID FETCH " + set + " (" + what + ')')); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  /** Whether all answers came. */
  boolean arrived() {
    return tags.stream().allMatch(imap::ended);
  }

  /** Reads the answers that did not come yet. Nothing else may be under way that somebody waits for. */
  void await() throws IOException, MailException {
    imap.connection().flush();
    while (!tags.isEmpty()) {
      Status status = imap.await(tags.remove(), (number, name, in) -> name.equals("FETCH") && read(in)); //$NON-NLS-1$
      if (status.busy()) {
        status.requireOk("UID FETCH"); //$NON-NLS-1$
      }
    }
  }

  private boolean read(ResponseReader in) throws IOException {
    long[] uid = {0};
    begin();
    items.read(in, (item, value) -> {
      if (!item.equals("UID")) { //$NON-NLS-1$
        return take(item, value);
      }
      uid[0] = value.number();
      return true;
    });
    end(uid[0]);
    return true;
  }

  /** What is known of a message, to be asked once; null for nothing. */
  Fact take(long uid) {
    return known.remove(uid);
  }

  @Override
  public void begin() {
    size = -1;
    received = Instant.EPOCH;
    structure = null;
  }

  @Override
  public boolean take(String item, ResponseReader in) throws IOException {
    switch (item) {
      case "RFC822.SIZE" -> size = in.number(); //$NON-NLS-1$
      case "INTERNALDATE" -> received = FetchItems.date(String.valueOf(in.string())); //$NON-NLS-1$
      case "BODYSTRUCTURE" -> structure = in.value(STRUCTURE_LIMIT); //$NON-NLS-1$
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void end(long uid) {
    if (size >= 0 && wanted.contains(uid)) {
      known.put(uid, new Fact(size, received, structure));
    }
  }
}
