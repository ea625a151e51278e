/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.util.Arrays;

/** Lines of figures: ours, the peer's, the ratio, and what the ratio is to be. */
final class Table {
  private final int runs;

  interface Measured {
    /** @return seconds */
    double run() throws Exception;
  }

  Table(int runs) {
    this.runs = runs;
  }

  static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void head(String title) {
    System.out.printf("%-46s %10s   %-8s %10s   %6s   %s%n", title, "ours", "peer", "", "ratio", "target");
  }

  /** In turns, the peer first every other time, so that a busy machine is as busy for both; medians. @param target 0 for none */
  void compare(String name, String peerName, Measured ours, Measured peer, double target) throws Exception {
    double[] us = new double[runs];
    double[] them = new double[runs];
    for (int i = 0; i < runs; i++) {
      if (i % 2 == 1) {
        them[i] = peer.run();
      }
      us[i] = ours.run();
      if (i % 2 == 0) {
        them[i] = peer.run();
      }
    }
    line(name, median(us), peerName, median(them), target);
  }

  /** @param peer 0 where it was not measured */
  static void line(String name, double ours, String peerName, double peer, double target) {
    String ratio = peer > 0 ? String.format("%.2f", ours / peer) : "-";
    String wanted = target == 0 ? "" : String.format("%.2f%s", target, peer == 0 ? "" : ours / peer <= target ? "  met" : "  MISSED");
    System.out.printf("%-46s %8.3f s   %-8s %8.3f s   %6s   %s%n", name, ours, peerName, peer, ratio, wanted);
  }

  /** What is to be at most so much more than the server's own answer. */
  static void difference(String name, double ours, String whose, double limit, double most) {
    System.out.printf("%-46s %8.3f s   %-8s %8.3f s   %+.0fms   %+.0fms%s%n", name, ours, whose, limit, (ours - limit) * 1000, most * 1000,
        ours - limit <= most ? "  met" : "  MISSED");
  }

  static void note(String name, String figure, String target) {
    System.out.printf("%-46s %10s   %-31s%s%n", name, figure, "", target);
  }
}
