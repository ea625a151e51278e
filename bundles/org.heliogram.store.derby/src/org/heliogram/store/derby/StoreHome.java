/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where everything lies: {@code store/db} (Derby), {@code store/segments} (raw messages), and beside {@code store}, so that it outlives
 * it, a mark that there was a store, the backup of the accounts and the lock.
 */
record StoreHome(Path folder) {
  /** Below this no database is called damaged because it does not boot. */
  static final long SPACE_TO_BOOT = 2_000_000;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"); //$NON-NLS-1$

  /**
   * What was found wrong in an earlier run.
   *
   * @param salvaged whether the readable rest is in a database of its own
   */
  record Damage(String why, Path saved, boolean salvaged) {}

  Path store() {
    return folder.resolve("store"); //$NON-NLS-1$
  }

  Path database() {
    return store().resolve("db"); //$NON-NLS-1$
  }

  Path newDatabase() {
    return store().resolve("db.new"); //$NON-NLS-1$
  }

  Path salvagedDatabase() {
    return store().resolve("salvaged"); //$NON-NLS-1$
  }

  Path segments() {
    return store().resolve("segments"); //$NON-NLS-1$
  }

  Path lock() {
    return folder.resolve("store.lock"); //$NON-NLS-1$
  }

  Path accounts() {
    return folder.resolve("accounts.backup"); //$NON-NLS-1$
  }

  private Path mark() {
    return folder.resolve("store.id"); //$NON-NLS-1$
  }

  private Path note() {
    return store().resolve("damaged.txt"); //$NON-NLS-1$
  }

  /** Whether there was a whole store here once. */
  boolean marked() {
    return Files.exists(mark());
  }

  void mark(Disk disk) throws IOException {
    if (!marked()) {
      write(mark(), "There is or was a mail store of Heliogram in the folder \"store\".\n", disk); //$NON-NLS-1$
    }
  }

  /** Mail is nobody else's business; Windows keeps others out of a user's folder by itself. */
  void closeToOthers() throws IOException {
    if (store().getFileSystem().supportedFileAttributeViews().contains("posix")) { //$NON-NLS-1$
      Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rwx------")); //$NON-NLS-1$
    }
  }

  private static void write(Path file, String text, Disk disk) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Disk.Output out = disk.open(file)) {
      out.truncate(0);
      out.write(0, bytes, 0, bytes.length);
      out.force();
    }
    disk.forceFolder(file.getParent());
  }

  boolean hasDatabase() throws IOException {
    return !empty(database());
  }

  boolean hasSegments() throws IOException {
    return !empty(segments());
  }

  private static boolean empty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  Optional<Damage> damage() throws IOException {
    try {
      Properties note = new Properties();
      note.load(new StringReader(Files.readString(note())));
      return Optional.of(new Damage(note.getProperty("why", ""), store().resolve(note.getProperty("saved", "")), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
          Boolean.parseBoolean(note.getProperty("salvaged")))); //$NON-NLS-1$
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void note(Damage damage, Disk disk) throws IOException {
    write(note(), "# Heliogram found the store damaged and only reads it. To begin anew, move the folder \"store\" away.\n" //$NON-NLS-1$
        + "why=" + damage.why().replace("\\", "/").replace("\n", " ") //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
        + "\nsaved=" + damage.saved().getFileName() + "\nsalvaged=" + damage.salvaged() + "\n", disk); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** A folder that does not exist yet, for damaged files. */
  Path savedFolder() {
    Path wanted = store().resolve("damaged-" + LocalDateTime.now().format(STAMP)); //$NON-NLS-1$
    for (int i = 2; Files.exists(wanted); i++) {
      wanted = store().resolve("damaged-" + LocalDateTime.now().format(STAMP) + "-" + i); //$NON-NLS-1$ //$NON-NLS-2$
    }
    return wanted;
  }

  void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(tree)) {
        files = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
