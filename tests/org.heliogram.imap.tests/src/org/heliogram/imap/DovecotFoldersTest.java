/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Right;
import org.heliogram.core.model.Security;
import org.heliogram.testing.server.DovecotServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Folders on a real server, with rights (RFC 4314) and roles for new ones (RFC 6154). */
@Tag("server")
class DovecotFoldersTest {
  private static DovecotServer server;
  private static int users;
  private String user;
  private Backend backend;

  @BeforeAll
  static void startServer() throws Exception {
    Path extra = Files.createTempFile("dovecot-acl", ".conf");
    Files.writeString(extra, """
        mail_plugins = $mail_plugins acl
        protocol imap {
          mail_plugins = $mail_plugins acl imap_acl
        }
        plugin {
          acl = vfile
        }
        namespace inbox {
          mailbox Bin {
            special_use =
          }
        }
        """);
    Files.setPosixFilePermissions(extra, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    server = DovecotServer.start("EXTRA=" + extra);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void signIn() throws MailException {
    user = "f" + ++users;
    server.addUser(user, "secret");
    signIn(user);
  }

  private void signIn(String who) throws MailException {
    backend = new ImapBackendFactory().open(Basket.account(server.imap(Security.TLS, who), AccountOptions.DEFAULT), new Credentials("secret"), monitor());
  }

  @AfterEach
  void signOut() {
    backend.close();
  }

  private static NullProgressMonitor monitor() {
    return new NullProgressMonitor();
  }

  private Optional<RemoteFolder> folder(String path) throws MailException {
    return backend.folders(monitor()).stream().filter(f -> f.path().text().equals(path)).findFirst();
  }

  private RemoteFolder create(String... path) throws MailException {
    FolderPath wanted = FolderPath.of(path);
    Optional<RemoteFolder> parent = wanted.parent().isPresent() ? folder(wanted.parent().get().text()) : Optional.empty();
    return backend.perform(new FolderCommand.Create(parent, wanted, FolderRole.NONE), monitor()).orElseThrow();
  }

  private static byte[] message(String subject) {
    return ("From: A <a@example.org>\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject + "@example.org>\r\n\r\nhello\r\n").getBytes();
  }

  @Test
  void aNewFolderIsListedAndSubscribed() throws Exception {
    RemoteFolder made = create("Gr\u00fc\u00dfe & mehr");
    RemoteFolder inner = create("Gr\u00fc\u00dfe & mehr", "\u65e5\u672c\u8a9e");

    assertEquals(Optional.of(made), folder("Gr\u00fc\u00dfe & mehr").map(f -> f.withRights(made.rights())));
    assertTrue(made.subscribed() && made.selectable());
    assertEquals(made.name() + "/&ZeVnLIqe-", inner.name());
    assertEquals(made.name(), create("Gr\u00fc\u00dfe & mehr").name()); // as after a lost answer
  }

  @Test
  void aRenamedFolderTakesItsFoldersAndSubscriptionsAlong() throws Exception {
    RemoteFolder old = create("Old");
    create("Old", "inner");
    create("Place");
    server.deliver(user, "Old/inner", message("hello"));

    RemoteFolder now = backend
        .perform(new FolderCommand.Rename(old, folder("Place"), FolderPath.of("Place", "New")), monitor()).orElseThrow();

    assertEquals("Place/New", now.name());
    assertTrue(now.subscribed());
    RemoteFolder inner = folder("Place/New/inner").orElseThrow();
    assertTrue(inner.subscribed());
    assertEquals(1, backend.news(inner, Known.NOTHING, monitor()).states().size());
    assertEquals(Optional.empty(), folder("Old"));
    assertFalse(server.doveadm("mailbox", "list", "-s", "-u", user).contains("Old"));
    // The same once more, as after a lost answer.
    assertEquals("Place/New", backend.perform(new FolderCommand.Rename(old, folder("Place"), FolderPath.of("Place", "New")), monitor()).orElseThrow().name());
  }

  @Test
  void renamingToATakenNameIsRefused() throws Exception {
    RemoteFolder one = create("One");
    create("Two");

    assertThrows(MailException.Refused.class,
        () -> backend.perform(new FolderCommand.Rename(one, Optional.empty(), FolderPath.of("Two")), monitor()));
    assertTrue(folder("One").isPresent());
  }

  @Test
  void aDeletedFolderIsGoneAndOneWithFoldersInItStaysToBeSeen() throws Exception {
    RemoteFolder outer = create("Outer");
    RemoteFolder inner = create("Outer", "inner");
    server.deliver(user, "Outer", message("hello"));
    backend.news(outer, Known.NOTHING, monitor()); // so that it is open

    Optional<RemoteFolder> left = backend.perform(new FolderCommand.Delete(outer), monitor());

    assertFalse(left.orElseThrow().selectable());
    assertTrue(folder("Outer/inner").isPresent());
    assertEquals(Optional.empty(), backend.perform(new FolderCommand.Delete(inner), monitor()));
    assertEquals(Optional.empty(), backend.perform(new FolderCommand.Delete(inner), monitor()));
    assertEquals(Optional.empty(), folder("Outer/inner"));
  }

  @Test
  void trap36SubscriptionsAreChangedAndListed() throws Exception {
    RemoteFolder made = create("News");

    RemoteFolder now = backend.perform(new FolderCommand.Subscribe(made, false), monitor()).orElseThrow();

    assertFalse(now.subscribed());
    assertFalse(folder("News").orElseThrow().subscribed());
    backend.perform(new FolderCommand.Subscribe(made, true), monitor());
    assertTrue(folder("News").orElseThrow().subscribed());
  }

  @Test
  void aFolderIsMadeWithItsRole() throws Exception {
    var command = new FolderCommand.Create(Optional.empty(), FolderPath.of("Ablage"), FolderRole.ARCHIVE);

    RemoteFolder made = backend.perform(command, monitor()).orElseThrow();

    assertEquals("Ablage", made.name());
    assertTrue(made.selectable()); // Dovecot keeps the role where the administrator lets it; the command works either way
  }

  @Test
  void rightsAreTold() throws Exception {
    assertTrue(backend.features().contains(Feature.RIGHTS));
    RemoteFolder shared = create("Shared");
    server.doveadm("acl", "set", "-u", user, "Shared", "owner", "lookup", "read", "write-seen");
    backend.close(); // a session keeps what it knows for a while
    signIn(user);

    var rights = backend.rights(List.of(folder("INBOX").orElseThrow(), shared), monitor());

    assertTrue(rights.get("INBOX").containsAll(List.of(Right.READ, Right.INSERT, Right.EXPUNGE, Right.DELETE_MESSAGES)), rights.toString());
    assertTrue(rights.get("Shared").contains(Right.READ) && !rights.get("Shared").contains(Right.INSERT), rights.toString());
    assertThrows(MailException.Refused.class, () -> backend.perform(new FolderCommand.Delete(shared), monitor()));
  }

  @Test
  void trap35UidsAndUidValidityStayWhenAnotherClientRenames() throws Exception {
    RemoteFolder old = create("Old");
    server.deliver(user, "Old", message("hello"));
    News before = backend.news(old, Known.NOTHING, monitor());

    server.doveadm("mailbox", "rename", "-u", user, "Old", "New");

    News after = backend.news(folder("New").orElseThrow(), Known.NOTHING, monitor());
    assertEquals(before.states().stream().map(s -> s.id()).toList(), after.states().stream().map(s -> s.id()).toList());
    assertEquals(Arrays.asList(before.cursor().value().split("/")).get(0), Arrays.asList(after.cursor().value().split("/")).get(0));
  }
}
