/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.NullProgressMonitor;
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
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;
import org.heliogram.testing.InMemoryMailStore;

/** A script's view of Heliogram: runs commands on a store in memory and keeps what they print. */
final class Shell {
  static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");
  final InMemoryMailStore store = new InMemoryMailStore();
  final FakeMailService service = new FakeMailService(store);
  final Map<String, String> environment = new HashMap<>();
  final NullProgressMonitor monitor = new NullProgressMonitor();
  boolean terminal;
  String out = "";
  String err = "";
  byte[] octets = {};
  private int uid;

  /** Runs a command. @return its exit status */
  int run(String... words) {
    return run(store, words);
  }

  int run(MailStore other, String... words) {
    var standardOutput = new ByteArrayOutputStream();
    var standardError = new ByteArrayOutputStream();
    var output = new Output(new PrintStream(standardOutput, false, StandardCharsets.UTF_8), new PrintStream(standardError, false, StandardCharsets.UTF_8),
        terminal, false);
    Status status = new CommandLine().run(Arrays.asList(words), new Desk(other, service, new PlainCodec(), output, environment, monitor));
    output.flush();
    octets = standardOutput.toByteArray();
    out = standardOutput.toString(StandardCharsets.UTF_8);
    err = standardError.toString(StandardCharsets.UTF_8);
    return status.code();
  }

  List<String> lines() {
    return out.lines().toList();
  }

  Account account(String label, Protocol protocol) throws StoreException {
    var endpoint = new Endpoint("mail.example.org", 993, Security.TLS, "joe");
    var account = new Account(AccountId.create(), label, "Joe", label + "@example.org", protocol, endpoint, Optional.empty(), AccountOptions.DEFAULT);
    boolean imap = protocol == Protocol.IMAP;
    Keeping kept = imap ? Keeping.MIRRORED : Keeping.LOCAL;
    store.<Void>write(writer -> {
      writer.put(account);
      writer.folders(account.id(), List.of(
          new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, imap ? Keeping.MIRRORED : Keeping.DELIVERED, true),
          new RemoteFolder("Trash", FolderPath.of("Trash"), FolderRole.TRASH, kept, true),
          new RemoteFolder("Gr\u00fc\u00dfe/x", FolderPath.of("Gr\u00fc\u00dfe/x", "sub"), FolderRole.NONE, kept, true),
          new RemoteFolder("closed", FolderPath.of("closed"), FolderRole.NONE, kept, false)));
      return null;
    });
    return account;
  }

  /** Changes an account that is there. */
  void update(Account account) throws StoreException {
    store.<Void>write(writer -> {
      writer.put(account);
      return null;
    });
  }

  Folder folder(Account account, FolderRole role) throws StoreException {
    return store.read(reader -> reader.folders(account.id()).stream().filter(folder -> folder.role() == role && folder.selectable())
        .findFirst().orElseThrow());
  }

  /** Messages without content, m0 the oldest. */
  void mails(Folder folder, int count) throws StoreException {
    for (int from = 0; from < count; from += 500) {
      var some = new ArrayList<NewMessage>();
      for (int i = from; i < Math.min(count, from + 500); i++) {
        some.add(message("m" + i, Flags.NONE, Optional.empty()));
      }
      apply(folder, some);
    }
  }

  /** A message in a folder, with its content here if there is any. */
  MessageKey mail(Folder folder, String subject, Flags flags, String content) throws StoreException, IOException {
    Optional<StagedBody> body = content == null ? Optional.empty()
        : Optional.of(store.stage(new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)), BodyState.WHOLE));
    apply(folder, List.of(message(subject, flags, body)));
    return store.read(reader -> reader.first(Query.newestFirst(folder.key()), 1)).get(0);
  }

  private NewMessage message(String subject, Flags flags, Optional<StagedBody> body) {
    int number = ++uid;
    var envelope = new Envelope(subject, List.of(new Address("Ann", "ann@example.org")), List.of(), List.of(), List.of(),
        Optional.of(MORNING.plusSeconds(number)), "<" + number + "@x>", "", List.of());
    return new NewMessage(RemoteId.of(number), flags, MORNING.plusSeconds(number), 1_000 + number, false, envelope, body);
  }

  private void apply(Folder folder, List<NewMessage> messages) throws StoreException {
    store.<Void>write(writer -> {
      writer.apply(folder.key(), SyncPlan.adding(messages));
      return null;
    });
  }

  List<MessageKey> keys(Folder folder) throws StoreException {
    return List.copyOf(store.read(reader -> reader.list(Query.newestFirst(folder.key()))));
  }

  /** Says what it was asked for. */
  private static final class PlainCodec implements MimeCodec {
    @Override
    public Envelope envelope(byte[] header) {
      return Envelope.EMPTY;
    }

    @Override
    public Summary summarise(InputStream message) {
      return new Summary(Envelope.EMPTY, false);
    }

    @Override
    public String text(Body body) throws IOException {
      return "text of:\r\n" + new String(body.bytes(1_000_000), StandardCharsets.UTF_8);
    }

    @Override
    public String html(Body body) throws IOException {
      return "<html>" + new String(body.bytes(1_000_000), StandardCharsets.UTF_8) + "</html>";
    }
  }
}
