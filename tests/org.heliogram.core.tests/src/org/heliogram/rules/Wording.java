/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the words on screen of one bundle: English and German alike, nothing missing, nothing left over. */
final class Wording {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9]}");

  /** NLS fills public fields only and leaves all others null without a word. */
  private static final Pattern FIELD = Pattern.compile("public static String ([A-Za-z0-9_]+);");

  private final Path bundle;
  private final List<String> found = new ArrayList<>();

  private Wording(Path bundle) {
    this.bundle = bundle;
  }

  /** What is wrong with the words of a bundle, a sentence each; empty if all is well. */
  static List<String> violations(Path bundle) {
    Wording wording = new Wording(bundle);
    ProjectFiles.under(bundle.resolve("src"), name -> name.equals("messages.properties")).forEach(wording::checkMessages);
    wording.checkManifestWords(bundle.resolve("OSGI-INF/l10n/bundle.properties"));
    return wording.found;
  }

  private void checkMessages(Path english) {
    Properties words = compareWithGerman(english);
    Path accessor = english.resolveSibling("Messages.java");
    Set<String> fields = Files.exists(accessor) ? fields(text(accessor)) : new TreeSet<>();
    Set<String> keys = new TreeSet<>(words.stringPropertyNames());
    differences(keys, fields).forEach(key -> found.add(where(english) + ": no public field in Messages.java for " + key));
    differences(fields, keys).forEach(key -> found.add(where(english) + ": no words for the field " + key));
    String code = ProjectFiles.under(bundle.resolve("src"), name -> name.endsWith(".java")).stream()
        .filter(file -> !file.equals(accessor)).map(Wording::text).collect(Collectors.joining("\n"));
    Set<String> used = Pattern.compile("[A-Za-z0-9_]+").matcher(code).results().map(match -> match.group())
        .collect(Collectors.toSet());
    keys.stream().filter(key -> !used.contains(key)).forEach(key -> found.add(where(english) + ": nobody uses " + key));
  }

  private void checkManifestWords(Path english) {
    if (!Files.exists(english)) {
      return;
    }
    Properties words = compareWithGerman(english);
    Path plugin = bundle.resolve("plugin.xml");
    String users = text(bundle.resolve("META-INF/MANIFEST.MF")) + (Files.exists(plugin) ? text(plugin) : "");
    Set<String> used = Pattern.compile("(?<=[\">]|: )%([A-Za-z0-9_.-]+)").matcher(users).results()
        .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    Set<String> keys = new TreeSet<>(words.stringPropertyNames());
    differences(used, keys).forEach(key -> found.add(where(english) + ": no words for %" + key));
    differences(keys, used).forEach(key -> found.add(where(english) + ": nobody uses " + key));
  }

  /** The English words; notes what the German ones lack, have too much or say with other placeholders. */
  private Properties compareWithGerman(Path english) {
    Path german = english.resolveSibling(english.getFileName().toString().replace(".properties", "_de.properties"));
    Properties here = properties(english);
    if (!Files.exists(german)) {
      found.add(where(english) + ": no German words");
      return here;
    }
    Properties there = properties(german);
    differences(here.stringPropertyNames(), there.stringPropertyNames())
        .forEach(key -> found.add(where(german) + ": no words for " + key));
    differences(there.stringPropertyNames(), here.stringPropertyNames())
        .forEach(key -> found.add(where(english) + ": no words for " + key));
    for (String key : differences(here.stringPropertyNames(), Set.of())) {
      if (there.containsKey(key) && !placeholders(here.getProperty(key)).equals(placeholders(there.getProperty(key)))) {
        found.add(where(german) + ": other placeholders in " + key);
      }
    }
    return here;
  }

  /** Reads a file as Equinox does (ISO 8859-1), and notes letters that would come out wrong. */
  private Properties properties(Path file) {
    String text = text(file);
    if (!text.chars().allMatch(letter -> letter < 128)) {
      found.add(where(file) + ": letters beyond ASCII must be written as \\u escapes");
    }
    Properties words = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      words.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    words.forEach((key, value) -> {
      boolean oddQuotes = value.toString().replace("''", "").contains("'");
      if (oddQuotes && PLACEHOLDER.matcher(value.toString()).find()) {
        found.add(where(file) + ": a single ' hides the placeholders after it in " + key);
      }
    });
    return words;
  }

  private static Set<String> placeholders(String words) {
    return PLACEHOLDER.matcher(words).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fields(String code) {
    return FIELD.matcher(code).results().map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> differences(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private String where(Path file) {
    return bundle.getParent().relativize(file).toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
