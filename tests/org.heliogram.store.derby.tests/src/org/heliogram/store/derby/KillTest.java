/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed again and again: what it was told is durable is there, whole and once. */
class KillTest {
  private static final int KILLS = 6;
  @TempDir
  private Path home;

  /** The process that is killed: prints each number after its message is durable. */
  static final class Writer {
    public static void main(String[] arguments) throws StoreException, IOException {
      DerbyMailStore store = new DerbyMailStore(Path.of(arguments[0]));
      if (store.read(reader -> reader.accounts()).isEmpty()) {
        TestMail.setUp(store);
      }
      long number = 1 + store.read(reader -> reader.known(TestMail.folder(reader, "INBOX"))).messages().keySet().stream()
          .mapToLong(id -> Long.parseLong(id.value())).max().orElse(0);
      System.out.println("ready");
      for (; ; number++) {
        TestMail.arrive(store, number);
        System.out.println(number);
        MessageKey key = TestMail.keys(store, "INBOX").get(0);
        FolderKey archive = TestMail.folder(store, "Archive");
        Ticket ticket = store.write(writer -> writer.enqueue(new Operation.ChangeFlags(TestMail.ACCOUNT, List.of(key), FlagChange.set(Flag.SEEN))));
        if (number % 3 == 0) {
          store.write(writer -> {
            writer.settle(ticket.sequences().get(0), new Outcome.Done(Map.of()));
            return null;
          });
        }
        if (number % 5 == 0) {
          store.write(writer -> writer.enqueue(new Operation.Copy(TestMail.ACCOUNT, List.of(key), archive)));
        }
      }
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
    Random random = new Random(42);
    var acknowledged = new TreeSet<Long>();
    for (int i = 0; i < KILLS; i++) {
      writeUntilKilled(acknowledged, 5 + random.nextInt(60));
    }

    DerbyMailStore store = new DerbyMailStore(home);
    assertInstanceOf(StoreState.Open.class, store.open());
    Map<Long, Integer> present = new HashMap<>();
    for (MessageKey key : TestMail.keys(store, "INBOX")) {
      MessageSummary row = store.read(reader -> reader.summaries(List.of(key))).get(0);
      long number = Long.parseLong(row.subject().substring("message ".length()));
      present.merge(number, 1, Integer::sum);
      assertArrayEquals(TestMail.content(number), TestMail.bytes(store, key), "message " + number);
    }
    assertTrue(acknowledged.size() > KILLS, "the test wrote next to nothing");
    assertTrue(present.keySet().containsAll(acknowledged), "lost");
    assertTrue(present.size() <= acknowledged.size() + KILLS, "more than one transaction in flight at a kill");
    assertTrue(present.values().stream().allMatch(count -> count == 1), "doubled");
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
    store.close();
  }

  /** Kills the process in the middle of what follows the given number of messages. */
  private void writeUntilKilled(TreeSet<Long> acknowledged, int messages) throws IOException, InterruptedException {
    Process process = ChildJvm.start(Writer.class, List.of(), home.toString());
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int left = messages;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\d+")) {
          acknowledged.add(Long.parseLong(line));
          if (--left == 0) {
            process.toHandle().destroyForcibly(); // Process itself would close the stream, with what is still in it
          }
        } else {
          assertEquals("ready", line);
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
