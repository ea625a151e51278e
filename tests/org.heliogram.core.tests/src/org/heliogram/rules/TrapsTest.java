/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code traps.txt} names are there. Tests called {@code trapNN...} need no line in it. */
class TrapsTest {
  private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");
  private static final Pattern LINE = Pattern.compile("(\\d+): [^|]+ \\| (.+)");

  @Test
  void whatTheTableOfTrapsNamesExists() throws IOException {
    Path tests = ProjectFiles.root().resolve("tests");
    Set<String> methods = methods(tests);
    var wrong = new ArrayList<String>();
    int named = 0;
    for (String line : Files.readAllLines(tests.resolve("org.heliogram.core.tests/src/org/heliogram/rules/traps.txt"))) {
      Matcher matcher = LINE.matcher(line);
      if (!line.startsWith("#") && !matcher.matches()) {
        wrong.add(line);
      } else if (!line.startsWith("#") && !matcher.group(2).startsWith("- ")) {
        List<String> tried = List.of(matcher.group(2).split(" "));
        tried.stream().filter(test -> !methods.contains(test)).forEach(test -> wrong.add(matcher.group(1) + ": no test " + test));
        named += tried.size();
      }
    }

    assertEquals(List.of(), wrong);
    assertTrue(named > 10);
  }

  private static Set<String> methods(Path tests) throws IOException {
    var methods = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java") && !f.toString().contains("/target/")).toList()) {
        for (Matcher matcher = METHOD.matcher(Files.readString(file)); matcher.find();) {
          methods.add(matcher.group(1));
        }
      }
    }
    return methods;
  }
}
