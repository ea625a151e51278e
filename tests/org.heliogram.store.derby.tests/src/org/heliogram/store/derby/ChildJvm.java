/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.store.MailStore;

/** Another Java process that runs a class of these tests, wherever their classes lie: folders, jars, or jars an OSGi framework unpacked. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Runs it to its end. @return what it printed */
  static String run(Class<?> main, List<String> options, String... arguments) throws IOException, InterruptedException {
    Process process = start(main, options, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static String classPath() {
    Set<String> path = new LinkedHashSet<>();
    for (Class<?> sample : List.of(ChildJvm.class, DerbyMailStore.class, MailStore.class, IProgressMonitor.class)) {
      path.add(location(sample).toString());
      Path classes = location(sample).resolve("target/classes"); // a bundle the build runs from its project folder
      if (Files.isDirectory(classes)) {
        path.add(classes.toString());
      }
    }
    path.add(location(load("org.eclipse.osgi.service.debug.DebugOptionsListener", IProgressMonitor.class)).toString()); // SubMonitor needs it
    for (String name : List.of("org.apache.derby.iapi.db.Database", "org.apache.derby.shared.common.error.StandardException",
        "org.apache.derby.jdbc.EmbeddedDataSource")) {
      path.add(location(load(name, DerbyMailStore.class)).toString());
    }
    return String.join(File.pathSeparator, path);
  }

  private static Class<?> load(String name, Class<?> neighbour) {
    try {
      return Class.forName(name, false, neighbour.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
