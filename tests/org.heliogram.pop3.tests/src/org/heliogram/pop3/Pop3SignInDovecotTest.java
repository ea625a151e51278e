/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.ServerOptions;
import org.heliogram.jakarta.RecentDialogues;
import org.heliogram.jakarta.Timeouts;
import org.heliogram.testing.server.DovecotServer;
import org.heliogram.testing.server.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to sign in, on a real Dovecot that knows them all, seen through a proxy that keeps what was sent. */
@Tag("server")
@Timeout(120)
class Pop3SignInDovecotTest {
  @TempDir
  static Path folder;
  private static DovecotServer dovecot;

  @BeforeAll
  static void start() throws IOException {
    Path settings = Files.writeString(folder.resolve("apop.conf"), "auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 apop\n");
    for (Path each = settings; each != null && each.startsWith(folder); each = each.getParent()) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    dovecot = DovecotServer.start("EXTRA=" + settings);
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  private static Account account(int port, String user, String pinned) {
    var options = AccountOptions.DEFAULT.withServer(new ServerOptions(Optional.ofNullable(pinned), false, true, 5));
    return Pop3BackendTest.account(new Endpoint("localhost", port, Security.NONE, user)).withOptions(options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5", "APOP"})
  void everyWaySignsInAndLeavesNoSecretInTheLog(String way) throws MailException {
    var logs = new RecentDialogues();
    var factory = new Pop3BackendFactory(Timeouts.DEFAULT, logs);
    try (var proxy = new FaultProxy(dovecot.pop3Port())) {
      Account account = account(proxy.port(), "user1", way);

      factory.open(account, new Credentials("pass1"), new NullProgressMonitor()).close();
      assertThrows(MailException.SignInRefused.class, () -> factory.open(account, new Credentials("wrong-one"), new NullProgressMonitor()));

      String wire = proxy.sent();
      String command = way.equals("APOP") ? "APOP user1" : way.equals("LOGIN") ? "USER user1" : "AUTH " + way;
      assertTrue(wire.contains(command), wire);
      assertEquals(way.equals("LOGIN"), wire.contains("pass1"), wire);
      String log = logs.dialogues(account.id()).stream().flatMap(dialogue -> dialogue.lines().stream()).map(line -> line.text())
          .collect(Collectors.joining("\n"));
      assertTrue(log.contains("***"), log);
      for (String line : wire.split("\r\n")) {
        String last = line.substring(line.lastIndexOf(' ') + 1);
        assertFalse(!last.matches("CAPA|QUIT|") && !last.equals(way) && log.contains(last), last);
      }
    }
  }

  @Test
  void withoutAPinTheStrongestIsTaken() throws MailException {
    try (var proxy = new FaultProxy(dovecot.pop3Port())) {
      new Pop3BackendFactory().open(account(proxy.port(), "user1", null), new Credentials("pass1"), new NullProgressMonitor()).close();

      assertTrue(proxy.sent().contains("AUTH SCRAM-SHA-256 ") && !proxy.sent().contains("PASS"), proxy.sent());
    }
  }

  @ParameterizedTest
  @CsvSource({"pa\u00dfw\u00f6rt, SCRAM-SHA-256", "gr\u00fcn \u20ac, SCRAM-SHA-1", "pa\u00dfw\u00f6rt, PLAIN", "with space, LOGIN", "\u00e4, APOP",
      "\u00e4, CRAM-MD5"})
  void passwordsNeedNotBeAscii(String password, String way) throws MailException {
    String user = "words" + password.length() + way.length(); // Dovecot does not see that a list of users is another if it is as long as before.
    dovecot.addUser(user, password);

    new Pop3BackendFactory().open(account(dovecot.pop3Port(), user, way), new Credentials(password), new NullProgressMonitor()).close();
  }
}
