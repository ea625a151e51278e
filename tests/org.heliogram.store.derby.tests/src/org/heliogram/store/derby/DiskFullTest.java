/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.SyncPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.io.TempDir;

/** A small file system is filled to the brim: the store says so, keeps what it had, and goes on when there is space again. */
class DiskFullTest {
  @TempDir
  private Path mount;
  private boolean mounted;
  private DerbyMailStore store;

  @BeforeEach
  void mountSmallDisk() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=17m", "tmpfs", mount.toString());
    assumeTrue(mounted, "this test mounts a small tmpfs, which needs root");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (store != null) {
      store.close();
    }
    if (mounted) {
      run("umount", "-l", mount.toString()); // lazily: a desktop that looks at new disks may still be looking
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program on this system
    }
  }

  /** @param headersOnly whether the database fills the disk, or the messages' bytes do */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theStoreGoesOnWhenThereIsSpaceAgain(boolean headersOnly) throws Exception {
    store = new DerbyMailStore(mount);
    TestMail.setUp(store);
    Path ballast = Files.write(mount.resolve("ballast"), new byte[5_000_000]);
    long durable = fill(headersOnly);

    assertEquals(durable, TestMail.keys(store, "INBOX").size());
    Files.delete(ballast);
    arrive(headersOnly, durable + 1);

    assertEquals(durable + 1, TestMail.keys(store, "INBOX").size());
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
    store.close();
    store = new DerbyMailStore(mount);
    assertInstanceOf(StoreState.Open.class, store.open());
    List<MessageKey> keys = TestMail.keys(store, "INBOX");
    assertEquals(durable + 1, keys.size());
    if (!headersOnly) {
      assertArrayEquals(TestMail.content(durable + 1), TestMail.bytes(store, keys.get(0)));
    }
    assertEquals(List.of(), store.check(new NullProgressMonitor()));
  }

  /** @return the last number that was durable before the disk was full */
  private long fill(boolean headersOnly) throws IOException, StoreException {
    for (long number = 1; ; number++) {
      try {
        arrive(headersOnly, number);
      } catch (StoreException.DiskFull e) {
        return number - 1;
      }
    }
  }

  private void arrive(boolean headersOnly, long number) throws IOException, StoreException {
    if (headersOnly) {
      store.write(writer -> {
        writer.apply(TestMail.folder(writer, "INBOX"),
            SyncPlan.adding(List.of(TestMail.message(number, Optional.empty()))));
        return null;
      });
    } else {
      TestMail.arrive(store, number);
    }
  }
}
