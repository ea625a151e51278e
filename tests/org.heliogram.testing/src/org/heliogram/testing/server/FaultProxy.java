/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A TCP proxy on a loopback port that breaks connections on purpose. Faults count octets of one direction from the moment they are set
 * (or, for a new connection, from its first); {@link #on} sets one when a text passes. It keeps what clients sent.
 */
public final class FaultProxy implements AutoCloseable {
  /** Which way octets go. */
  public enum Way { TO_SERVER, TO_CLIENT }

  /** What a fault does when its octet comes. */
  public enum Kind {
    /** Closes both sides. */ CUT,
    /** Closes both sides with a reset. */ RESET,
    /** Passes nothing more, but stays connected. */ HANG,
    /** Flips a bit. */ GARBLE,
    /** Loses octets. */ DROP,
    /** Sends octets twice. */ DOUBLE,
    /** Every octet in a packet of its own. */ TRICKLE,
    /** Every octet arrives this many milliseconds later; the rate stays. */ DELAY,
    /** Closes new connections at once. */ REFUSE
  }

  /** @param at octet, or milliseconds; @param count octets; @param when text that sets {@code then} */
  public record Fault(Kind kind, Way way, long at, int count, Pattern when, Fault then) {
    private boolean counts() {
      return when == null && switch (kind) {
        case CUT, RESET, HANG, GARBLE, DROP, DOUBLE -> true;
        case TRICKLE, DELAY, REFUSE -> false;
      };
    }
  }

  private static final int RECORD_LIMIT = 4_000_000;
  private static final int CHUNK = 16_384;
  private final ServerSocket listener;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream(); // guarded by itself
  private final AtomicLong toClient = new AtomicLong();
  private final AtomicLong fired = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private volatile List<Fault> faults = List.of();

  public FaultProxy(int target) {
    try {
      this.target = target;
      this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("FaultProxy", this::accept); //$NON-NLS-1$
  }

  public static Fault fault(Kind kind, Way way, long at) {
    return new Fault(kind, way, at, 1, null, null);
  }

  /** For {@link Kind#DROP} and {@link Kind#DOUBLE}. */
  public static Fault fault(Kind kind, Way way, long at, int count) {
    return new Fault(kind, way, at, count, null, null);
  }

  /** Sets a fault when the text passes that way on a plain connection. */
  public static Fault on(Way way, String regex, Fault then) {
    return new Fault(then.kind, way, 0, 0, Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), then);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From now on, for connections there are and to come. */
  public void set(Fault... some) {
    faults = List.of(some);
    links.forEach(link -> link.arm(faults));
  }

  /** Ends all connections now. */
  public void cutAll() {
    links.forEach(link -> link.close(false));
  }

  /** All that clients sent, one character an octet. */
  public String sent() {
    synchronized (sent) {
      return sent.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** Octets sent to clients. */
  public long octetsToClient() {
    return toClient.get();
  }

  /** How many faults happened. */
  public long fired() {
    return fired.get();
  }

  public long connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        if (faults.stream().anyMatch(fault -> fault.kind == Kind.REFUSE)) {
          fired.incrementAndGet();
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close(); // The server is down: so is the proxy's end.
      return;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server);
    links.add(link);
    link.arm(faults);
    link.start();
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private record Packet(long due, byte[] octets) {}

  /** One client's connection. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final List<Fault> armed = new CopyOnWriteArrayList<>();
    private final long[] seen = new long[2];
    private final boolean[] hanging = new boolean[2];

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      pump(client, server, Way.TO_SERVER);
      pump(server, client, Way.TO_CLIENT);
    }

    void arm(List<Fault> some) {
      armed.clear();
      some.forEach(this::arm);
    }

    private void arm(Fault fault) {
      long base = fault.counts() ? seen[fault.way.ordinal()] : 0;
      armed.add(new Fault(fault.kind, fault.way, base + fault.at, fault.count, fault.when, fault.then));
    }

    private void pump(Socket from, Socket to, Way way) {
      BlockingQueue<Packet> queue = new ArrayBlockingQueue<>(4_096);
      daemon("FaultProxy in", () -> { //$NON-NLS-1$
        try {
          InputStream in = from.getInputStream();
          byte[] buffer = new byte[CHUNK];
          for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (!pass(Arrays.copyOf(buffer, count), way, queue)) {
              return;
            }
          }
          queue.put(new Packet(0, new byte[0]));
        } catch (IOException e) {
          close(false);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      daemon("FaultProxy out", () -> write(queue, to)); //$NON-NLS-1$
    }

    /** @return whether the connection lives on */
    private boolean pass(byte[] octets, Way way, BlockingQueue<Packet> queue) throws IOException, InterruptedException {
      record(octets, way);
      trigger(new String(octets, StandardCharsets.ISO_8859_1), way);
      long start = seen[way.ordinal()];
      seen[way.ordinal()] += octets.length;
      byte[] left = octets;
      long delay = 0;
      for (Fault fault : armed) {
        if (fault.way != way || fault.when != null) {
          continue;
        }
        long at = fault.at - start;
        switch (fault.kind) {
          case DELAY -> delay = TimeUnit.MILLISECONDS.toNanos(fault.at);
          case GARBLE, DROP, DOUBLE -> left = at >= 0 && at < left.length ? change(fault, left, (int) at) : left;
          case CUT, RESET, HANG -> {
            if (at <= octets.length) {
              byte[] before = Arrays.copyOf(left, (int) Math.clamp(at, 0, left.length));
              if (before.length > 0) { // an empty packet would be the end
                queue.put(new Packet(0, before));
              }
              fired.incrementAndGet();
              end(fault.kind, way, queue);
              return fault.kind == Kind.HANG;
            }
          }
          case TRICKLE, REFUSE -> { } // in write, in accept
        }
      }
      if (!hanging[way.ordinal()]) {
        queue.put(new Packet(delay == 0 ? 0 : System.nanoTime() + delay, left));
      }
      return true;
    }

    private void record(byte[] octets, Way way) throws IOException {
      if (way == Way.TO_CLIENT) {
        toClient.addAndGet(octets.length);
        return;
      }
      synchronized (sent) {
        if (sent.size() < RECORD_LIMIT) {
          sent.write(octets);
        }
      }
    }

    private void trigger(String text, Way way) {
      for (Fault fault : armed) {
        if (fault.way == way && fault.when != null && fault.when.matcher(text).find()) {
          armed.remove(fault);
          arm(fault.then);
        }
      }
    }

    private byte[] change(Fault fault, byte[] octets, int at) {
      armed.remove(fault);
      fired.incrementAndGet();
      int end = Math.min(octets.length, at + fault.count);
      if (fault.kind == Kind.GARBLE) {
        octets[at] ^= 4;
        return octets;
      }
      int from = fault.kind == Kind.DROP ? end : at;
      byte[] changed = Arrays.copyOf(octets, end - (fault.kind == Kind.DROP ? end - at : 0) + octets.length - from);
      System.arraycopy(octets, from, changed, fault.kind == Kind.DROP ? at : end, octets.length - from);
      return changed;
    }

    private void end(Kind kind, Way way, BlockingQueue<Packet> queue) throws InterruptedException {
      if (kind == Kind.HANG) {
        hanging[way.ordinal()] = true;
        return;
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!queue.isEmpty() && System.nanoTime() < end) {
        Thread.onSpinWait(); // what came before the cut is still to arrive
      }
      close(kind == Kind.RESET);
    }

    private void write(BlockingQueue<Packet> queue, Socket to) {
      try {
        OutputStream out = to.getOutputStream();
        for (Packet packet = queue.take(); packet.octets.length > 0 || packet.due > 0; packet = queue.take()) {
          long wait = packet.due - System.nanoTime();
          if (packet.due > 0 && wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
          }
          if (armed.stream().anyMatch(fault -> fault.kind == Kind.TRICKLE)) {
            for (byte octet : packet.octets) {
              out.write(octet);
            }
          } else {
            out.write(packet.octets);
          }
        }
        to.shutdownOutput();
      } catch (IOException e) {
        close(false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void close(boolean reset) {
      links.remove(this);
      for (Socket socket : List.of(client, server)) {
        try {
          if (reset) {
            socket.setSoLinger(true, 0);
          }
          socket.close();
        } catch (IOException e) {
          continue; // closed is closed
        }
      }
    }
  }
}
