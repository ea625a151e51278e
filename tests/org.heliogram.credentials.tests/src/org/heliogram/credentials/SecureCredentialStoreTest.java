/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.Purpose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real Equinox secure storage, which needs a running framework. */
@Tag("osgi")
class SecureCredentialStoreTest {
  private static final Credentials SECRET = new Credentials("pa\u00df w\u00f6rd=\u20ac:#/\\\u00e9");
  private static final Credentials OTHER = new Credentials("something-else-4711");
  private final AccountId account = AccountId.create();
  @TempDir
  Path place;

  private Path home() {
    return place.resolve("Mein Ordner \u00fc");
  }

  @Test
  void whatWasStoredIsFoundByAnotherStore() throws CredentialException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, SECRET);
    new SecureCredentialStore(home()).put(account, Purpose.SUBMISSION, OTHER);

    var reopened = new SecureCredentialStore(home());

    assertEquals(Optional.of(SECRET), reopened.find(account, Purpose.INCOMING));
    assertEquals(Optional.of(OTHER), reopened.find(account, Purpose.SUBMISSION));
    assertEquals(Optional.empty(), reopened.find(AccountId.create(), Purpose.INCOMING));
  }

  @Test
  void readingAloneCreatesNothing() throws CredentialException {
    assertEquals(Optional.empty(), new SecureCredentialStore(home()).find(account, Purpose.INCOMING));

    assertFalse(Files.exists(home()));
  }

  @Test
  void aChangeIsSeenByAStoreThatHasReadBefore() throws CredentialException {
    var first = new SecureCredentialStore(home());
    first.put(account, Purpose.INCOMING, SECRET);
    first.find(account, Purpose.INCOMING);

    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, OTHER);

    assertEquals(Optional.of(OTHER), first.find(account, Purpose.INCOMING));
  }

  @Test
  void removingTakesEverySecretOfThatAccountOnly() throws CredentialException {
    var store = new SecureCredentialStore(home());
    AccountId neighbour = AccountId.create();
    store.put(account, Purpose.INCOMING, SECRET);
    store.put(account, Purpose.SUBMISSION, SECRET);
    store.put(neighbour, Purpose.INCOMING, OTHER);

    store.remove(account);
    store.remove(account);

    assertEquals(Optional.empty(), store.find(account, Purpose.INCOMING));
    assertEquals(Optional.empty(), store.find(account, Purpose.SUBMISSION));
    assertEquals(Optional.of(OTHER), store.find(neighbour, Purpose.INCOMING));
  }

  @Test
  void noFileHoldsThePasswordInClear() throws CredentialException, IOException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, OTHER);

    var read = new ArrayList<String>();
    try (var files = Files.list(home())) {
      for (Path file : files.toList()) {
        read.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }

    assertTrue(read.size() >= 2, () -> "files: " + read.size());
    for (String content : read) {
      assertFalse(content.contains(OTHER.password()) || content.contains("4711"), "the password is in a file");
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws CredentialException, IOException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, SECRET);

    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home())));
    try (var files = Files.list(home())) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.getFileName().toString());
      }
    }
  }

  @Test
  void filesThatWereOpenedToOthersAreClosedAgain() throws CredentialException, IOException {
    var store = new SecureCredentialStore(home());
    store.put(account, Purpose.INCOMING, SECRET);
    Path key = home().resolve("credentials.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    store.find(account, Purpose.INCOMING);

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }

  @Test
  void withoutTheKeyThePasswordIsRefusedInWordsUntilEnteredAgain() throws CredentialException, IOException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, SECRET);
    Files.delete(home().resolve("credentials.key"));
    var store = new SecureCredentialStore(home());

    var refused = assertThrows(CredentialException.class, () -> store.find(account, Purpose.INCOMING));
    store.put(account, Purpose.INCOMING, OTHER);

    assertTrue(refused.getMessage().contains("enter the password again"), refused::getMessage);
    assertEquals(Optional.of(OTHER), store.find(account, Purpose.INCOMING));
  }

  @Test
  void withAnotherKeyThePasswordIsRefused() throws CredentialException, IOException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, SECRET);
    Path elsewhere = place.resolve("elsewhere");
    new SecureCredentialStore(elsewhere).put(account, Purpose.INCOMING, OTHER);
    Files.copy(elsewhere.resolve("credentials.key"), home().resolve("credentials.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    var refused = assertThrows(CredentialException.class, () -> new SecureCredentialStore(home()).find(account, Purpose.INCOMING));

    assertTrue(refused.getMessage().contains("cannot be decrypted"), refused::getMessage);
  }

  @Test
  void aDamagedKeyIsSaidSo() throws CredentialException, IOException {
    new SecureCredentialStore(home()).put(account, Purpose.INCOMING, SECRET);
    Files.writeString(home().resolve("credentials.key"), "short");

    var refused = assertThrows(CredentialException.class, () -> new SecureCredentialStore(home()).find(account, Purpose.INCOMING));

    assertTrue(refused.getMessage().contains("damaged"), refused::getMessage);
  }

  @Test
  void aStorageThatHangsIsGivenUp() {
    var never = new CountDownLatch(1);

    var refused = assertThrows(CredentialException.class, () -> SecureCredentialStore.within(Duration.ofMillis(50), () -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return null;
    }));

    assertTrue(refused.getMessage().contains("did not answer"), refused::getMessage);
  }
}
