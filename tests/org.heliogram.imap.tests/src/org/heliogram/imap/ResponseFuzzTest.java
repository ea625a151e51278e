/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.core.store.StoreException;
import org.heliogram.imap.RecordedDialogue.Piece;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole dialogues with a real server, recorded and played again with changes: whatever a server says, what comes of it is a result or a
 * {@link MailException}, soon, and within bounded memory. {@code -Dheliogram.fuzz.seconds=} says how long, {@code -Dheliogram.seed=} which
 * change to begin with.
 */
@Tag("server")
class ResponseFuzzTest {
  private static final long SECONDS = Long.getLong("heliogram.fuzz.seconds", 20);
  private static final long SEED = Long.getLong("heliogram.seed", System.nanoTime());
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3));
  private static final long SLOW = TimeUnit.SECONDS.toNanos(20);
  private static final long ALLOCATION_LIMIT = 400_000_000;
  private final Queue<String> elsewhere = new ConcurrentLinkedQueue<>();

  /** Something a client does. */
  private interface Course {
    void run(Session session) throws MailException, StoreException;
  }

  /** What a client knows while it does it. */
  private static final class Session {
    private final Backend backend;
    private Optional<SyncCursor> cursor = Optional.empty();
    private List<RemoteId> ids = List.of();

    Session(Backend backend) {
      this.backend = backend;
    }

    private static NullProgressMonitor monitor() {
      return new NullProgressMonitor();
    }

    void list() throws MailException {
      backend.folders(monitor());
    }

    void news() throws MailException, StoreException {
      News news = backend.news(ScriptedImap.INBOX, Known.NOTHING, monitor());
      cursor = Optional.of(news.cursor());
      ids = news.states().stream().map(RemoteState::id).limit(50).toList();
    }

    void fetch(Depth depth) throws MailException, StoreException {
      if (cursor.isPresent()) {
        backend.fetch(ScriptedImap.INBOX, cursor.get(), ids, depth, new Basket(), monitor());
      }
    }

    void change() throws MailException, StoreException {
      RemoteFolder to = ScriptedImap.folder("Trash", FolderRole.TRASH);
      if (cursor.isPresent() && ids.size() > 4) {
        var there = cursor.get();
        backend.perform(new RemoteOperation.Store(ScriptedImap.INBOX, there, ids, FlagChange.set(Flag.FLAGGED)), monitor());
        backend.perform(new RemoteOperation.Copy(ScriptedImap.INBOX, there, ids.subList(0, 2), to), monitor());
        backend.perform(new RemoteOperation.Move(ScriptedImap.INBOX, there, ids.subList(2, 3), to), monitor());
        backend.perform(new RemoteOperation.Expunge(ScriptedImap.INBOX, there, ids.subList(3, 4)), monitor());
        backend.find(to, "<m1@example.org>", monitor());
      }
    }
  }

  private static void read(Session session) throws MailException, StoreException {
    session.list();
    session.news();
    session.fetch(Depth.ENVELOPE);
    session.fetch(Depth.TEXT);
    session.fetch(Depth.WHOLE);
  }

  private static void write(Session session) throws MailException, StoreException {
    session.news();
    session.change();
  }

  @Test
  void whateverAServerSaysEndsWell() throws Exception {
    List<Course> courses = List.of(ResponseFuzzTest::read, ResponseFuzzTest::write);
    var dialogues = new ArrayList<RecordedDialogue>();
    try (var server = DovecotServer.start()) {
      fill(server);
      for (Course course : courses) {
        dialogues.add(record(server, course));
      }
    }
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> elsewhere.add(thread.getName() + ": " + failure));
    try (var mutants = new MutantServer()) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      var outcomes = new TreeMap<String, Integer>();
      for (long seed = SEED; System.nanoTime() < end; seed++) {
        int which = (int) Math.floorMod(seed, courses.size());
        outcomes.merge(attempt(mutants, dialogues.get(which), courses.get(which), seed), 1, Integer::sum);
      }
      System.out.println("fuzz from seed " + SEED + ": " + outcomes);
      assertTrue(outcomes.getOrDefault("Malformed", 0) > 0 && outcomes.size() > 2, () -> "nothing was changed: " + outcomes);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void fill(DovecotServer server) {
    String head = "From: =?utf-8?Q?J=C3=B6rg?= <j@example.org>\r\nTo: user1@example.org, \"A, B\" <b@example.org>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n";
    String part = "--x\r\nContent-Type: %s\r\nContent-Transfer-Encoding: 7bit\r\n\r\n%s\r\n";
    for (int i = 1; i <= 6; i++) {
      String own = head + "Message-ID: <m" + i + "@example.org>\r\nSubject: number " + i + "\r\n";
      String text = switch (i) {
        case 1, 2 -> own + "\r\nText.\r\n";
        case 3 -> own + "\r\n";
        case 4 -> own + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + part.formatted("text/plain", "Text") 
            + part.formatted("application/octet-stream; name=\"a b\"", "big".repeat(2_000)) + "--x--\r\n";
        case 5 -> own + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            + part.formatted("message/rfc822", own + "\r\nInner.") + "--x--\r\n";
        default -> own + "X-Long: " + "long ".repeat(400) + "\r\n\r\n" + "line\r\n".repeat(500);
      };
      server.deliver("user1", "INBOX", text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static Backend open(int port) throws MailException {
    var options = AccountOptions.DEFAULT.withBodies(new BodyPolicy(BodyPolicy.Keep.TEXT, 12, 1_000)) // so that a part is left out
        .withServer(new ServerOptions(Optional.of("PLAIN"), false, true, 5)); // a recorded SCRAM proves nothing
    return new ImapBackendFactory(SHORT).open(Basket.account(new Endpoint("localhost", port, Security.NONE, "user1"), options), new Credentials("pass1"),
        new NullProgressMonitor());
  }

  private static RecordedDialogue record(DovecotServer server, Course course) throws Exception {
    try (var recorder = new RecordedDialogue.Recorder(server.imapPort())) {
      try (Backend backend = open(recorder.port())) {
        course.run(new Session(backend));
      }
      return recorder.recorded();
    }
  }

  /** @return what came of it */
  private String attempt(MutantServer server, RecordedDialogue dialogue, Course course, long seed) {
    var random = new Random(seed);
    var pieces = new ArrayList<>(dialogue.pieces());
    int at = random.nextInt(pieces.size());
    pieces.set(at, new Piece(pieces.get(at).after(), Mutation.of(pieces.get(at).octets(), random)));
    server.play(pieces);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    String outcome = outcome(server, course, seed);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    long time = System.nanoTime() - start;
    if (time > SLOW || allocated > ALLOCATION_LIMIT || !elsewhere.isEmpty()) {
      throw new AssertionError("seed " + seed + ": " + time / 1_000_000 + " ms, " + allocated + " octets, elsewhere " + elsewhere);
    }
    return outcome;
  }

  private static String outcome(MutantServer server, Course course, long seed) {
    try (Backend backend = open(server.port())) {
      course.run(new Session(backend));
      return "fine";
    } catch (MailException e) {
      return e.getClass().getSimpleName();
    } catch (StoreException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("seed " + seed + ": " + e, e);
    }
  }
}
