/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.backend.MailException.Unreachable.Reason;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.ScriptedServer;
import org.heliogram.testing.server.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits, time and translation of the connection all protocols use. */
@Timeout(30)
class ConnectionTest {
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(2));

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private static Connection open(ScriptedServer server) throws MailException {
    return Connection.open(server.endpoint(Security.NONE, "user"), SHORT, monitor());
  }

  private static String line(Connection connection, int limit) throws MailException {
    return connection.<String, RuntimeException>exchange(monitor(), () -> new String(connection.input().line(limit), StandardCharsets.US_ASCII));
  }

  @FunctionalInterface
  private interface Work {
    void with(Connection connection) throws Exception;
  }

  private static void played(Script script, Work work) throws Exception {
    try (var server = ScriptedServer.start(script); Connection connection = open(server)) {
      work.with(connection);
      server.verify();
    }
  }

  @Test
  void linesEndWithLfWithOrWithoutCr() throws Exception {
    played(dialogue -> dialogue.send("one\r\ntwo\nthree\rfour\r\n\r\n").silence(), connection -> {
      assertEquals("one", line(connection, 10));
      assertEquals("two", line(connection, 10));
      assertEquals("three\rfour", line(connection, 20));
      assertEquals("", line(connection, 0 + 1));
    });
  }

  @Test
  void aLineBeyondItsLimitEndsTheConnection() throws Exception {
    played(dialogue -> dialogue.send("0123456789\r\n01234567890\r\n").silence(), connection -> {
      assertEquals("0123456789", line(connection, 11));
      assertThrows(MailException.Malformed.class, () -> line(connection, 10));
      assertFalse(connection.alive());
    });
  }

  @Test
  void theEndOfTheConnectionIsNotTheEndOfALine() throws Exception {
    played(dialogue -> dialogue.send("half"), connection -> {
      assertEquals(Reason.BROKEN, assertThrows(Unreachable.class, () -> line(connection, 10)).reason());
    });
  }

  @Test
  void silenceAndDripsTakeTheirTimeAndNoMore() throws Exception {
    played(ScriptedServer.Dialogue::silence, connection -> {
      long start = System.nanoTime();
      assertEquals(Reason.TIMED_OUT, assertThrows(Unreachable.class, () -> line(connection, 10)).reason());
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(3).toNanos());
    });
    played(dialogue -> {
      for (int i = 0; i < 100; i++) {
        dialogue.send("x");
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(300).toNanos()); // it is the server that is slow
      }
    }, connection -> assertEquals(Reason.TIMED_OUT, assertThrows(Unreachable.class, () -> line(connection, 1_000)).reason()));
  }

  @Test
  void whatTheCallerTakesItsTimeForDoesNotCount() throws Exception {
    played(dialogue -> dialogue.reply("one", "two").silence(), connection -> {
      String both = connection.<String, RuntimeException>exchange(monitor(), () -> {
        String one = new String(connection.input().line(10), StandardCharsets.US_ASCII);
        long end = System.nanoTime() + SHORT.command().plusMillis(500).toNanos();
        while (System.nanoTime() < end) {
          Thread.onSpinWait(); // a slow disk
        }
        return one + new String(connection.input().line(10), StandardCharsets.US_ASCII);
      });
      assertEquals("onetwo", both);
    });
  }

  @Test
  void aCancelledMonitorIsSeenBeforeAndDuring() throws Exception {
    played(ScriptedServer.Dialogue::silence, connection -> {
      var monitor = monitor();
      var canceller = new Thread(() -> monitor.setCanceled(true));
      assertThrows(OperationCanceledException.class, () -> connection.<Integer, RuntimeException>exchange(monitor, () -> {
        canceller.start();
        return connection.input().read();
      }));
      assertFalse(connection.alive());
    });
    played(ScriptedServer.Dialogue::silence, connection -> {
      var monitor = monitor();
      monitor.setCanceled(true);
      assertThrows(OperationCanceledException.class, () -> connection.<Void, RuntimeException>exchange(monitor, () -> null));
    });
  }

  @Test
  void memoryAndStackThatRunOutAreTheServersFault() throws Exception {
    for (Error error : new Error[] {new OutOfMemoryError("a test"), new StackOverflowError()}) {
      played(ScriptedServer.Dialogue::silence, connection -> {
        var thrown = assertThrows(MailException.Malformed.class, () -> connection.<Void, RuntimeException>exchange(monitor(), () -> {
          throw error;
        }));
        assertSame(error, thrown.getCause());
        assertFalse(connection.alive());
      });
    }
  }

  @Test
  void aRefusalLeavesTheConnectionAlive() throws Exception {
    played(ScriptedServer.Dialogue::silence, connection -> {
      assertThrows(MailException.Refused.class, () -> connection.<Void, RuntimeException>exchange(monitor(), () -> {
        throw new MailException.Refused("no", "no", null);
      }));
      assertTrue(connection.alive());
    });
  }

  @Test
  void octetsBetweenStartTlsAndTlsAreRefused() throws Exception {
    played(dialogue -> dialogue.send("OK\r\ninjected\r\n").silence(), connection -> {
      var thrown = assertThrows(Unreachable.class, () -> connection.<Void, RuntimeException>exchange(monitor(), () -> {
        connection.input().line(10);
        connection.startTls();
        return null;
      }));
      assertEquals(Reason.NO_TLS, thrown.reason());
      assertFalse(connection.isSecure());
    });
  }

  @Test
  void goodByeIsSaidAndNotWaitedForLong() throws Exception {
    try (var server = ScriptedServer.start(ScriptedServer.Dialogue::silence)) {
      Connection connection = open(server);
      long start = System.nanoTime();

      connection.close("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.close("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));

      assertTrue(System.nanoTime() - start < Duration.ofSeconds(1).toNanos());
      assertFalse(connection.alive());
      assertThrows(Unreachable.class, () -> line(connection, 10));
    }
  }

  @Test
  void anExchangeMayHoldAnother() throws Exception {
    played(dialogue -> dialogue.reply("one").silence(), connection -> {
      assertEquals("one", connection.<String, RuntimeException>exchange(monitor(), () -> line(connection, 10)));
      assertNull(connection.<Void, IOException>exchange(null, () -> null));
    });
  }
}
