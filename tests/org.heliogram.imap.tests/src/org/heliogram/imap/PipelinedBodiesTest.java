/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.testing.server.ScriptedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of many messages, asked for at once. */
class PipelinedBodiesTest {
  private static final SyncCursor CURSOR = new SyncCursor("7/201");
  private static final int MESSAGES = 120;
  private static final int LARGE = 15; // every so many messages one that has a command for itself

  private int lines = 10_000;
  private int atOnce = MESSAGES;

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  /** Dovecot goes on with the next command while the one before waits for room on the line: their answers come mixed. */
  @ParameterizedTest
  @MethodSource("seeds")
  void answersToSeveralCommandsMayComeMixed(int seed) throws Exception {
    var mixed = new AtomicBoolean();
    try (var server = script((dialogue, command) -> {
      List<String> commands = new ArrayList<>(List.of(command));
      var tags = new ArrayList<String>();
      for (int asked = uids(command).length; !mixed.get() && asked < atOnce;) {
        String[] words = dialogue.line().split(" ", 2);
        asked += uids(words[1]).length;
        tags.add(words[0]);
        commands.add(words[1]);
      }
      mixed.set(true);
      answer(dialogue, commands, new Random(seed));
      dialogue.reply("%t OK done");
      dialogue.reply(tags.stream().map(tag -> tag + " OK done").toArray(String[]::new));
    }); Backend backend = server.signIn()) {
      assertEquals(all(), fetched(backend));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsTooLargeToBeKeptMayComeInBetweenToo(int seed) throws Exception {
    lines = 600_000;
    atOnce = LARGE; // so much is not asked for all at once
    answersToSeveralCommandsMayComeMixed(seed);
  }

  private ScriptedImap script(ScriptedImap.Answer bodies) {
    return new ScriptedImap("").selects(MESSAGES, 201).on("UID FETCH [0-9:,]+ \\(UID RFC822.SIZE INTERNALDATE\\)", (dialogue, command) -> {
      for (long uid : uids(command)) {
        dialogue.reply("* " + uid + " FETCH (UID " + uid + " RFC822.SIZE " + text(uid).length() + " INTERNALDATE \"01-Jan-2024 00:00:00 +0000\")");
      }
      dialogue.reply("%t OK done");
    }).on("UID FETCH [0-9:,]+ \\(UID\\)", (dialogue, command) -> {
      for (long uid : uids(command)) {
        dialogue.reply("* " + uid + " FETCH (UID " + uid + ")");
      }
      dialogue.reply("%t OK done");
    }).on("UID FETCH [0-9:,]+ \\(BODY.PEEK.*", bodies);
  }

  private static long[] uids(String command) {
    return UidSet.expand(command.split(" ")[2]);
  }

  /** Each command's answers in their order, one command's between another's as chance has it. */
  private void answer(ScriptedServer.Dialogue dialogue, List<String> commands, Random random) throws IOException {
    List<Deque<Long>> left = new ArrayList<>();
    for (String command : commands) {
      left.add(new ArrayDeque<>(LongStream.of(uids(command)).boxed().toList()));
    }
    left.removeIf(Deque::isEmpty);
    while (!left.isEmpty()) {
      Deque<Long> some = left.get(random.nextInt(left.size()));
      long uid = some.remove();
      String text = text(uid);
      dialogue.reply("* " + uid + " FETCH (UID " + uid + " BODY[] {" + text.length() + "}\r\n" + text + ")");
      left.removeIf(Deque::isEmpty);
    }
  }

  private String text(long uid) {
    return "Subject: " + uid + "\r\n\r\n" + (uid % LARGE == 0 ? "large\r\n".repeat(lines) : "");
  }

  private List<String> all() {
    return LongStream.rangeClosed(1, MESSAGES).mapToObj(this::text).toList();
  }

  private List<String> fetched(Backend backend) throws Exception {
    var basket = new Basket();
    List<RemoteId> ids = LongStream.rangeClosed(1, MESSAGES).mapToObj(RemoteId::of).toList();
    backend.fetch(ScriptedImap.INBOX, CURSOR, ids, Depth.WHOLE, basket, new NullProgressMonitor());
    return ids.stream().map(id -> basket.bodies.containsKey(id) ? new String(basket.bodies.get(id), StandardCharsets.ISO_8859_1) : "nothing of " + id)
        .toList();
  }
}
