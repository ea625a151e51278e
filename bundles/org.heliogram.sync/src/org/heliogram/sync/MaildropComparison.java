/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.Taken;

/**
 * Compares what a maildrop lists with what was taken from it. An id alone proves little: servers give an id again to another message, and
 * new ids to all when they are replaced, or no id to some for a while. So a known id of another size, and what is unknown while known mail
 * is gone, is looked at by its header first. Changes nothing.
 */
final class MaildropComparison {
  /** About fewer messages than these nobody is asked. */
  private static final int FLOOD = 10;
  private static final int FLOOD_PERCENT = 30;
  private final Map<RemoteId, Taken> known = new HashMap<>();
  private final Map<RemoteId, Long> sizes = new LinkedHashMap<>();
  private final List<RemoteId> unknown = new ArrayList<>();
  private final List<RemoteId> changed = new ArrayList<>();
  private final Map<RemoteId, Fingerprint> unmeasured = new LinkedHashMap<>();
  private final List<Taken> missing = new ArrayList<>();
  private final Map<RemoteId, Boolean> there = new LinkedHashMap<>();
  private int vanished;
  private int stillThere;

  /** What a header tells. @param digest see {@link Fingerprint#header()}; @param messageId may be empty */
  record Head(String digest, String messageId) {}

  /** What was taken, looked at again. */
  interface Memory {
    /** @return a digest, or empty if that cannot be told any more */
    String header(Taken taken) throws StoreException;

    /** @return a Message-ID, or empty */
    String messageId(Taken taken) throws StoreException;
  }

  /**
   * What follows.
   *
   * @param forgotten ids that stand for other messages now
   * @param renamed   what is called otherwise now
   * @param prints    of what turned out to be known though it looks different, or is not to be fetched
   * @param fetch     what is new, in the order of the listing
   */
  record Verdict(List<RemoteId> forgotten, Map<RemoteId, RemoteId> renamed, Map<RemoteId, Fingerprint> prints, List<RemoteId> fetch) {}

  MaildropComparison(List<Taken> taken, List<RemoteState> listed) {
    listed.forEach(state -> sizes.put(state.id(), state.sizeInBytes()));
    for (Taken one : taken) {
      known.put(one.id(), one);
      boolean listedNow = sizes.containsKey(one.id());
      if (!listedNow) {
        missing.add(one);
        vanished += one.gone() ? 0 : 1;
      } else {
        stillThere++;
      }
      if (listedNow == one.gone()) {
        there.put(one.id(), listedNow);
      }
    }
    sizes.forEach((id, size) -> {
      Taken before = known.get(id);
      if (before == null) {
        unknown.add(id);
      } else if (size != 0 && before.print().sizeInBytes() == 0) {
        unmeasured.put(id, before.print().withSize(size));
      } else if (size != 0 && size != before.print().sizeInBytes()) {
        changed.add(id);
      }
    });
  }

  /** Sizes of all that is listed. */
  Map<RemoteId, Long> sizes() {
    return sizes;
  }

  /** Where it is different from what was known whether messages are there. */
  Map<RemoteId, Boolean> there() {
    return there;
  }

  /** Whose headers are needed for a verdict. */
  List<RemoteId> doubted() {
    var doubted = new ArrayList<>(changed);
    if (vanished > 0) {
      doubted.addAll(unknown);
    }
    return doubted;
  }

  private boolean flood() {
    return many(unknown.size()) && vanished > stillThere;
  }

  private boolean many(int count) {
    return count >= FLOOD && 100L * count > (long) FLOOD_PERCENT * sizes.size();
  }

  /**
   * @param heads   of what is doubted, as far as the server told
   * @param decided by the user about what cannot be told
   * @throws MailException.Renumbered if there is much of that, and he did not decide
   */
  Verdict verdict(Map<RemoteId, Head> heads, Memory memory, Optional<SyncRequest.Renumbered> decided) throws MailException, StoreException {
    Candidates byHeader = new Candidates();
    Candidates byMessageId = new Candidates();
    if (!doubted().isEmpty()) {
      for (Taken one : missing) {
        byHeader.add(memory.header(one), one);
        byMessageId.add(flood() && !one.gone() ? memory.messageId(one) : "", one); //$NON-NLS-1$
      }
    }
    var verdict = new Verdict(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(unmeasured), new ArrayList<>());
    for (RemoteId id : changed) {
      changed(id, Optional.ofNullable(heads.get(id)), memory, byHeader, verdict);
    }
    if (vanished == 0) {
      verdict.fetch().addAll(unknown);
      return verdict;
    }
    var doubtful = new ArrayList<RemoteId>();
    for (RemoteId id : unknown) {
      Optional<Head> head = Optional.ofNullable(heads.get(id));
      Optional<Taken> same = head.flatMap(h -> byHeader.take(h.digest()));
      if (same.isPresent()) {
        verdict.renamed().put(same.get().id(), id);
      } else if (head.isEmpty() || byMessageId.has(head.get().messageId())) {
        doubtful.add(id);
      } else {
        verdict.fetch().add(id);
      }
    }
    decide(doubtful, heads, byMessageId, decided, verdict);
    return verdict;
  }

  private void changed(RemoteId id, Optional<Head> head, Memory memory, Candidates byHeader, Verdict verdict) throws StoreException {
    if (head.isPresent() && head.get().digest().equals(memory.header(known.get(id)))) {
      verdict.prints().put(id, print(id, head));
      return;
    }
    verdict.forgotten().add(id);
    Optional<Taken> moved = head.flatMap(h -> byHeader.take(h.digest()));
    if (moved.isPresent()) {
      verdict.renamed().put(moved.get().id(), id);
    } else {
      verdict.fetch().add(id);
    }
  }

  private Fingerprint print(RemoteId id, Optional<Head> head) {
    return new Fingerprint(sizes.get(id), head.map(Head::digest).orElse("")); //$NON-NLS-1$
  }

  private void decide(List<RemoteId> doubtful, Map<RemoteId, Head> heads, Candidates byMessageId, Optional<SyncRequest.Renumbered> decided,
      Verdict verdict) throws MailException {
    boolean grave = many(doubtful.size()) && flood();
    if (grave && decided.isEmpty()) {
      throw new MailException.Renumbered(doubtful.size(), vanished);
    }
    if (!grave || decided.get() == SyncRequest.Renumbered.NEW) {
      verdict.fetch().addAll(doubtful);
      return;
    }
    for (RemoteId id : doubtful) {
      Optional<Head> head = Optional.ofNullable(heads.get(id));
      Optional<Taken> same = head.flatMap(h -> byMessageId.take(h.messageId())).filter(one -> !verdict.renamed().containsKey(one.id()));
      same.ifPresent(one -> verdict.renamed().put(one.id(), id));
      verdict.prints().put(id, print(id, head));
    }
  }

  /** What was taken and is missing now, by something it is recognised by; what was there until now first. */
  private static final class Candidates {
    private final Map<String, Deque<Taken>> all = new HashMap<>();

    void add(String mark, Taken taken) {
      if (!mark.isEmpty()) {
        Deque<Taken> alike = all.computeIfAbsent(mark, m -> new ArrayDeque<>());
        if (taken.gone()) {
          alike.addLast(taken);
        } else {
          alike.addFirst(taken);
        }
      }
    }

    boolean has(String mark) {
      return all.containsKey(mark);
    }

    Optional<Taken> take(String mark) {
      return Optional.ofNullable(all.get(mark)).map(Deque::pollFirst);
    }
  }
}
