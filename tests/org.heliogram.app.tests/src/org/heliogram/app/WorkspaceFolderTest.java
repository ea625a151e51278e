/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkspaceFolderTest {
  private final Properties properties = new Properties();

  @BeforeEach
  void beOnLinux() {
    properties.setProperty("os.name", "Linux");
    properties.setProperty("user.home", "/home/ada");
  }

  @Test
  void heliogramHomeWins() {
    properties.setProperty("heliogram.home", "/srv/mail");

    assertEquals(Path.of("/srv/mail/workspace"), WorkspaceFolder.of(properties, Map.of("XDG_DATA_HOME", "/data")));
  }

  @Test
  void linuxFollowsXdg() {
    assertEquals(Path.of("/data/heliogram/workspace"),
        WorkspaceFolder.of(properties, Map.of("XDG_DATA_HOME", "/data")));
  }

  @Test
  void relativeXdgFolderIsIgnored() {
    assertEquals(Path.of("/home/ada/.local/share/heliogram/workspace"),
        WorkspaceFolder.of(properties, Map.of("XDG_DATA_HOME", "data")));
  }

  @Test
  void macHasItsLibrary() {
    properties.setProperty("os.name", "Mac OS X");

    assertEquals(Path.of("/home/ada/Library/Application Support/Heliogram/workspace"),
        WorkspaceFolder.of(properties, Map.of()));
  }

  @Test
  void windowsHasItsLocalData() {
    properties.setProperty("os.name", "Windows 11");

    assertEquals(Path.of("/local/Heliogram/workspace"), WorkspaceFolder.of(properties, Map.of("LOCALAPPDATA", "/local")));
  }
}
