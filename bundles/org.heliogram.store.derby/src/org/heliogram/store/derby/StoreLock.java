/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.heliogram.core.store.StoreException;

/** Keeps a second process out, and tells it who is in. The lock ends with the process, however it ends; what the file says is only for display. */
final class StoreLock implements AutoCloseable {
  /** Beyond the text, because on Windows nobody else can read what is locked. */
  private static final long LOCKED = 1 << 20;
  private final RandomAccessFile file;

  private StoreLock(RandomAccessFile file) {
    this.file = file;
  }

  /** @throws StoreException.InUse if another process, or another store in this one, has it */
  static StoreLock take(Path path) throws IOException, StoreException.InUse {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"); //$NON-NLS-1$
    boolean taken = false;
    try {
      FileLock lock = file.getChannel().tryLock(LOCKED, 1, false);
      taken = lock != null;
      if (!taken) {
        throw new StoreException.InUse(holder(file));
      }
      byte[] me = me().getBytes(StandardCharsets.UTF_8);
      file.setLength(0);
      file.write(me);
      return new StoreLock(file);
    } catch (OverlappingFileLockException e) {
      throw new StoreException.InUse(holder(file));
    } finally {
      if (!taken) {
        file.close();
      }
    }
  }

  private static String holder(RandomAccessFile file) throws IOException {
    byte[] text = new byte[(int) Math.min(file.length(), 500)];
    file.seek(0);
    file.readFully(text);
    return text.length == 0 ? "another process" : new String(text, StandardCharsets.UTF_8); //$NON-NLS-1$
  }

  private static String me() {
    return program() + " (process " + ProcessHandle.current().pid() + " on " + host() + ")"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private static String program() {
    String product = System.getProperty("eclipse.product", ""); //$NON-NLS-1$ //$NON-NLS-2$
    return product.isEmpty() || product.startsWith("org.heliogram") ? "Heliogram" : "Eclipse"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  private static String host() {
    String set = System.getenv("HOSTNAME"); //$NON-NLS-1$
    if (set != null && !set.isBlank()) {
      return set;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this computer"; // a machine without a name in its own tables //$NON-NLS-1$
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
