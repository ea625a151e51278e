/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"INBOX", "a b", "a/b", "100%", "%2F", "%252F", "../etc", "\u00fcber\ud83d\ude00", "a%2Fb"})
  void aFolderNameIsReadAsItIsWritten(String name) {
    FolderPath path = FolderPath.of("Top", name, "Below");

    assertEquals(path, FolderPath.parse(path.text()));
    assertEquals(3, path.text().split("/", -1).length);
    assertEquals(name, FolderPath.of(name).name());
  }

  @Test
  void aFolderHasAName() {
    assertThrows(IllegalArgumentException.class, () -> new FolderPath(List.of()));
    assertThrows(IllegalArgumentException.class, () -> FolderPath.parse("a//b"));
    assertThrows(IllegalArgumentException.class, () -> FolderPath.of(""));
  }

  @Test
  void aPathDoesNotChangeWithTheListItWasMadeFrom() {
    var segments = new ArrayList<>(List.of("a"));
    var path = new FolderPath(segments);

    segments.add("b");

    assertEquals("a", path.text());
  }

  @Test
  void keysAreAList() {
    MessageKeys keys = MessageKeys.wrap(new long[] {7, 3, 9});

    assertEquals(List.of(new MessageKey(7), new MessageKey(3), new MessageKey(9)), keys);
    assertEquals(1, keys.indexOf(new MessageKey(3)));
    assertEquals(-1, keys.indexOf("3"));
    assertTrue(keys.contains(new MessageKey(9)));
    assertFalse(keys.contains(new MessageKey(4)));
    assertEquals(9, keys.value(2));
    assertEquals(keys, MessageKeys.copyOf(new ArrayList<>(keys)));
    assertEquals(List.of(), MessageKeys.none());
    assertThrows(UnsupportedOperationException.class, () -> keys.add(new MessageKey(1)));
  }

  @Test
  void theNumbersHandedOutAreACopy() {
    MessageKeys keys = MessageKeys.wrap(new long[] {7});

    keys.toLongArray()[0] = 8;

    assertEquals(new MessageKey(7), keys.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "mail example", "mail\n", "mail\texample"})
  void aHostHasNoSpaces(String host) {
    assertThrows(IllegalArgumentException.class, () -> new Endpoint(host, 993, Security.TLS, "ada"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aPortIsInRange(int port) {
    assertThrows(IllegalArgumentException.class, () -> new Endpoint("mail.example.org", port, Security.TLS, "ada"));
  }

  @Test
  void anExceptionForACertificateIsAHash() {
    assertThrows(IllegalArgumentException.class, () -> new Trust("", Set.of("DEADBEEF")));
    assertEquals(Set.of("0".repeat(64)), new Trust("", Set.of("0".repeat(64))).exceptions());
  }

  @Test
  void anAccountHasALabelAndDoesNotTellIt() {
    var endpoint = new Endpoint("mail.example.org", 993, Security.TLS, "ada");
    var account = new Account(AccountId.create(), "Work", "Ada", "ada@example.org", Protocol.IMAP, endpoint, Optional.empty(), AccountOptions.DEFAULT);

    assertFalse(account.toString().contains("Work") || account.toString().contains("ada"));
    assertThrows(IllegalArgumentException.class, () -> new Account(account.id(), " ", "", "", Protocol.IMAP, endpoint, Optional.empty(),
        AccountOptions.DEFAULT));
    assertEquals(Optional.of(endpoint), account.withSubmission(Optional.of(endpoint)).submission());
    assertEquals(account, account.withIncoming(endpoint).withOptions(AccountOptions.DEFAULT));
  }

  @Test
  void anIntervalIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new AccountOptions(Duration.ofSeconds(-1), false, BodyPolicy.DEFAULT));
    assertThrows(IllegalArgumentException.class, () -> new BodyPolicy(BodyPolicy.Keep.TEXT, -1, 0));
  }

  @Test
  void whoHasNoNameIsShownByAddress() {
    assertEquals("Ada", new Address("Ada", "ada@example.org").display());
    assertEquals("ada@example.org", new Address(" ", "ada@example.org").display());
  }

  @Test
  void accountIdsAreAllDifferent() {
    assertFalse(AccountId.create().equals(AccountId.create()));
    assertThrows(IllegalArgumentException.class, () -> new AccountId(""));
    assertThrows(IllegalArgumentException.class, () -> new AccountId("x".repeat(37)));
  }

  @Test
  void quietHoursMaySpanMidnight() {
    var night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0));
    var noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0));

    assertTrue(night.contains(LocalTime.of(22, 0)));
    assertTrue(night.contains(LocalTime.of(0, 0)));
    assertFalse(night.contains(LocalTime.of(6, 0)));
    assertFalse(night.contains(LocalTime.of(21, 59)));
    assertTrue(noon.contains(LocalTime.of(12, 59)));
    assertFalse(noon.contains(LocalTime.of(13, 0)));
    assertThrows(IllegalArgumentException.class, () -> new QuietHours(LocalTime.NOON, LocalTime.NOON));
  }
}
