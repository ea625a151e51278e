/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.store.StoreException;
import org.heliogram.imap.BodyPlan.Piece;

/**
 * Fetches content, streamed from the connection into the sink. What is said to be whole is as long as the server said before; a server
 * that says one thing and sends another is asked twice and believed if it repeats itself.
 */
final class BodyFetch {
  private static final int CHUNK = 500;
  private static final long MESSAGE_LIMIT = Integer.MAX_VALUE;
  private static final long SMALL = 64_000;
  private static final long TOGETHER_OCTETS = 500_000;
  private static final int TOGETHER = 40;
  private static final int FAKE_LIMIT = 8_192;
  /** What Exchange sends instead of a message it cannot convert. */
  private static final String FAKE = "Retrieval using the IMAP4 protocol failed"; //$NON-NLS-1$
  private final ImapConnection imap;
  private final Depth depth;
  private final long attachmentLimit;
  private final Sink sink;
  private final IProgressMonitor monitor;
  private boolean sizesLie;

  BodyFetch(ImapConnection imap, Depth depth, long attachmentLimit, Sink sink, IProgressMonitor monitor) {
    this.imap = imap;
    this.depth = depth;
    this.attachmentLimit = attachmentLimit;
    this.sink = sink;
    this.monitor = monitor;
  }

  /** @param expected octets; @param last what comes now is believed, or nothing is */
  private record Job(long uid, List<Piece> pieces, BodyState state, Instant received, long expected, boolean last) {}

