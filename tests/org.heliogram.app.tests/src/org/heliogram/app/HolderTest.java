/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderTest {
  @TempDir
  private Path workspace;

  @Test
  void theNoteNamesThisProcess() throws IOException {
    Holder.write(workspace);

    assertEquals(Optional.of(Long.toString(ProcessHandle.current().pid())), Holder.read(workspace));
  }

  @Test
  void nobodyIsNamedWithoutNote() {
    assertEquals(Optional.empty(), Holder.read(workspace));
  }

  @Test
  void aNoteThatIsNoProcessIdNamesNobody() throws IOException {
    Files.createDirectories(workspace.resolve(".metadata"));
    Files.writeString(workspace.resolve(".metadata/.heliogram-holder"), "<b>somebody</b>");

    assertEquals(Optional.empty(), Holder.read(workspace));
  }
}
