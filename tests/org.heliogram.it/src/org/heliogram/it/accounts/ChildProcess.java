/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Starts a Java process with the bundles of this one on a flat class path. */
public final class ChildProcess {
  private ChildProcess() {}

  static Process start(Path work, Class<?> main, String... arguments) throws IOException {
    return start(work, List.of("-Xmx400m"), main, arguments);
  }

  /** @param work where what the process says to its error output goes, into "child.err"; @param options of Java */
  public static Process start(Path work, List<String> options, Class<?> main, String... arguments) throws IOException {
    var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    line.addAll(options);
    line.addAll(List.of("-cp", classPath(work), main.getName()));
    Collections.addAll(line, arguments);
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(work.resolve("child.err").toFile())).start();
  }

  private static String classPath(Path work) throws IOException {
    Bundle own = FrameworkUtil.getBundle(ChildProcess.class);
    if (own == null) {
      return flatClassPath();
    }
    var path = new ArrayList<String>();
    for (Bundle bundle : own.getBundleContext().getBundles()) {
      FileLocator.getBundleFileLocation(bundle).ifPresent(file -> {
        path.add(file.getAbsolutePath());
        path.add(file.toPath().resolve("target/classes").toString()); // the bundle under test is a folder, its classes lie there
      });
      for (URL jar : Collections.list(entries(bundle))) {
        path.add(copy(jar, work).toString());
      }
    }
    return String.join(System.getProperty("path.separator"), path);
  }

  /** JUnit's launcher loads the tests by a loader of its own. */
  private static String flatClassPath() {
    if (!(ChildProcess.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    return Arrays.stream(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static Enumeration<URL> entries(Bundle bundle) {
    var jars = bundle.getSymbolicName().equals("org.heliogram.store.derby") ? bundle.findEntries("lib", "*.jar", false) : null;
    return jars == null ? Collections.emptyEnumeration() : jars;
  }

  private static Path copy(URL jar, Path work) throws IOException {
    Path to = work.resolve(Path.of(jar.getPath()).getFileName().toString());
    if (!Files.exists(to)) {
      try (InputStream in = jar.openStream()) {
        Files.copy(in, to);
      }
    }
    return to;
  }
}