  /** Messages are taken in chunks; the next chunk is asked about while the content of the one before still comes, so that the line is never idle. */
  void run(long[] uids) throws IOException, MailException, StoreException {
    BodyFacts facts = new BodyFacts(imap, Arrays.stream(uids).boxed().collect(Collectors.toSet()));
    SectionPipe pipe = new SectionPipe(imap, facts);
    Deque<Job> jobs = new ArrayDeque<>();
    List<Long> without = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int from = 0; from < uids.length; from += CHUNK) {
      long[] chunk = Arrays.copyOfRange(uids, from, Math.min(uids.length, from + CHUNK));
      if (from == 0) {
        facts.ask(chunk, what());
      }
      while (!jobs.isEmpty() && (jobs.size() > CHUNK / 2 || !facts.arrived())) {
        work(pipe, jobs, without);
      }
      if (!facts.arrived()) {
        pipe.finish();
      }
      facts.await();
      List<Job> more = jobs(chunk, facts, unknown);
      facts.ask(Arrays.copyOfRange(uids, Math.min(uids.length, from + CHUNK), Math.min(uids.length, from + 2 * CHUNK)), what());
      ask(pipe, more);
      jobs.addAll(more);
    }
    finish(pipe, jobs, without);
    again(unknown, facts);
  }

  private String what() {
    return depth == Depth.TEXT ? BodyFacts.WITH_PARTS : BodyFacts.SIZE_AND_TIME;
  }

  private List<Job> jobs(long[] uids, BodyFacts facts, List<Long> unknown) {
    List<Job> jobs = new ArrayList<>();
    for (long uid : uids) {
      BodyFacts.Fact known = facts.take(uid);
      if (known == null) {
        unknown.add(uid);
      } else if (known.size() <= MESSAGE_LIMIT) {
        jobs.add(job(uid, known));
      } else {
        monitor.worked(1); // Larger than anything here can hold: it stays on the server.
      }
    }
    return jobs;
  }

  /** Messages the server said nothing of: asked about once more, for less. */
  private void again(List<Long> uids, BodyFacts facts) throws IOException, MailException, StoreException {
    if (uids.isEmpty()) {
      return;
    }
    imap.await(imap.send("NOOP"), Answers.none()).requireOk("NOOP"); //$NON-NLS-1$ //$NON-NLS-2$
    facts.ask(numbers(uids), BodyFacts.SIZE_AND_TIME);
    facts.await();
    List<Long> unknown = new ArrayList<>();
    Deque<Job> jobs = new ArrayDeque<>(jobs(numbers(uids), facts, unknown));
    SectionPipe pipe = new SectionPipe(imap, facts);
    ask(pipe, jobs);
    finish(pipe, jobs, new ArrayList<>());
    missing(numbers(unknown));
  }

  private static long[] numbers(List<Long> uids) {
    return uids.stream().mapToLong(Long::longValue).toArray();
  }

  private Job job(long uid, BodyFacts.Fact facts) {
    if (depth == Depth.TEXT && facts.size() > attachmentLimit) {
      List<Piece> parts = BodyStructure.parse(facts.structure()).flatMap(part -> BodyPlan.without(part, attachmentLimit)).orElse(null);
      if (parts != null) {
        return new Job(uid, parts, BodyState.PARTIAL, facts.received(), -1, true);
      }
    }
    return new Job(uid, BodyPlan.whole(facts.size()), BodyState.WHOLE, facts.received(), facts.size(), false);
  }

  private void finish(SectionPipe pipe, Deque<Job> jobs, List<Long> without) throws IOException, MailException, StoreException {
    while (!jobs.isEmpty()) {
      work(pipe, jobs, without);
    }
    pipe.finish();
    missing(numbers(without), 0);
  }

  /** Takes what came for the oldest request. */
  private void work(SectionPipe pipe, Deque<Job> jobs, List<Long> without) throws IOException, MailException, StoreException {
    Job job = jobs.remove();
    Job again = job.state == BodyState.PARTIAL ? partial(pipe, job) : whole(pipe, job, without);
    if (again == null) {
      monitor.worked(1);
    } else {
      pipe.ask(again.uid, again.pieces);
      jobs.add(again);
    }
  }

  /** Small messages, which are most, share commands: a server is done with twenty together as soon as with three one by one. */
  private static void ask(SectionPipe pipe, Collection<Job> jobs) {
    List<Job> together = new ArrayList<>();
    long octets = 0;
    for (Job job : jobs) {
      boolean small = job.state == BodyState.WHOLE && job.expected <= SMALL;
      if (!small || together.size() == TOGETHER || octets + job.expected > TOGETHER_OCTETS) {
        askTogether(pipe, together, octets);
        octets = 0;
      }
      if (small) {
        together.add(job);
        octets += job.expected;
      } else {
        pipe.ask(job.uid, job.pieces);
      }
    }
    askTogether(pipe, together, octets);
  }

  private static void askTogether(SectionPipe pipe, List<Job> jobs, long octets) {
    if (jobs.size() == 1) {
      pipe.ask(jobs.get(0).uid, jobs.get(0).pieces);
    } else if (!jobs.isEmpty()) {
      pipe.askTogether(jobs.stream().map(Job::uid).toList(), octets);
    }
    jobs.clear();
  }

  private Job partial(SectionPipe pipe, Job job) throws IOException, MailException, StoreException {
    SectionPipe.Joined content = pipe.join(job.uid, job.pieces);
    try {
      sink.body(RemoteId.of(job.uid), job.state, job.received, content);
    } catch (Unreadable e) {
      content.skip();
      // The server cannot give the parts it spoke of: take the whole, if need be.
      return new Job(job.uid, BodyPlan.whole(0), BodyState.WHOLE, job.received, -1, true);
    }
    content.skip();
    return null;
  }

  /** @return what to try next; null if that was all */
  private Job whole(SectionPipe pipe, Job job, List<Long> without) throws IOException, MailException, StoreException {
    Literal content = pipe.open(job.uid);
    if (content == null && job.last && !pipe.overtaken()) {
      without.add(job.uid);
      return null;
    }
    if (content == null) {
      return new Job(job.uid, job.pieces, job.state, job.received, -1, !pipe.overtaken());
    }
    boolean asSaid = job.expected < 0 || content.size() == job.expected || sizesLie && !job.last;
    if (!asSaid && !job.last) {
      return new Job(job.uid, BodyPlan.whole(Math.max(content.size(), job.expected)), job.state, job.received, content.size(), true);
    }
    if (asSaid) {
      sizesLie |= job.last && job.expected >= 0;
      deliver(job, content);
    }
    return null;
  }

  private void deliver(Job job, Literal content) throws IOException, StoreException {
    InputStream octets = content;
    if (job.last && content.size() <= FAKE_LIMIT || sizesLie && content.size() <= FAKE_LIMIT) {
      byte[] small = content.readAllBytes();
      if (new String(small, StandardCharsets.ISO_8859_1).contains(FAKE)) {
        return;
      }
      octets = new ByteArrayInputStream(small);
    }
    sink.body(RemoteId.of(job.uid), job.state, job.received, octets);
  }

  private void missing(long... uids) throws IOException, MailException, StoreException {
    missing(uids, uids.length);
  }

  /** Those that are there but come without content stay without it. @param work to be noted as done */
  private void missing(long[] uids, int work) throws IOException, MailException, StoreException {
    if (uids.length > 0) {
      Set<Long> there = Presence.of(imap, uids);
      for (long uid : uids) {
        if (!there.contains(uid)) {
          sink.gone(RemoteId.of(uid));
        }
      }
    }
    monitor.worked(work);
  }
}
