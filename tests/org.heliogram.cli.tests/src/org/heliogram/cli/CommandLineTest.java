/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.CertificateRefused.Problem;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Deletion;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.service.SyncResult;
import org.heliogram.core.store.Finding;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StagedBody;
import org.heliogram.core.store.StoreChange;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.StoreWriter;
import org.heliogram.core.store.Subscription;
import org.heliogram.core.store.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command with every exit status, on a store in memory. */
class CommandLineTest {
  private final Shell shell = new Shell();
  @TempDir
  Path folder;

  private Account work() throws StoreException {
    return shell.account("work", Protocol.IMAP);
  }

  private Folder inbox(Account account) throws StoreException {
    return shell.folder(account, FolderRole.INBOX);
  }

  private MessageSummary summary(MessageKey key) throws StoreException {
    return shell.store.read(reader -> reader.summaries(List.of(key))).get(0);
  }

  private static final String[] ADD = {"add-account", "--protocol", "imap", "--address", "joe@example.org", "--host", "mail.example.org",
      "--password-env", "SECRET"};

  private int add(String... more) {
    String[] words = java.util.stream.Stream.concat(java.util.Arrays.stream(ADD), java.util.Arrays.stream(more)).toArray(String[]::new);
    return shell.run(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "frob", "list", "list --folder", "list --folder x", "list --frob 1", "list --folder a/b --folder a/b", "show", "show x",
      "show 1 2", "show 1 --raw --html", "flag 1", "flag 1 --add (", "flag --add seen", "move 1", "export --to x --format eml", "export --folder a/b --to x",
      "export --folder a/b --to x --format zip", "sync --bodies some", "list --folder work/INBOX --limit 0", "list --folder work/INBOX --limit x", "accounts x",
      "add-account", "add-account --protocol nntp", "remove-account"})
  void wrongUsageIsStatusTwoWithOneLine(String words) throws StoreException {
    work();

    int status = words.isEmpty() ? shell.run() : shell.run(words.split(" "));

    assertEquals(2, status, shell.err);
    assertEquals(1, shell.err.lines().count(), shell.err);
    assertEquals("", shell.out);
  }

  @Test
  void helpNamesEveryCommandAndExplainsEach() {
    assertEquals(0, shell.run("help"));
    String all = shell.out;

    for (String command : List.of("add-account", "accounts", "remove-account", "sync", "folders", "list", "show", "flag", "move", "copy", "delete", "export", "check")) {
      assertTrue(all.contains(command), command);
      assertEquals(0, shell.run("help", command));
      assertTrue(shell.out.startsWith("usage: heliogram " + command) || shell.out.startsWith("Aufruf: heliogram " + command), shell.out);
      assertEquals(0, shell.run(command, "--help"));
    }
    assertEquals(2, shell.run("help", "frob"));
  }

  @Test
  void addAccountStoresWhatWasSaidAndTheUsualForTheRest() throws StoreException {
    shell.environment.put("SECRET", "pass word");

    assertEquals(0, add("--smtp-host", "out.example.org", "--smtp-security", "starttls", "--name", "Joe Doe"), shell.err);

    Account account = shell.store.read(StoreReader::accounts).get(0);
    assertEquals("joe@example.org", account.label());
    assertEquals("Joe Doe", account.personName());
    assertEquals(993, account.incoming().port());
    assertEquals(Security.TLS, account.incoming().security());
    assertEquals("joe@example.org", account.incoming().user());
    assertEquals(587, account.submission().orElseThrow().port());
    assertEquals(Map.of(Purpose.INCOMING, new Credentials("pass word"), Purpose.SUBMISSION, new Credentials("pass word")), shell.service.secrets);
    assertFalse((shell.out + shell.err).contains("pass word"));
    assertTrue(shell.service.tested.isEmpty());
  }

