/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.heliogram.it.accounts.ChildProcess;

/** A client's process as the test sees it: started, asked, killed. One thread at a time. */
final class Child implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final String END = "(ended)";
  // Small, and soon at work.
  private static final List<String> OPTIONS = List.of("-Xmx160m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
  private final String name;
  private final Path work;
  private final List<String> arguments;
  private final Consumer<String> unasked;
  private Process process;
  private BlockingQueue<String> said;
  private int starts;

  /** @param unasked takes what the client tells by itself, without the "!" */
  Child(String name, Path work, List<String> arguments, Consumer<String> unasked) {
    this.name = name;
    this.work = work;
    this.arguments = arguments;
    this.unasked = unasked;
  }

  String name() {
    return name;
  }

  int starts() {
    return starts;
  }

  void start() {
    starts++;
    try {
      Files.createDirectories(work);
      var all = new ArrayList<>(List.of(work.resolve("home").toString()));
      all.addAll(arguments);
      process = ChildProcess.start(work, OPTIONS, ChaosChild.class, all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var lines = new LinkedBlockingQueue<String>();
    said = lines;
    Process mine = process;
    Thread reader = new Thread(() -> read(mine, lines), name + " says");
    reader.setDaemon(true);
    reader.start();
    String first = next(START).orElseThrow(() -> new AssertionError(name + " did not start: " + errors()));
    if (!first.equals("ready")) {
      throw new AssertionError(name + " said " + first + ": " + errors());
    }
  }

  private void read(Process from, BlockingQueue<String> to) {
    try (var in = new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("! ")) {
          unasked.accept(line.substring(2));
        } else {
          to.add(line);
        }
      }
    } catch (IOException e) {
      to.add(END); // Killed while it spoke.
      return;
    }
    to.add(END);
  }

  /** @return empty if the process ended */
  private Optional<String> next(Duration limit) {
    try {
      String line = said.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError(name + " does not answer within " + limit + "\n" + stacks());
      }
      return line.equals(END) ? Optional.empty() : Optional.of(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String stacks() {
    try {
      var jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
      var tool = new ProcessBuilder(jstack, Long.toString(process.pid())).redirectErrorStream(true).start();
      return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Tells it to do something. It may be dead already. */
  void tell(String command) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((command + '\n').getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      return; // The dead do not listen; that they are dead shows in the answer.
    }
  }

  /** @return the answer; empty if the process ended before */
  Optional<String> answer(Duration limit) {
    return next(limit);
  }

  Optional<String> ask(String command, Duration limit) {
    tell(command);
    return answer(limit);
  }

  /** Asks a living client. */
  String demand(String command, Duration limit) {
    return ask(command, limit).orElseThrow(() -> new AssertionError(name + " died at \"" + command + "\": " + errors()));
  }

  /** The lines before the last one, which is the answer. */
  List<String> demandLines(String command, Duration limit) {
    tell(command);
    var lines = new ArrayList<String>();
    while (true) {
      String line = next(limit).orElseThrow(() -> new AssertionError(name + " died at \"" + command + "\": " + errors()));
      if (!line.startsWith("- ")) {
        return lines;
      }
      lines.add(line.substring(2));
    }
  }

  /** SIGKILL; returns when it is dead. What it said before can still be asked for with {@link #answer}. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Lets it sleep and wakes it. @param name STOP or CONT */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", '-' + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  String errors() {
    try {
      String all = Files.readString(work.resolve("child.err"));
      return all.substring(Math.max(0, all.length() - 6_000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
