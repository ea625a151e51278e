/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file operations that durability of segments rests on. A seam: tests record them, fail them, or drop what was not forced. */
interface Disk {
  /** A file open for writing. */
  interface Output extends AutoCloseable {
    long length() throws IOException;

    void write(long at, byte[] bytes, int from, int count) throws IOException;

    void truncate(long length) throws IOException;

    /** What was written is on the disk when this returns. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Opens or makes a file. */
  Output open(Path file) throws IOException;

  /** Makes the folder's list of files durable. */
  void forceFolder(Path folder) throws IOException;

  void delete(Path file) throws IOException;

  /** The real one. Not by FileChannel: that closes itself when its thread is interrupted, and with it the file for all others. */
  Disk REAL = new Disk() {
    @Override
    public Output open(Path file) throws IOException {
      return new RealOutput(new RandomAccessFile(file.toFile(), "rw")); //$NON-NLS-1$
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) { // Windows keeps its folders durable itself //$NON-NLS-1$
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        } finally {
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        }
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }
  };

  /** A file opened by {@link #REAL}. */
  record RealOutput(RandomAccessFile file) implements Output {
    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void write(long at, byte[] bytes, int from, int count) throws IOException {
      file.seek(at);
      file.write(bytes, from, count);
    }

    @Override
    public void truncate(long length) throws IOException {
      file.setLength(length);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
