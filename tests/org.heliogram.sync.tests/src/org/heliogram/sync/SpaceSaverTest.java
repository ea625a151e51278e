/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyPolicy;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.testing.InMemoryMailStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpaceSaverTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private final InMemoryMailStore store = new InMemoryMailStore();
  private final SpaceSaver saver = new SpaceSaver(store, Clock.fixed(NOW, ZoneOffset.UTC));
  private final AccountId id = AccountId.create();

  @BeforeEach
  void fill() throws StoreException, IOException {
    var endpoint = new Endpoint("mail.example.org", 993, Security.TLS, "joe");
    var options = new AccountOptions(Duration.ZERO, false, BodyPolicy.EVERYTHING);
    store.<Void>write(w -> {
      w.put(new Account(id, "Work", "", "joe@example.org", Protocol.IMAP, endpoint, Optional.empty(), options));
      w.folders(id, List.of(new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.MIRRORED, true)));
      return null;
    });
    for (int month = 0; month < 4; month++) {
      mail(month + 1, NOW.atOffset(ZoneOffset.UTC).minusMonths(month).toInstant());
    }
  }

  @Test
  void nothingGoesWhileEverythingIsKept() throws StoreException {
    saver.run(List.of(inbox()), new NullProgressMonitor());

    assertEquals(4, here());
  }

  @Test
  void whatIsOlderThanTheFoldersChoiceGoes() throws StoreException {
    choose(new BodyPolicy(BodyPolicy.Keep.TEXT, 2, 1_000_000));

    saver.run(List.of(inbox()), new NullProgressMonitor());

    assertEquals(List.of(BodyState.WHOLE, BodyState.WHOLE, BodyState.WHOLE, BodyState.NONE), states());
  }

  @Test
  void headersOnlyKeepsNoContent() throws StoreException {
    choose(BodyPolicy.HEADERS);

    saver.run(List.of(inbox()), new NullProgressMonitor());

    assertEquals(0, here());
  }

  private void choose(BodyPolicy policy) throws StoreException {
    FolderOptions options = new FolderOptions(Optional.of(policy), false);
    Folder inbox = inbox();
    store.<Void>write(w -> {
      w.options(inbox.key(), options);
      return null;
    });
  }

  private Folder inbox() throws StoreException {
    return store.read(r -> r.folders(id)).get(0);
  }

  private long here() throws StoreException {
    return states().stream().filter(state -> state != BodyState.NONE).count();
  }

  /** Newest first. */
  private List<BodyState> states() throws StoreException {
    Folder inbox = inbox();
    return store.read(r -> r.summaries(r.list(Query.newestFirst(inbox.key())))).stream().map(row -> row.body()).toList();
  }

  private void mail(long uid, Instant received) throws StoreException, IOException {
    var body = store.stage(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)), BodyState.WHOLE);
    var envelope = new Envelope("m" + uid, List.of(), List.of(), List.of(), List.of(), Optional.of(received), "<" + uid + "@x>", "", List.of());
    var message = new NewMessage(RemoteId.of(uid), Flags.NONE, received, 5, false, envelope, Optional.of(body));
    Folder inbox = inbox();
    store.<Void>write(w -> {
      w.apply(inbox.key(), SyncPlan.adding(List.of(message)));
      return null;
    });
  }
}
