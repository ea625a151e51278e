/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.SyncPlan;

/** One account with mail whose every byte follows from its number, so that another process can tell whether it is whole. */
final class TestMail {
  static final AccountId ACCOUNT = new AccountId("test-account");
  static final String[] FOLDERS = {"INBOX", "Archive", "Trash"};

  private TestMail() {}

  static Account account(AccountId id, String label) {
    return new Account(id, label, "Ada", "ada@example.org", Protocol.IMAP, new Endpoint("mail.example.org", 993, Security.TLS, "ada"),
        Optional.of(new Endpoint("mail.example.org", 465, Security.TLS, "ada")), AccountOptions.DEFAULT);
  }

  /** Puts the account with its folders into a new store. */
  static void setUp(MailStore store) throws StoreException {
    store.write(writer -> {
      writer.put(account(ACCOUNT, "Work"));
      writer.folders(ACCOUNT, java.util.Arrays.stream(FOLDERS)
          .map(path -> new RemoteFolder(path, FolderPath.of(path), FolderRole.NONE, Keeping.MIRRORED, true)).toList());
      return null;
    });
  }

  static FolderKey folder(StoreReader reader, String path) throws StoreException {
    return reader.folders(ACCOUNT).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow().key();
  }

  static FolderKey folder(MailStore store, String path) throws StoreException {
    return store.read(reader -> folder(reader, path));
  }

  /** The whole message with this number, some 200 bytes to 20 KB long. */
  static byte[] content(long number) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder("From: Ada <ada@example.org>\r\nSubject: message " + number + "\r\nMessage-ID: <" + number
        + "@example.org>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\n");
    for (int lines = random.nextInt(random.nextInt(8) == 0 ? 400 : 20); lines >= 0; lines--) {
      text.append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong())).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static NewMessage message(MailStore store, long number) throws StoreException, IOException {
    byte[] content = content(number);
    return message(number, Optional.of(store.stage(new ByteArrayInputStream(content), BodyState.WHOLE)));
  }

  static NewMessage message(long number, Optional<org.heliogram.core.store.StagedBody> body) {
    Envelope envelope = new Envelope("message " + number, List.of(new Address("Ada", "ada@example.org")), List.of(), List.of(), List.of(),
        Optional.empty(), "<" + number + "@example.org>", "", List.of());
    return new NewMessage(RemoteId.of(number), Flags.NONE, Instant.ofEpochSecond(1_700_000_000 + number), content(number).length, false,
        envelope, body);
  }

  /** Messages with these numbers arrive in the inbox, with content, in one transaction. */
  static void arrive(MailStore store, long... numbers) throws StoreException, IOException {
    var messages = new java.util.ArrayList<NewMessage>();
    for (long number : numbers) {
      messages.add(message(store, number));
    }
    store.write(writer -> {
      writer.apply(folder(writer, "INBOX"), SyncPlan.adding(messages));
      return null;
    });
  }

  static List<MessageKey> keys(MailStore store, String path) throws StoreException {
    return store.read(reader -> reader.list(Query.newestFirst(folder(reader, path))));
  }

  static byte[] bytes(MailStore store, MessageKey key) throws StoreException, IOException {
    Body body = store.read(reader -> reader.body(key)).orElseThrow();
    try (InputStream in = body.open()) {
      return in.readAllBytes();
    }
  }
}
