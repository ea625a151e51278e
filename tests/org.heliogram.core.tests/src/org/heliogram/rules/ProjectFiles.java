/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the project's own files from wherever its tests are run. */
final class ProjectFiles {
  private ProjectFiles() {
  }

  /** The top folder of the project: the nearest one above that has the reactor's settings. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve(".mvn/extensions.xml"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /** Folders directly under the given one that hold a bundle. */
  static List<Path> bundles(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> Files.isRegularFile(child.resolve("META-INF/MANIFEST.MF"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Regular files under a folder whose name passes; nothing if there is no such folder. */
  static List<Path> under(Path folder, Predicate<String> name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> name.test(file.getFileName().toString())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
