/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Adds up the reports of all test runs (TEST-*.xml) below the folder given, and ends with status 1 if a test failed
 * or a module with tests left no report. Run by releng/test: {@code java releng/Totals.java .}
 */
public final class Totals {
  private record Count(int tests, int failures, int errors, int skipped, double seconds) {
    private static final Count NONE = new Count(0, 0, 0, 0, 0);

    Count plus(Count other) {
      return new Count(tests + other.tests, failures + other.failures, errors + other.errors,
          skipped + other.skipped, seconds + other.seconds);
    }
  }

  private final Map<String, Count> modules = new TreeMap<>();
  private final List<String> failed = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();

  public static void main(String[] arguments) throws IOException, ParserConfigurationException, SAXException {
    Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
    Totals totals = new Totals();
    for (Path report : below(root, "glob:**/target/surefire-reports/TEST-*.xml")) {
      totals.add(root.relativize(report).getName(1).toString(), report);
    }
    List<String> silent = totals.modulesWithoutReport(root);
    totals.print(silent);
    boolean good = totals.failed.isEmpty() && silent.isEmpty() && !totals.modules.isEmpty();
    System.exit(good ? 0 : 1);
  }

  private static List<Path> below(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(folder.getFileSystem().getPathMatcher(pattern)::matches).sorted().toList();
    }
  }

  private void add(String module, Path report) throws IOException, ParserConfigurationException, SAXException {
    Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
    modules.merge(module, new Count(number(suite, "tests"), number(suite, "failures"), number(suite, "errors"),
        number(suite, "skipped"), Double.parseDouble(suite.getAttribute("time").replace(",", ""))), Count::plus);
    for (Element test : children(suite, "testcase")) {
      String name = test.getAttribute("classname") + "." + test.getAttribute("name");
      for (Element skip : children(test, "skipped")) {
        String why = firstLine(skip).replaceFirst("^[\\w.]*TestAbortedException: (Assumption failed: )?", "");
        skipped.merge(why.isBlank() ? "no reason given: " + name : why, 1, Integer::sum);
      }
      for (String kind : List.of("failure", "error")) {
        children(test, kind).forEach(trouble -> failed.add(name + ": " + firstLine(trouble)));
      }
    }
  }

  /** A module that has tests but no report did not run them, and that must not look like success. */
  private List<String> modulesWithoutReport(Path root) throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path test : below(root.resolve("tests"), "glob:**/src/**Test.java")) {
      String module = root.relativize(test).getName(1).toString();
      if (!modules.containsKey(module) && !silent.contains(module)) {
        silent.add(module);
      }
    }
    return silent;
  }

  private void print(List<String> silent) {
    System.out.printf("%n%-34s %7s %9s %7s %8s %9s%n", "", "tests", "failures", "errors", "skipped", "seconds");
    modules.forEach(Totals::line);
    line("total", modules.values().stream().reduce(Count.NONE, Count::plus));
    skipped.forEach((why, times) -> System.out.printf("skipped %d: %s%n", times, why));
    failed.forEach(name -> System.out.println("FAILED " + name));
    silent.forEach(module -> System.out.println("FAILED " + module + " has tests but left no report"));
    if (modules.isEmpty()) {
      System.out.println("FAILED no test was run");
    }
  }

  private static void line(String name, Count count) {
    System.out.printf("%-34s %7d %9d %7d %8d %9.1f%n", name, count.tests(), count.failures(), count.errors(),
        count.skipped(), count.seconds());
  }

  private static int number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }

  private static String firstLine(Element trouble) {
    String message = trouble.getAttribute("message");
    String text = message.isBlank() ? trouble.getTextContent() : message;
    return text.strip().lines().findFirst().orElse("");
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
