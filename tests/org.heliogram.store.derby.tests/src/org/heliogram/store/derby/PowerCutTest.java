/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Outcome;
import org.heliogram.core.op.Ticket;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a power cut may leave on the disk opens again and holds every acknowledged commit. The disk keeps what was synced and any part of
 * the rest, torn at sectors of 4 KB. {@code -Dheliogram.images=N} tries more images; the seed is in every message.
 */
class PowerCutTest {
  private static final int IMAGES = Integer.getInteger("heliogram.images", 20);
  private static final int MESSAGES = 60;
  /** Steps that also store many summaries in one transaction, which is more than a buffer of the log takes. */
  private static final Set<Long> LARGE = Set.of(20L, 40L);
  private static final int MANY = 1_000;
  private static final String PROPERTY = "derby.subSubProtocol.recorded";
  @TempDir
  private static Path before;
  @TempDir
  private static Path live;
  @TempDir
  private static Path work;
  private static DiskRecorder recorder;
  private static int ready;

  @BeforeAll
  static void record() throws Exception {
    var made = new DerbyMailStore(before);
    TestMail.setUp(made);
    made.close();
    new StoreHome(before).copy(before, live);
    recorder = new DiskRecorder(live);
    RecordedStorage.recorder = recorder;
    System.setProperty(PROPERTY, RecordedStorage.class.getName());
    var opening = new StoreOpening(live, Seams.NONE.with("recorded:").with(recorder.disk()));
    var store = new DerbyMailStore(opening);
    assertEquals(new StoreState.Open(live), store.open());
    ready = recorder.size();
    for (long number = 1; number <= MESSAGES; number++) {
      change(store, number);
      recorder.acknowledge(number);
      if (number % 15 == 0) {
        store.checkpoint();
      }
    }
    store.close();
  }

  @AfterAll
  static void forget() {
    System.clearProperty(PROPERTY);
  }

  /** One acknowledged step: a message comes, is marked or moved, an older one goes. */
  private static void change(DerbyMailStore store, long number) throws StoreException, IOException {
    TestMail.arrive(store, number);
    MessageKey key = TestMail.keys(store, "INBOX").get(0);
    if (number % 2 == 0) {
      Ticket ticket =
          store.write(writer -> writer.enqueue(new Operation.ChangeFlags(TestMail.ACCOUNT, List.of(key), FlagChange.set(Flag.SEEN))));
      store.write(writer -> {
        writer.settle(ticket.sequences().get(0), new Outcome.Done(Map.of()));
        return null;
      });
    }
    if (number % 10 == 0) {
      store.write(writer -> {
        writer.apply(TestMail.folder(writer, "INBOX"),
            new SyncPlan(false, List.of(RemoteId.of(number - 9)), Map.of(), List.of(), false, Optional.empty()));
        return null;
      });
    }
    if (LARGE.contains(number)) {
      List<NewMessage> many = LongStream.range(number * MANY, (number + 1) * MANY).mapToObj(n -> TestMail.message(n, Optional.empty())).toList();
      store.write(writer -> {
        writer.apply(TestMail.folder(writer, "Archive"), SyncPlan.adding(many));
        return null;
      });
    }
  }

  /** How many messages the other folder has once everything up to {@code number} is durable. */
  private static int archived(long number) {
    return MANY * (int) LARGE.stream().filter(large -> large <= number).count();
  }

  /** Numbers of messages in the inbox once everything up to {@code number} is durable. */
  private static Set<Long> expected(long number) {
    Set<Long> expected = new HashSet<>();
    for (long n = 1; n <= number; n++) {
      if (n % 10 != 1 || number < n + 9) {
        expected.add(n);
      }
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4096})
  void everyImageOpensWithEveryAcknowledgedCommit(int sector) throws Exception {
    for (int image = 0; image < IMAGES; image++) {
      long seed = 1000L * sector + image;
      assertEquals("", verdict(new Random(seed), sector, true), "sector " + sector + ", seed " + seed);
    }
  }

  /** A disk that ignores syncs loses what was acknowledged, and this test sees it. */
  @Test
  void aMissingSyncWouldBeNoticed() throws Exception {
    int bad = 0;
    for (int image = 0; image < 6; image++) {
      bad += verdict(new Random(image), 0, false).isEmpty() ? 0 : 1;
    }

    assertTrue(bad > 0, "no loss was seen in 6 images of a disk that syncs nothing");
  }

  /** Builds an image, opens it, and compares. @return what is wrong */
  private String verdict(Random random, int sector, boolean synced) throws IOException, StoreException {
    Path disk = work.resolve("image");
    new StoreHome(disk).delete(disk);
    new StoreHome(before).copy(before, disk);
    int until = ready + 1 + random.nextInt(recorder.size() - ready - 1);
    recorder.image(disk, until, random, sector, synced);
    Files.createDirectories(disk.resolve("store/db/tmp"));
    long acknowledged = recorder.acknowledged(until);
    var store = new DerbyMailStore(disk);
    try {
      StoreState state = store.open();
      if (!(state instanceof StoreState.Open)) {
        return state.toString();
      }
      List<Finding> findings = store.check(new NullProgressMonitor());
      return findings.isEmpty() ? lost(store, acknowledged) : findings.toString();
    } catch (Trouble.DamageFound e) { // pages that opening did not read
      return e.toString();
    } finally {
      store.close();
    }
  }

  private static String lost(DerbyMailStore store, long acknowledged) throws StoreException, IOException {
    Set<Long> found = new HashSet<>();
    for (MessageKey key : TestMail.keys(store, "INBOX")) {
      String subject = store.read(reader -> reader.summaries(List.of(key))).get(0).subject();
      long number = Long.parseLong(subject.substring("message ".length()));
      found.add(number);
      if (!Arrays.equals(TestMail.content(number), TestMail.bytes(store, key))) {
        return "message " + number + " is not whole";
      }
    }
    Set<Long> missing = new HashSet<>(expected(acknowledged));
    missing.retainAll(expected(acknowledged + 1)); // what the step in flight takes away may be gone
    missing.removeAll(found);
    Set<Long> extra = new HashSet<>(found);
    extra.removeAll(expected(acknowledged));
    extra.remove(acknowledged + 1);
    if (!missing.isEmpty() || !extra.isEmpty()) {
      return "missing " + missing + ", more than there should be " + extra;
    }
    int archived = TestMail.keys(store, "Archive").size();
    return archived == archived(acknowledged) || archived == archived(acknowledged + 1) ? "" : archived + " in the other folder";
  }
}
