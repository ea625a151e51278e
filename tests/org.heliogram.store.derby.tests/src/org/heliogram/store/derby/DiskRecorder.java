/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Remembers every write and every sync of a workload, and builds what a disk may look like after the power went away at any moment:
 * what was synced is there; of the rest any part, in any order, some of it torn.
 */
final class DiskRecorder {
  private final Path root;
  private final List<Step> steps = new ArrayList<>(); // guarded by this

  private enum Kind { WRITE, LENGTH, SYNC, MAKE_FOLDER, DELETE, RENAME, CREATE, ACKNOWLEDGE }

  /** @param at offset, length or number, by kind */
  private record Step(Kind kind, Path file, long at, byte[] bytes, Path to) {}

  DiskRecorder(Path root) {
    this.root = root.toAbsolutePath();
  }

  private synchronized void add(Kind kind, Path file, long at, byte[] bytes, Path to) {
    steps.add(new Step(kind, root.relativize(file.toAbsolutePath()), at, bytes, to));
  }

  void write(Path file, long at, byte[] bytes, int from, int count) {
    add(Kind.WRITE, file, at, Arrays.copyOfRange(bytes, from, from + count), null);
  }

  void length(Path file, long length) {
    add(Kind.LENGTH, file, length, null, null);
  }

  void sync(Path file) {
    add(Kind.SYNC, file, 0, null, null);
  }

  void makeFolder(Path folder) {
    add(Kind.MAKE_FOLDER, folder, 0, null, null);
  }

  void delete(Path file) {
    add(Kind.DELETE, file, 0, null, null);
  }

  void rename(Path file, Path to) {
    add(Kind.RENAME, file, 0, null, root.relativize(to.toAbsolutePath()));
  }

  void create(Path file) {
    add(Kind.CREATE, file, 0, null, null);
  }

  /** The workload was told that everything up to this number is durable. */
  void acknowledge(long number) {
    add(Kind.ACKNOWLEDGE, root, number, null, null);
  }

  synchronized int size() {
    return steps.size();
  }

  /** The last number acknowledged before the power went. */
  synchronized long acknowledged(int until) {
    return steps.subList(0, until).stream().filter(step -> step.kind() == Kind.ACKNOWLEDGE).mapToLong(Step::at).max().orElse(0);
  }

  /**
   * Applies the first steps to a copy of the disk as it was at the beginning.
   *
   * @param sector size in which unsynced writes may be torn; 0 for never
   * @param synced whether syncs count; without, the image shows that a missing sync would be noticed
   */
  synchronized void image(Path disk, int until, Random random, int sector, boolean synced) throws IOException {
    Map<Path, List<Step>> pending = new LinkedHashMap<>();
    for (Step step : steps.subList(0, until)) {
      Path file = disk.resolve(step.file());
      switch (step.kind()) {
        case WRITE, LENGTH -> pending.computeIfAbsent(step.file(), f -> new ArrayList<>()).add(step);
        case SYNC -> {
          if (synced) {
            flush(file, pending.remove(step.file()));
          }
        }
        case MAKE_FOLDER -> Files.createDirectories(file);
        case CREATE -> {
          pending.remove(step.file());
          Files.createDirectories(file.getParent());
          Files.write(file, new byte[0]);
        }
        case DELETE -> {
          pending.remove(step.file());
          Files.deleteIfExists(file);
        }
        case RENAME -> {
          flush(file, pending.remove(step.file()));
          Files.move(file, disk.resolve(step.to()), StandardCopyOption.REPLACE_EXISTING);
        }
        case ACKNOWLEDGE -> { }
      }
    }
    double kept = new double[] {0, 0.3, 0.7, 1}[random.nextInt(4)];
    for (var left : pending.entrySet()) {
      for (Step step : left.getValue()) {
        if (kept == 1 || random.nextDouble() < kept) {
          boolean torn = sector > 0 && kept < 1 && step.kind() == Kind.WRITE && step.bytes().length > sector && random.nextInt(3) == 0;
          apply(disk.resolve(left.getKey()), step, torn ? sector : 0, random);
        }
      }
    }
  }

  private static void flush(Path file, List<Step> steps) throws IOException {
    for (Step step : steps == null ? List.<Step>of() : steps) {
      apply(file, step, 0, null);
    }
  }

  private static void apply(Path file, Step step, int sector, Random random) throws IOException {
    Files.createDirectories(file.getParent());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      if (step.kind() == Kind.LENGTH) {
        out.setLength(step.at());
      } else if (sector == 0) {
        out.seek(step.at());
        out.write(step.bytes());
      } else {
        for (int from = 0; from < step.bytes().length; from += sector) {
          if (random.nextBoolean()) {
            out.seek(step.at() + from);
            out.write(step.bytes(), from, Math.min(sector, step.bytes().length - from));
          }
        }
      }
    }
  }

  /** The segments' way to this disk. */
  Disk disk() {
    return new Disk() {
      @Override
      public Output open(Path file) throws IOException {
        if (!Files.exists(file)) {
          create(file);
        }
        return new RecordedOutput(REAL.open(file), file);
      }

      @Override
      public void forceFolder(Path folder) {}

      @Override
      public void delete(Path file) throws IOException {
        DiskRecorder.this.delete(file);
        REAL.delete(file);
      }
    };
  }

  private final class RecordedOutput implements Disk.Output {
    private final Disk.Output real;
    private final Path file;

    RecordedOutput(Disk.Output real, Path file) {
      this.real = real;
      this.file = file;
    }

    @Override
    public long length() throws IOException {
      return real.length();
    }

    @Override
    public void write(long at, byte[] bytes, int from, int count) throws IOException {
      DiskRecorder.this.write(file, at, bytes, from, count);
      real.write(at, bytes, from, count);
    }

    @Override
    public void truncate(long length) throws IOException {
      DiskRecorder.this.length(file, length);
      real.truncate(length);
    }

    @Override
    public void force() {
      sync(file);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
