/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;

/** Fills a store with an account as a server would: the words in which the tests of the views are written. */
public final class Mailbox {
  public static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");
  private static final int BATCH = 1_000;
  private final MailStore store;
  public final Account account;
  private long nextUid = 1;

  /** Makes the account with an inbox. */
  public Mailbox(MailStore store, String label, String... otherFolders) throws StoreException {
    this.store = store;
    account = account(label);
    store.<Void>write(writer -> {
      writer.put(account);
      return null;
    });
    folders(otherFolders);
  }

  public static Account account(String label) {
    return new Account(AccountId.create(), label, "Ada", "ada@example.org", Protocol.IMAP,
        new Endpoint("127.0.0.1", 9, Security.TLS, "ada"), Optional.empty(), new AccountOptions(Duration.ZERO, false, BodyPolicy.HEADERS));
  }

  public static RemoteFolder remote(String path, FolderRole role, boolean selectable) {
    return new RemoteFolder(path, FolderPath.parse(path), role, Keeping.LOCAL, selectable);
  }

  private void folders(String... others) throws StoreException {
    var all = new ArrayList<RemoteFolder>();
    all.add(remote("INBOX", FolderRole.INBOX, true));
    for (String path : others) {
      FolderRole role = Set.of("Sent", "Trash", "Archive").contains(path) ? FolderRole.valueOf(path.toUpperCase(Locale.ROOT))
          : FolderRole.NONE;
      all.add(remote(path, role, true));
    }
    store.<Void>write(writer -> {
      writer.folders(account.id(), all);
      return null;
    });
  }

  /** Makes the folders ones that live on a server: changes in them wait for it. */
  public void live() throws StoreException {
    List<RemoteFolder> mirrored = new ArrayList<>();
    for (Folder folder : store.read(reader -> reader.folders(account.id()))) {
      mirrored.add(new RemoteFolder(folder.remoteName(), folder.path(), folder.role(), Keeping.MIRRORED, true));
    }
    store.<Void>write(writer -> {
      writer.folders(account.id(), mirrored);
      return null;
    });
  }

  public Folder folder(String path) throws StoreException {
    return store.read(reader -> reader.folders(account.id())).stream().filter(f -> f.path().text().equals(path)).findFirst().orElseThrow();
  }

  public FolderKey inbox() throws StoreException {
    return folder("INBOX").key();
  }

  /** Messages named "subject 1" and so on, each a minute younger than the one before. */
  public void receives(FolderKey folder, int count, Flags flags) throws StoreException {
    for (int done = 0; done < count; done += BATCH) {
      var batch = new ArrayList<NewMessage>();
      for (int i = done; i < Math.min(count, done + BATCH); i++) {
        batch.add(mail("subject " + nextUid, flags));
      }
      add(folder, batch);
    }
  }

  public MessageKey receives(FolderKey folder, String subject, Flags flags) throws StoreException {
    add(folder, List.of(mail(subject, flags)));
    return store.read(reader -> reader.first(Query.newestFirst(folder), 1)).get(0);
  }

  /** A message with its content here. */
  public MessageKey receives(FolderKey folder, String subject, String content) throws StoreException, IOException {
    MessageKey key = receives(folder, subject, Flags.NONE);
    var staged = store.stage(new ByteArrayInputStream(content.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), BodyState.WHOLE);
    store.<Void>write(writer -> {
      writer.attach(key, staged);
      return null;
    });
    return key;
  }

  public void loses(FolderKey folder, List<MessageKey> messages) throws StoreException {
    store.write(writer -> writer.enqueue(new Operation.Delete(account.id(), messages)));
  }

  private void add(FolderKey folder, List<NewMessage> messages) throws StoreException {
    store.<Void>write(writer -> {
      writer.apply(folder, SyncPlan.adding(messages));
      return null;
    });
  }

  private NewMessage mail(String subject, Flags flags) {
    long uid = nextUid++;
    Instant date = MORNING.plusSeconds(60 * uid);
    var person = new Address("Sender " + uid % 7, "sender" + uid % 7 + "@example.org");
    var envelope = new Envelope(subject, List.of(person), List.of(new Address("Ada", "ada@example.org")), List.of(), List.of(),
        Optional.of(date), "<" + uid + "@example.org>", "", List.of());
    return new NewMessage(RemoteId.of(uid), flags, date, 1_000 + uid, uid % 5 == 0, envelope, Optional.empty());
  }
}
