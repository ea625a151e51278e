/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The note a running program leaves in its workspace, so that a second one can say who is there. */
final class Holder {
  private static final Path NOTE = Path.of(".metadata", ".heliogram-holder"); //$NON-NLS-1$ //$NON-NLS-2$

  private Holder() {
  }

  /** Notes this process as the holder; call it only while holding the lock. */
  static void write(Path workspace) throws IOException {
    Path note = workspace.resolve(NOTE);
    Files.createDirectories(note.getParent());
    Files.writeString(note, Long.toString(ProcessHandle.current().pid()));
  }

  /** The process id in the note, if there is a note and it is one. */
  static Optional<String> read(Path workspace) {
    try {
      return Optional.of(Files.readString(workspace.resolve(NOTE)).strip()).filter(id -> id.matches("[0-9]{1,19}")); //$NON-NLS-1$
    } catch (IOException e) {
      return Optional.empty(); // the lock itself is what counts
    }
  }
}