  @Test
  void addAccountTakesEveryOption() throws StoreException {
    shell.environment.put("SECRET", "x");

    assertEquals(0, shell.run("add-account", "--protocol=pop3", "--address=a@b", "--host=h", "--port=1110", "--security=none", "--user=u", "--label=My mail",
        "--smtp-host=s", "--smtp-port=25", "--smtp-security=none", "--smtp-user=", "--password-env=SECRET", "--json"), shell.err);

    Account account = shell.store.read(StoreReader::accounts).get(0);
    assertEquals(Protocol.POP3, account.protocol());
    assertEquals(1110, account.incoming().port());
    assertEquals("My mail", account.label());
    assertEquals(Set.of(Purpose.INCOMING), shell.service.secrets.keySet());
    assertEquals("{\"account\":\"My mail\",\"id\":\"" + account.id() + "\"}\n", shell.out);
  }

  @Test
  void addAccountTakesThePasswordFromAFileDescriptor() throws IOException {
    var before = System.in;
    System.setIn(new ByteArrayInputStream("from the pipe\r\nrest".getBytes(StandardCharsets.UTF_8)));
    try {
      int status = shell.run("add-account", "--protocol", "imap", "--address", "a@b", "--host", "h", "--password-fd", "0");

      assertEquals(0, status, shell.err);
      assertEquals(new Credentials("from the pipe"), shell.service.secrets.get(Purpose.INCOMING));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void addAccountWithoutAPasswordIsWrongUsage() {
    assertEquals(2, add());
    assertTrue(shell.err.contains("SECRET"), shell.err);
    assertEquals(2, add("--password-fd", "0"));
  }

  @Test
  void addAccountThatIsTestedIsNotStoredWhenSignInIsRefused() throws StoreException {
    shell.environment.put("SECRET", "wrong");

    assertEquals(3, add("--test"));

    assertTrue(shell.err.contains("no such user"), shell.err);
    assertEquals(List.of(), shell.store.read(StoreReader::accounts));
  }

  @Test
  void addAccountRefusesASecondOfTheSameName() {
    shell.environment.put("SECRET", "x");

    assertEquals(0, add());
    assertEquals(1, add());
    assertEquals(0, add("--label", "second"));
  }

  @Test
  void addAccountTrustsTheCertificatesOfAFile() throws IOException, StoreException {
    shell.environment.put("SECRET", "x");
    Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "no certificate");

    assertEquals(1, add("--trust", rubbish.toString()));
    assertEquals(1, add("--trust", folder.resolve("missing.pem").toString()));
    assertEquals(0, add("--trust", certificate().toString()), shell.err);

    assertTrue(shell.store.read(StoreReader::accounts).get(0).incoming().trust().anchors().contains("BEGIN CERTIFICATE"));
  }

  /** Any certificate will do: one the platform trusts. */
  private Path certificate() throws IOException {
    try {
      var store = java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
      Path home = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
      try (var in = Files.newInputStream(home)) {
        store.load(in, null);
      }
      byte[] der = store.getCertificate(store.aliases().nextElement()).getEncoded();
      String pem = "-----BEGIN CERTIFICATE-----\n" + java.util.Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----\n";
      return Files.writeString(folder.resolve("anchor.pem"), pem);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void addAccountSaysThatTheSecureStorageFailed() {
    shell.environment.put("SECRET", "x");
    shell.service.locked = new CredentialException("locked", null);

    assertEquals(1, add());
    assertTrue(shell.err.contains("locked"), shell.err);
  }

  @Test
  void accountsArePrinted() throws StoreException {
    Account account = work();

    assertEquals(0, shell.run("accounts"));
    assertEquals("work work@example.org imap mail.example.org:993 tls\n", shell.out);
    assertEquals(0, shell.run("accounts", "--json"));
    assertEquals("{\"account\":\"work\",\"id\":\"" + account.id() + "\",\"protocol\":\"imap\",\"name\":\"Joe\",\"address\":\"work@example.org\","
        + "\"incoming\":{\"host\":\"mail.example.org\",\"port\":993,\"security\":\"tls\",\"user\":\"joe\"},\"submission\":null}\n", shell.out);
  }

  @Test
  void anAccountIsRemovedByLabelOrAddress() throws StoreException {
    work();
    shell.account("home", Protocol.POP3);

    assertEquals(1, shell.run("remove-account", "nobody"));
    assertEquals(0, shell.run("remove-account", "home@example.org"));

    assertEquals(List.of("work"), shell.store.read(StoreReader::accounts).stream().map(Account::label).toList());
  }

  @Test
  void foldersHaveNamesThatOtherCommandsTake() throws StoreException, IOException {
    shell.mail(inbox(shell.account("a/b", Protocol.IMAP)), "hello", Flags.NONE, null);

    assertEquals(0, shell.run("folders"));

    assertEquals("     1      1  a%2Fb/INBOX", shell.lines().get(0));
    assertTrue(shell.out.contains("a%2Fb/Gr\u00fc\u00dfe%2Fx/sub"), shell.out);
    for (String line : shell.lines()) {
      assertEquals(0, shell.run("list", "--folder", line.substring(15)), line);
    }
    assertEquals(0, shell.run("folders", "--json", "--account", "a/b"));
    assertEquals("{\"folder\":\"a%2Fb/INBOX\",\"account\":\"a/b\",\"path\":\"INBOX\",\"role\":\"inbox\",\"keeping\":\"mirrored\",\"selectable\":true,\"subscribed\":true,"
        + "\"total\":1,\"unread\":1}", shell.lines().get(0));
  }

  @Test
  void listPrintsNewestFirst() throws StoreException, IOException {
    Folder inbox = inbox(work());
    MessageKey old = shell.mail(inbox, "old", Flags.of(Flag.SEEN), null);
    MessageKey fresh = shell.mail(inbox, "fresh \u001b[31m\u202e\nline", Flags.of(Flag.FLAGGED), "x");

    assertEquals(0, shell.run("list", "--folder", "work/inbox"));

    assertEquals(2, shell.lines().size());
    assertTrue(shell.lines().get(0).matches(" *" + fresh + " N\\*  2026-11-23 \\d\\d:00 +Ann +fresh \\[31m line"), shell.out);
    assertTrue(shell.lines().get(1).contains(old.toString()));
    assertEquals(0, shell.run("list", "--folder", "work/INBOX", "--unread", "--json"));
    assertEquals("{\"key\":" + fresh + ",\"folder\":\"work/INBOX\",\"flags\":[\"flagged\"],\"from\":{\"name\":\"Ann\",\"address\":\"ann@example.org\"},"
        + "\"to\":{\"name\":\"\",\"address\":\"\"},\"subject\":\"fresh \\u001b[31m\\u202e\\nline\",\"date\":\"2026-11-23T08:00:02Z\","
        + "\"received\":\"2026-11-23T08:00:02Z\",\"size\":1002,\"attachments\":false,\"messageId\":\"<2@x>\",\"body\":\"whole\",\"queued\":false}\n", shell.out);
  }

  @ParameterizedTest(name = "limit {0}")
  @CsvSource({"1, 1", "3, 3", "2500, 2500", "9999, 2503"})
  void listStopsAtTheLimit(int limit, int expected) throws StoreException {
    Folder inbox = inbox(work());
    shell.mails(inbox, 2_503);

    assertEquals(0, shell.run("list", "--folder", "work/INBOX", "--limit", Integer.toString(limit)));

    assertEquals(expected, shell.lines().size());
    assertTrue(shell.lines().get(0).endsWith("m2502"));
  }

  @Test
  void aFolderThatIsNotThereIsStatusOne() throws StoreException {
    work();

    assertEquals(1, shell.run("list", "--folder", "work/nothing"));
    assertEquals(1, shell.run("list", "--folder", "nobody/INBOX"));
  }

  @Test
  void showPrintsTextHtmlOrOctets() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.NONE, "raw \u00e4\r\nline");

    assertEquals(0, shell.run("show", key.toString()));
    assertTrue(shell.out.startsWith("text of:\nraw "), shell.out);
    assertEquals(0, shell.run("show", key.toString(), "--html"));
    assertTrue(shell.out.startsWith("<html>raw "), shell.out);
    assertEquals(0, shell.run("show", key.toString(), "--raw"));
    assertArrayEquals("raw \u00e4\r\nline".getBytes(StandardCharsets.ISO_8859_1), shell.octets);
    assertEquals(0, shell.run("show", key.toString(), "--raw", "--json"));
    assertEquals("{\"key\":" + key + ",\"form\":\"raw\",\"content\":\"raw \u00e4\\u000d\\nline\"}\n", shell.out);
    assertFalse(summary(key).flags().has(Flag.SEEN));
  }

  @Test
  void showFetchesWhatIsNotHere() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.NONE, null);

