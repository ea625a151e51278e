/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.model.Trust;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.ServiceEvent;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.it.accounts.Client;

/**
 * A client in a process of its own, told what to do line by line. It answers "done" when the change is on disk, "none" if it does not see
 * the message; lines that begin with "!" tell what nobody asked for.
 */
public final class ChaosChild {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration TOLD = Duration.ofSeconds(150);
  private static final long BODY_LIMIT = 10_000_000;
  private final Client client;
  private final ShiftedClock clock;
  private final Account account;
  private final SyncRequest.Bodies bodies;
  private final boolean push;
  private Thread syncing; // main thread
  private volatile boolean online;

  private ChaosChild(Client client, ShiftedClock clock, Account account, SyncRequest.Bodies bodies, boolean push) {
    this.client = client;
    this.clock = clock;
    this.account = account;
    this.bodies = bodies;
    this.push = push;
  }

  /**
   * @param arguments home folder, port, security, file with the trust anchors, which bodies to fetch, whether it is told of news or asks; and for a
   *     maildrop what stays there
   */
  public static void main(String[] arguments) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> accident(failure));
    var clock = new ShiftedClock(Path.of(arguments[0]).resolveSibling("clock"));
    var client = new Client(Path.of(arguments[0]), Optional.of(clock));
    client.patience(PATIENCE, PATIENCE, PATIENCE.multipliedBy(2));
    var state = client.store.open();
    if (!state.getClass().getSimpleName().equals("Open")) {
      say("! accident store is " + state);
    }
    var known = client.store.read(s -> s.accounts());
    var endpoint = new Endpoint("localhost", Integer.parseInt(arguments[1]), Security.valueOf(arguments[2]), "user1",
        new Trust(Files.readString(Path.of(arguments[3])), java.util.Set.of()));
    Account account = !known.isEmpty() ? known.get(0) : arguments.length < 7 ? client.add(Protocol.IMAP, endpoint)
        : client.add(Protocol.POP3, endpoint, AccountOptions.DEFAULT.withMaildrop(MaildropOptions.DEFAULT.withLeaving(Leaving.valueOf(arguments[6]), 1)));
    client.service.observe(ChaosChild::heard);
    var child = new ChaosChild(client, clock, account, SyncRequest.Bodies.valueOf(arguments[4]), Boolean.parseBoolean(arguments[5]));
    say("ready");
    child.run();
    client.close();
    System.exit(0);
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  private static void accident(Throwable failure) {
    System.getLogger(ChaosChild.class.getName()).log(System.Logger.Level.ERROR, "accident", failure); // on standard error, the child's log
    say("! accident " + failure.toString().replace('\n', ' '));
  }

  private static void heard(ServiceEvent event) {
    if (event instanceof ServiceEvent.OperationRefused refused) {
      say("! refused " + refused.operation() + ' ' + refused.why());
    }
  }

  private void run() throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
      say(obey(line.split(" ")));
    }
    offline();
  }

  private String obey(String[] words) throws Exception {
    try {
      return switch (words[0]) {
        case "flag" -> flag(words[1], words[2].equals("+"), words[3]);
        case "move" -> transfer(words[1], words[2], true);
        case "copy" -> transfer(words[1], words[2], false);
        case "rename" -> changeFolder(words[1], folder -> new Operation.RenameFolder(account.id(), folder.key(), FolderPath.parse(words[2])));
        case "make" -> folder(words[1]).isPresent() ? "none" : accepted(new Operation.CreateFolder(account.id(), FolderPath.parse(words[1])));
        case "drop" -> changeFolder(words[1], folder -> new Operation.DeleteFolder(account.id(), folder.key()));
        case "subscribe" -> changeFolder(words[1], folder -> new Operation.Subscribe(account.id(), folder.key(), words[2].equals("+")));
        case "delete" -> perform(words[1], key -> new Operation.Delete(account.id(), List.of(key)));
        case "online" -> online();
        case "offline" -> offline();
        case "sync" -> synchronise();
        case "clock" -> "done " + clock.shift(Duration.parse(words[1]));
        case "told" -> told(words[1]);
        case "dump" -> dump();
        case "check" -> "done " + client.store.check(new org.eclipse.core.runtime.NullProgressMonitor());
        default -> throw new IllegalArgumentException(words[0]);
      };
    } catch (StoreException.DiskFull e) {
      return "full";
    } catch (StoreException e) {
      if (e.getMessage().contains("cannot be changed")) {
        return "none"; // The folder is not what it was a moment ago.
      }
      accident(e);
      return "failed " + e.getMessage();
    }
  }

  private interface Making {
    Operation of(MessageKey key) throws StoreException;
  }

  /** The message's row, the one that is no copy. A folder may go while it is looked through: then nothing is found this time. */
  private Optional<MessageSummary> row(String token) {
    try {
      return find(token);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private Optional<MessageSummary> find(String token) throws StoreException {
    return client.store.read(r -> {
      for (Folder folder : r.folders(account.id())) {
        if (!folder.path().text().equals(AccountBook.COPIES)) {
          for (MessageSummary row : r.summaries(r.first(Query.newestFirst(folder.key()), 1_000))) {
            if (row.messageIdHeader().equals(AccountBook.messageId(token))) {
              return Optional.of(row);
            }
          }
        }
      }
      return Optional.empty();
    });
  }

  private String perform(String token, Making making) throws StoreException {
    Optional<MessageSummary> row = row(token);
    if (row.isEmpty()) {
      return "none";
    }
    return accepted(making.of(row.get().key()));
  }

  private String accepted(Operation operation) throws StoreException {
    return "done " + client.service.perform(operation).sequences();
  }

  private Optional<Folder> folder(String known) throws StoreException {
    return client.store.read(r -> r.folders(account.id())).stream().filter(f -> f.selectable() && FolderBook.known(f.path().text()).equals(known)).findFirst();
  }

  private String changeFolder(String known, Function<Folder, Operation> change) throws StoreException {
    Optional<Folder> folder = folder(known);
    return folder.isEmpty() ? "none" : accepted(change.apply(folder.get()));
  }

  private String flag(String token, boolean set, String name) throws StoreException {
    Flags flags = Flags.parse(List.of(name));
    return perform(token, key -> new Operation.ChangeFlags(account.id(), List.of(key),
        set ? new FlagChange(flags, Flags.NONE) : new FlagChange(Flags.NONE, flags)));
  }

  private String transfer(String token, String path, boolean move) throws StoreException {
    Optional<Folder> to = folder(path);
    if (to.isEmpty()) {
      return "none";
    }
    return perform(token, key -> move ? new Operation.Move(account.id(), List.of(key), to.get().key())
        : new Operation.Copy(account.id(), List.of(key), to.get().key()));
  }

  private String online() {
    if (push) {
      client.service.start();
      client.service.refresh(account.id());
    } else if (!online) {
      online = true;
      syncing = new Thread(this::keepInStep, "in step");
      syncing.start();
    }
    return "done";
  }

  private String offline() throws InterruptedException {
    online = false;
    if (syncing != null) {
      syncing.join();
      syncing = null;
    }
    return "done";
  }

  /** Waits for a message that nobody here asks for. */
  private String told(String token) {
    long end = System.nanoTime() + TOLD.toNanos();
    while (row(token).isEmpty()) {
      if (System.nanoTime() > end) {
        return "failed " + client.service.activity(account.id());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return "done";
  }

  private void keepInStep() {
    while (online) {
      String said = synchronise();
      // After trouble a little later: a server that is down is not asked all the time.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(said.startsWith("done") ? 50 : 300));
    }
  }

  private String synchronise() {
    try {
      SyncResult result = client.service.synchronise(new SyncRequest(account.id(), Optional.empty(), bodies), new org.eclipse.core.runtime.NullProgressMonitor());
      return "done " + result.added() + ' ' + result.changed() + ' ' + result.removed() + ' ' + result.operations() + ' ' + result.refused();
    } catch (MailException e) {
      return "failed " + e.getClass().getSimpleName() + ' ' + e.getMessage() + ' ' + e.serverText();
    } catch (StoreException.DiskFull e) {
      return "failed DiskFull";
    } catch (StoreException | CredentialException e) {
      accident(e);
      return "failed " + e;
    }
  }

  /** One line a message: folder, token, UID, flags, digest of the content where it is here; then one line for each queue entry. */
  private String dump() throws StoreException, IOException {
    var text = new StringBuilder();
    for (Folder folder : client.store.read(r -> r.folders(account.id())).stream().filter(Folder::selectable).toList()) {
      say("- folder " + folder.path().text() + ' ' + folder.total());
      for (MessageSummary row : client.rows(account, folder.path().text())) {
        Optional<Located> located = client.store.read(r -> r.locate(List.of(row.key()))).stream().findFirst();
        String uid = located.flatMap(Located::id).map(id -> id.value()).orElse("?");
        say("- row " + folder.path().text() + ' ' + AccountBook.token(row.messageIdHeader()) + ' ' + uid + ' ' + names(row.flags()) + ' ' + digest(row));
      }
    }
    client.store.read(r -> r.queue(account.id())).forEach(entry -> say("- queued " + entry));
    return text.append("done").toString();
  }

  private static String names(Flags flags) {
    var names = new TreeSet<String>();
    flags.imapNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names.toString().replace(" ", "");
  }

  private String digest(MessageSummary row) throws StoreException, IOException {
    if (row.body() != BodyState.WHOLE) {
      return "-";
    }
    Optional<Body> body = client.store.read(r -> r.body(row.key()));
    return body.isEmpty() ? "lost" : digest(body.get().bytes(BODY_LIMIT));
  }

  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String digest(InputStream content) throws IOException {
    return digest(content.readAllBytes());
  }
}
