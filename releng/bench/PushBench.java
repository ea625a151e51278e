/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.FolderWatch;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.Activity;
import org.heliogram.core.service.CredentialStore;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.store.Change;
import org.heliogram.imap.ImapBackendFactory;
import org.heliogram.imap.ImapFolderWatchFactory;
import org.heliogram.mime.Mime4jCodec;
import org.heliogram.store.derby.DerbyMailStore;
import org.heliogram.sync.LocalFirstMailService;

/**
 * How long it takes from the server's word on the watch that there is new mail until the row is durable and told: median and worst of many.
 * Arguments: a new folder for the store, the IMAP port of a Dovecot with user1, and how many.
 */
public final class PushBench {
  private PushBench() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    var heard = new AtomicLong();
    var added = new SynchronousQueue<Long>();
    var store = new DerbyMailStore(Path.of(arguments[0]));
    store.open();
    var service = new LocalFirstMailService(store, new Mime4jCodec(), new Secrets());
    join(service, "addBackend", Backend.Factory.class, new ImapBackendFactory());
    join(service, "addWatch", FolderWatch.Factory.class, timed(new ImapFolderWatchFactory(), heard));
    var account = new Account(AccountId.create(), "bench", "", "user1@example.org", Protocol.IMAP,
        new Endpoint("127.0.0.1", port, Security.NONE, "user1"), Optional.empty(), AccountOptions.DEFAULT);
    service.add(account, Optional.of(new Credentials("pass1")), Optional.empty());
    service.start();
    while (service.activity(account.id()).push() != Activity.Push.ALL_FOLDERS || service.activity(account.id()).lastFetch().isEmpty()
        || service.activity(account.id()).phase() != Activity.Phase.IDLE) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.SECONDS.sleep(2);
    store.subscribe(change -> {
      long now = System.nanoTime();
      if (change.changes().stream().anyMatch(Change.MessagesAdded.class::isInstance)) {
        try {
          added.offer(now, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    });
    measure(port, Integer.parseInt(arguments[2]), heard, added);
    service.close();
    store.close();
    System.exit(0); // jobs of the platform run on
  }

  private static void measure(int port, int count, AtomicLong heard, SynchronousQueue<Long> added) throws Exception {
    double[] millis = new double[count];
    try (var other = new Socket("127.0.0.1", port)) {
      other.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.ISO_8859_1));
      say(other, "a LOGIN user1 pass1\r\n");
      until(in, "a OK");
      for (int i = 0; i < count; i++) {
        String mail = "From: a@example.org\r\nSubject: push " + i + "\r\nMessage-ID: <push" + i + "@example.org>\r\n\r\nText.\r\n";
        say(other, "b APPEND INBOX {" + mail.length() + "+}\r\n" + mail + "\r\n");
        until(in, "b OK");
        Long told = added.poll(30, TimeUnit.SECONDS);
        if (told == null) {
          throw new IllegalStateException("not told of message " + i);
        }
        millis[i] = (told - heard.get()) / 1e6;
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    Arrays.sort(millis);
    double median = millis[count / 2];
    Table.head("Push");
    Table.note("EXISTS heard to row durable and told", String.format("%.1f ms", median), String.format("50 ms%s (worst of %d: %.1f ms)",
        median <= 50 ? "  met" : "  MISSED", count, millis[count - 1]));
  }

  private static void say(Socket socket, String words) throws Exception {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void until(BufferedReader in, String start) throws Exception {
    for (String line = in.readLine(); !line.startsWith(start); line = in.readLine()) {
      if (line.startsWith("b NO") || line.startsWith("b BAD")) {
        throw new IllegalStateException(line);
      }
    }
  }

  private static void join(LocalFirstMailService service, String method, Class<?> type, Object factory) throws Exception {
    Method add = LocalFirstMailService.class.getDeclaredMethod(method, type, Map.class);
    add.invoke(service, factory, Map.of("protocol", "imap"));
  }

  /** Notes when news came. */
  private static FolderWatch.Factory timed(FolderWatch.Factory real, AtomicLong heard) {
    return (account, credentials, wanted, monitor) -> real.open(account, credentials, wanted, monitor).map(watch -> new FolderWatch() {
      @Override
      public Set<String> folders() {
        return watch.folders();
      }

      @Override
      public boolean everything() {
        return watch.everything();
      }

      @Override
      public Wake await() throws MailException {
        Wake wake = watch.await();
        if (!wake.nothing()) {
          heard.set(System.nanoTime());
        }
        return wake;
      }

      @Override
      public void probe() {
        watch.probe();
      }

      @Override
      public void close() {
        watch.close();
      }
    });
  }

  private static final class Secrets implements CredentialStore {
    @Override
    public Optional<Credentials> find(AccountId account, Purpose purpose) {
      return Optional.of(new Credentials("pass1"));
    }

    @Override
    public void put(AccountId account, Purpose purpose, Credentials credentials) {}

    @Override
    public void remove(AccountId account) {}
  }
}