    assertEquals(1, shell.run("show", key.toString()));
    assertTrue(shell.err.contains("no such message"), shell.err);
    shell.service.onServer.put(key, shell.store.stage(new ByteArrayInputStream("from the server".getBytes(StandardCharsets.US_ASCII)), BodyState.WHOLE));

    assertEquals(0, shell.run("show", key.toString(), "--raw"));
    assertEquals("from the server", shell.out);
    assertEquals(1, shell.run("show", "4711"));
  }

  @Test
  void syncPrintsCountsForEachAccount() throws StoreException {
    work();
    shell.account("home", Protocol.POP3);

    assertEquals(0, shell.run("sync", "--json", "--bodies", "none"));

    assertEquals(List.of("work", "home").stream().map(label -> "{\"account\":\"" + label + "\",\"folders\":3,\"added\":12,\"changed\":1,\"removed\":2,"
        + "\"bodies\":4,\"operations\":5,\"refused\":[]}").toList(), shell.lines());
    assertEquals(SyncRequest.Bodies.NONE, shell.service.requests.get(0).bodies());
    assertEquals("", shell.err, "nobody watches: no progress");
  }

  @Test
  void syncShowsProgressToWhoeverWatches() throws StoreException {
    work();
    shell.terminal = true;

    assertEquals(0, shell.run("sync"));

    assertTrue(shell.err.contains("7/12"), shell.err);
    assertTrue(shell.err.startsWith("\r") && shell.err.endsWith("\r"), "the progress line is wiped away");
  }

  @Test
  void syncOfOneFolderAsksForThatFolder() throws StoreException {
    Account account = work();
    shell.account("home", Protocol.POP3);

    assertEquals(0, shell.run("sync", "--folder", "work/INBOX", "--bodies", "all"));
    assertEquals(2, shell.run("sync", "--folder", "work/INBOX", "--account", "home"));

    assertEquals(List.of(new SyncRequest(account.id(), Optional.of(inbox(account).key()), SyncRequest.Bodies.ALL)), shell.service.requests);
  }

  @Test
  void syncSaysWhichFoldersWereRefused() throws StoreException {
    work();
    shell.service.result = new SyncResult(1, 0, 0, 0, 0, 0, List.of("Secret: permission denied"));

    assertEquals(1, shell.run("sync"));

    assertTrue(shell.err.contains("work: Secret: permission denied"), shell.err);
  }

  static Exception trouble(String kind) {
    return switch (kind) {
      case "signIn" -> new MailException.SignInRefused("bad password", null);
      case "certificate" -> new MailException.CertificateRefused(Problem.EXPIRED, "ab".repeat(32), "", null);
      case "unreachable" -> new Unreachable(Unreachable.Reason.HOST_NOT_FOUND, "", null);
      case "busy" -> new MailException.Busy(Optional.empty(), "come later", null);
      case "refused" -> new MailException.Refused("no mailbox", "", null);
      case "malformed" -> new MailException.Malformed("line too long", null);
      case "inUse" -> new StoreException.InUse("Heliogram (process 1)");
      default -> new StoreException.DiskFull("", null);
    };
  }

  @ParameterizedTest
  @CsvSource({"signIn, 3", "certificate, 5", "unreachable, 6", "busy, 6", "refused, 1", "malformed, 1", "inUse, 4", "diskFull, 1"})
  void syncTellsTroublesApartAndGoesOnWithTheOthers(String kind, int status) throws StoreException {
    Account account = work();
    shell.account("home", Protocol.POP3);
    shell.service.troubles.put(account.id(), trouble(kind));

    assertEquals(status, shell.run("sync"));

    assertEquals(1, shell.err.lines().count(), shell.err);
    assertTrue(shell.err.startsWith("work: "), shell.err);
    assertTrue(shell.out.startsWith("home: "), shell.out);
  }

  @Test
  void flagChangesAreSentAndReported() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.of(Flag.FLAGGED), null);

    assertEquals(0, shell.run("flag", key.toString(), "--add", "seen,notjunk,mine", "--remove", "flagged", "--json"), shell.err);

    assertEquals(List.of("seen", "notjunk", "mine"), FlagNames.of(summary(key).flags()));
    assertEquals("{\"messages\":1,\"waiting\":0}\n", shell.out);
    assertEquals(1, shell.service.requests.size());
  }

  @Test
  void offlineChangesWait() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.NONE, null);

    assertEquals(0, shell.run("flag", key.toString(), "--add", "seen", "--offline", "--json"));

    assertEquals("{\"messages\":1,\"waiting\":1}\n", shell.out);
    assertTrue(summary(key).flags().has(Flag.SEEN));
    assertTrue(summary(key).queued());
    assertEquals(List.of(), shell.service.requests);
  }

  @Test
  void aChangeStandsWhenTheServerIsNotThere() throws StoreException, IOException {
    Account account = work();
    MessageKey key = shell.mail(inbox(account), "s", Flags.NONE, null);
    shell.service.troubles.put(account.id(), trouble("unreachable"));

    assertEquals(6, shell.run("flag", key.toString(), "--add", "seen"));

    assertTrue(summary(key).flags().has(Flag.SEEN));
    assertTrue(shell.err.contains("work: "), shell.err);
  }

  @Test
  void aChangeTheServerRefusesIsStatusOne() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.NONE, null);
    shell.service.refusing = true;

    assertEquals(1, shell.run("flag", key.toString(), "--add", "seen"));

    assertFalse(summary(key).flags().has(Flag.SEEN));
    assertTrue(shell.err.contains("over quota"), shell.err);
  }

  @Test
  void nothingIsChangedWhenOneKeyIsWrong() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "s", Flags.NONE, null);

    assertEquals(1, shell.run("flag", key.toString(), "4711", "--add", "seen"));

    assertFalse(summary(key).flags().has(Flag.SEEN));
  }

  @Test
  void moveAndCopyGoToTheFolderNamed() throws StoreException, IOException {
    Account account = work();
    MessageKey one = shell.mail(inbox(account), "one", Flags.NONE, null);
    MessageKey two = shell.mail(inbox(account), "two", Flags.NONE, null);

    assertEquals(0, shell.run("move", one.toString(), "--to", "work/Gr\u00fc\u00dfe%2Fx/sub", "--offline"), shell.err);
    assertEquals(0, shell.run("copy", two.toString(), "--to", "work/Gr\u00fc\u00dfe%2Fx/sub", "--offline"), shell.err);

    Folder target = shell.folder(account, FolderRole.NONE);
    assertEquals(List.of(two), shell.keys(inbox(account)));
    assertEquals(2, shell.keys(target).size());
    assertTrue(shell.keys(target).contains(one));
  }

  @Test
  void foldersAreMadeRenamedAndDeleted() throws StoreException {
    work();

    assertEquals(0, shell.run("folders", "create", "work/Plans", "--offline"), shell.err);
    assertEquals(0, shell.run("folders", "create", "work/Plans/2027", "--offline"), shell.err);
    assertEquals(0, shell.run("folders", "rename", "work/Plans/2027", "work/2027", "--offline"), shell.err);
    assertEquals(0, shell.run("folders", "delete", "work/Plans", "--offline"), shell.err);

    assertTrue(shell.out.contains("work/Plans") && shell.out.contains("4"), shell.out);
    assertEquals(0, shell.run("folders"));
    assertTrue(shell.out.contains("work/2027") && !shell.out.contains("Plans"), shell.out);
  }

  @Test
  void aFolderWithMessagesGoesOnlyForever() throws StoreException, IOException {
    Account account = work();
    shell.mail(shell.folder(account, FolderRole.NONE), "one", Flags.NONE, null);

    assertEquals(1, shell.run("folders", "delete", "work/Gr\u00fc\u00dfe%2Fx/sub", "--offline"));
    assertTrue(shell.err.contains("--forever"), shell.err);
    assertEquals(0, shell.run("folders", "delete", "work/Gr\u00fc\u00dfe%2Fx/sub", "--forever", "--offline"), shell.err);
  }

  @Test
  void foldersThatCannotBeChangedAreNot() throws StoreException {
    work();

    assertEquals(1, shell.run("folders", "delete", "work/INBOX"));
    assertEquals(1, shell.run("folders", "create", "work/nowhere/new"));
    assertEquals(2, shell.run("folders", "create", "work"));
    assertEquals(2, shell.run("folders", "rename", "work/Trash"));
    assertEquals(2, shell.run("folders", "paint", "work/Trash"));
  }

  @Test
  void foldersOfAMaildropAreMadeHereAndNobodyIsAsked() throws StoreException {
    shell.account("drop", Protocol.POP3);

    assertEquals(0, shell.run("folders", "create", "drop/Plans"), shell.err);
    assertEquals(0, shell.run("folders", "create", "drop/Plans/2027"), shell.err);
    assertEquals(0, shell.run("folders", "rename", "drop/Plans/2027", "drop/2027"), shell.err);
    assertEquals(0, shell.run("folders", "delete", "drop/Plans"), shell.err);

    assertEquals(List.of(), shell.service.requests);
    assertEquals(0, shell.run("folders"));
    assertTrue(shell.out.contains("drop/2027") && !shell.out.contains("Plans"), shell.out);
    assertEquals(1, shell.run("folders", "delete", "drop/Trash"));
    assertEquals(1, shell.run("folders", "unsubscribe", "drop/2027"));
    assertTrue(shell.err.contains("drop/2027"), shell.err);
  }

  @Test
  void changesArePrintedOldestFirst() throws StoreException, IOException {
    Account account = work();
    MessageKey one = shell.mail(inbox(account), "one", Flags.NONE, null);
    shell.run("flag", one.toString(), "--add", "seen", "--offline");
    shell.run("move", one.toString(), "--to", "work/Trash", "--offline");

    assertEquals(0, shell.run("changes", "--json"));

    assertEquals(2, shell.lines().size());
    assertTrue(shell.lines().get(0).contains("\"what\":\"flag\",\"folder\":\"work/INBOX\",\"messages\":1"), shell.out);
    assertTrue(shell.lines().get(1).contains("\"what\":\"move\""), shell.out);
  }

  @Test
  void aMoveToAClosedFolderIsRefused() throws StoreException, IOException {
    MessageKey key = shell.mail(inbox(work()), "one", Flags.NONE, null);

    assertEquals(1, shell.run("move", key.toString(), "--to", "work/closed"));
  }

  @Test
  void aMoveToAnotherAccountIsATransferAndVisitsBoth() throws StoreException, IOException {
    Account work = work();
    Account other = shell.account("home", Protocol.IMAP);
    MessageKey key = shell.mail(inbox(work), "one", Flags.NONE, null);

    assertEquals(0, shell.run("move", key.toString(), "--to", "home/Trash", "--offline"), shell.err);
    assertEquals(List.of(), shell.keys(inbox(work)));
    assertEquals(1, shell.keys(shell.folder(other, FolderRole.TRASH)).size());
    assertEquals(0, shell.run("changes", "--json"));
    assertTrue(shell.out.contains("\"account\":\"home\",\"what\":\"move\",\"folder\":\"work/INBOX\",\"messages\":1"), shell.out);

    MessageKey next = shell.mail(inbox(work), "two", Flags.NONE, null);
    assertEquals(0, shell.run("copy", next.toString(), "--to", "home/Trash"), shell.err);
    assertEquals(List.of(work.id(), other.id()), shell.service.requests.stream().map(SyncRequest::account).distinct().toList());
  }

  @Test
  void deleteMovesToTheTrashAndOnlyForeverEmptiesIt() throws StoreException, IOException {
    Account account = work();
    Folder trash = shell.folder(account, FolderRole.TRASH);
    MessageKey key = shell.mail(inbox(account), "one", Flags.NONE, null);

    assertEquals(0, shell.run("delete", key.toString(), "--offline"));
    assertEquals(List.of(key), shell.keys(trash));
    assertEquals(1, shell.run("delete", key.toString(), "--offline"));
    assertTrue(shell.err.contains("--forever"), shell.err);
    assertEquals(List.of(key), shell.keys(trash));

    assertEquals(0, shell.run("delete", key.toString(), "--forever", "--offline"));
    assertEquals(List.of(), shell.keys(trash));
  }

  @Test
  void deleteDoesWhatTheAccountSays() throws StoreException, IOException {
    Account account = work();
    MessageKey marked = shell.mail(inbox(account), "one", Flags.NONE, null);
    MessageKey gone = shell.mail(inbox(account), "two", Flags.NONE, null);

    shell.update(account.withOptions(account.options().withDeletion(Deletion.MARK)));
    assertEquals(0, shell.run("delete", marked.toString(), "--offline"), shell.err);
    shell.update(account.withOptions(account.options().withDeletion(Deletion.FOR_GOOD)));
    assertEquals(0, shell.run("delete", gone.toString(), "--offline"), shell.err);

    assertEquals(List.of(marked), shell.keys(inbox(account)));
    assertTrue(shell.store.read(r -> r.summaries(List.of(marked))).get(0).flags().has(Flag.DELETED));
    assertEquals(List.of(), shell.keys(shell.folder(account, FolderRole.TRASH)));
  }

  @Test
  void foreverWinsOverWhatTheAccountSays() throws StoreException, IOException {
    Account account = work();
    MessageKey gone = shell.mail(inbox(account), "one", Flags.NONE, null);
    shell.update(account.withOptions(account.options().withDeletion(Deletion.MARK)));

    assertEquals(0, shell.run("delete", gone.toString(), "--forever", "--offline"), shell.err);

    assertEquals(List.of(), shell.keys(inbox(account)));
  }

  @Test
  void changesInALocalFolderNeedNoServer() throws StoreException, IOException {
    Account account = shell.account("home", Protocol.POP3);
    MessageKey key = shell.mail(inbox(account), "one", Flags.NONE, "x");

    assertEquals(0, shell.run("delete", key.toString()));

    assertEquals(List.of(key), shell.keys(shell.folder(account, FolderRole.TRASH)));
    assertEquals(List.of(), shell.service.requests);
  }

  @Test
  void exportWritesOneFileForEachMessageUnderASafeName() throws StoreException, IOException {
    Folder inbox = inbox(work());
    MessageKey evil = shell.mail(inbox, "../../etc/pass:wd\u202e\u0000", Flags.NONE, "From: x\r\n\r\none");
    MessageKey nameless = shell.mail(inbox, "", Flags.NONE, "two");
    MessageKey endless = shell.mail(inbox, "\u00e4".repeat(500), Flags.NONE, "three");
    Path to = folder.resolve("mail");

    assertEquals(0, shell.run("export", "--folder", "work/INBOX", "--to", to.toString(), "--format", "eml"), shell.err);
    assertEquals(0, shell.run("export", "--folder", "work/INBOX", "--to", to.toString(), "--format", "eml"), shell.err);

    try (var files = Files.list(to)) {
      assertEquals(Set.of("2026-11-23 .._.._etc_pass_wd " + evil + ".eml", "2026-11-23 .._.._etc_pass_wd " + evil + " (2).eml",
          "2026-11-23 " + nameless + ".eml", "2026-11-23 " + nameless + " (2).eml",
          "2026-11-23 " + "\u00e4".repeat(50) + " " + endless + ".eml", "2026-11-23 " + "\u00e4".repeat(50) + " " + endless + " (2).eml"),
          Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
    }
    assertEquals("From: x\r\n\r\none", Files.readString(to.resolve("2026-11-23 .._.._etc_pass_wd " + evil + ".eml")));
  }

  @Test
  void exportWritesMboxrdThatCanBeUndone() throws StoreException, IOException {
    Folder inbox = inbox(work());
    shell.mail(inbox, "one", Flags.NONE, "Subject: one\r\n\r\nFrom here\r\n>From there\r\n> From not\r\nFro\r\nFrom\r\n>>From x");
    shell.mail(inbox, "two", Flags.NONE, "Subject: two\r\n\r\nlone\rcr\n");
    Path to = folder.resolve("mail.mbox");

    assertEquals(0, shell.run("export", "--folder", "work/INBOX", "--to", to.toString(), "--format", "mbox", "--json"), shell.err);

    assertEquals("From ann@example.org Mon Nov 23 08:00:01 2026\nSubject: one\n\n>From here\n>>From there\n> From not\nFro\nFrom\n>>>From x\n\n"
        + "From ann@example.org Mon Nov 23 08:00:02 2026\nSubject: two\n\nlone\rcr\n\n", Files.readString(to));
    assertEquals("{\"exported\":2,\"missing\":0,\"to\":\"" + to + "\"}\n", shell.out);
    assertEquals(1, shell.run("export", "--folder", "work/INBOX", "--to", to.toString(), "--format", "mbox"), "never overwrites");
  }

  @Test
  void exportGoesOnWithoutAMessageTheServerLost() throws StoreException, IOException {
    Folder inbox = inbox(work());
    MessageKey lost = shell.mail(inbox, "lost", Flags.NONE, null);
    shell.mail(inbox, "here", Flags.NONE, "x");
    Path to = folder.resolve("mail");

    assertEquals(1, shell.run("export", "--folder", "work/INBOX", "--to", to.toString(), "--format", "eml", "--json"));

    assertEquals("{\"exported\":1,\"missing\":1,\"to\":\"" + to + "\"}\n", shell.out);
    assertTrue(shell.err.contains(lost.toString()), shell.err);
  }

  @Test
  void anExportThatBreaksLeavesNoMbox() throws StoreException, IOException {
    shell.mail(inbox(work()), "one", Flags.NONE, "x");
    shell.monitor.setCanceled(true);

    assertEquals(1, shell.run("export", "--folder", "work/INBOX", "--to", folder.resolve("m").toString(), "--format", "mbox"));

    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void checkOfASoundStoreIsDone() {
    assertEquals(0, shell.run("check", "--json"));
    assertEquals("{\"findings\":0}\n", shell.out);
  }

  @Test
  void checkPrintsWhatIsWrong() {
    assertEquals(1, shell.run(new Stubborn(new StoreState.Open(folder)), "check"));
    assertEquals("folder 1: total is wrong\n", shell.out);
    assertEquals(1, shell.err.lines().count());
  }

  @Test
  void aStoreInUseIsStatusFourAndNamesTheHolder() {
    assertEquals(4, shell.run(new Stubborn(new StoreState.InUse(folder, "Heliogram (process 4711)")), "folders"));
    assertTrue(shell.err.contains("process 4711"), shell.err);
  }

  @Test
  void aStoreThatCannotBeOpenedIsStatusOne() {
    assertEquals(1, shell.run(new Stubborn(new StoreState.Failed(folder, "no such device")), "folders"));
    assertTrue(shell.err.contains("no such device"), shell.err);
  }

  @Test
  void aDamagedOrLostStoreIsSaidSoAndReadOn() {
    assertEquals(0, shell.run(new Stubborn(new StoreState.Damaged(folder, "bad page", folder.resolve("kept"))), "accounts"));
    assertTrue(shell.err.contains("kept"), shell.err);
    assertEquals(0, shell.run(new Stubborn(new StoreState.Lost(folder)), "accounts"));
    assertEquals(1, shell.err.lines().count());
  }

  /** The store of the shell, in another state. */
  private final class Stubborn implements MailStore {
    private final StoreState state;

    Stubborn(StoreState state) {
      this.state = state;
    }

    @Override
    public StoreState open() {
      return state;
    }

    @Override
    public StoreState state() {
      return state;
    }

    @Override
    public <T> T read(Work<StoreReader, T> work) throws StoreException {
      return shell.store.read(work);
    }

    @Override
    public <T> T write(Work<StoreWriter, T> work) throws StoreException {
      return shell.store.write(work);
    }

    @Override
    public StagedBody stage(java.io.InputStream content, BodyState bodyState) throws IOException {
      return shell.store.stage(content, bodyState);
    }

    @Override
    public Subscription subscribe(java.util.function.Consumer<StoreChange> listener) {
      return shell.store.subscribe(listener);
    }

    @Override
    public List<Finding> check(IProgressMonitor monitor) {
      return List.of(new Finding("folder 1: total is wrong"));
    }

    @Override
    public long compact(IProgressMonitor monitor) {
      return 0;
    }
  }
}
