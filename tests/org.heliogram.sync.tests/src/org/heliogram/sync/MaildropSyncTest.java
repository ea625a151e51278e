/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.MailException.Unreachable;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.Leaving;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.op.Operation;
import org.heliogram.core.service.Purpose;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.Query;
import org.heliogram.testing.FakeClock;
import org.heliogram.testing.InMemoryCredentials;
import org.heliogram.testing.InMemoryMailStore;
import org.heliogram.testing.ModelMaildrop;
import org.heliogram.testing.PlainCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MaildropSyncTest {
  private static final NullProgressMonitor MONITOR = new NullProgressMonitor();
  private final ModelMaildrop drop = new ModelMaildrop();
  private final Device device = new Device("one");

  MaildropSyncTest() throws Exception {} // a device may fail to be made

  /** A machine with a store and an account on the maildrop. */
  private final class Device {
    final MailStore store = new InMemoryMailStore();
    final FakeClock clock = new FakeClock(Instant.parse("2026-11-23T08:00:00Z"));
    final InMemoryCredentials credentials = new InMemoryCredentials();
    final List<Map.Entry<FolderKey, Integer>> told = new ArrayList<>();
    Account account;

    Device(String label) throws Exception {
      account = add(label);
    }

    Account add(String label) throws Exception {
      var made = new Account(AccountId.create(), label, "", label + "@example.org", Protocol.POP3,
          new Endpoint("localhost", 110, Security.NONE, label), Optional.empty(), AccountOptions.DEFAULT);
      credentials.put(made.id(), Purpose.INCOMING, new Credentials("secret"));
      store.<Void>write(w -> {
        w.put(made);
        w.folders(made.id(), List.of(ModelMaildrop.INBOX, ModelMaildrop.KEPT));
        return null;
      });
      return made;
    }

    void leaves(Leaving leaving, int days) throws Exception {
      options(account.options().maildrop().withLeaving(leaving, days));
    }

    void options(MaildropOptions options) throws Exception {
      account = account.withOptions(account.options().withMaildrop(options));
      store.<Void>write(w -> {
        w.put(account);
        return null;
      });
    }

    MaildropSync.Result syncs() throws Exception {
      return syncs(Optional.empty());
    }

    MaildropSync.Result syncs(Optional<SyncRequest.Renumbered> decided) throws Exception {
      Backend.Factory factory = (any, secret, monitor) -> drop.open();
      var connection = new Connection(account, Map.of("pop3", factory), credentials);
      return new MaildropSync(store, new PlainCodec(), connection, Course.ALONE, clock, (inbox, maildrop, ids) -> told.add(Map.entry(inbox, ids.size()))).run(folder("INBOX"), decided, MONITOR);
    }

    FolderKey folder(String name) throws Exception {
      return folder(account, name);
    }

    FolderKey folder(Account of, String name) throws Exception {
      return store.read(r -> r.folders(of.id())).stream().filter(f -> f.path().text().equals(name)).map(Folder::key).findFirst().orElseThrow();
    }

    List<MessageSummary> rows() throws Exception {
      return rows(folder("INBOX"));
    }

    List<MessageSummary> rows(FolderKey folder) throws Exception {
      return store.read(r -> r.summaries(r.list(Query.newestFirst(folder))));
    }

    MessageSummary row(String subject) throws Exception {
      return rows().stream().filter(row -> row.subject().equals(subject)).findFirst().orElseThrow();
    }

    void performs(Operation operation) throws Exception {
      store.write(w -> w.enqueue(operation));
    }
  }

  private void fill(int from, int to) {
    IntStream.range(from, to).forEach(i -> drop.mail("u" + i, "mail " + i));
  }

  private boolean there(String subject) throws Exception {
    MessageKey key = device.row(subject).key();
    return device.store.read(r -> r.serverCopy(key)).orElseThrow().there();
  }

  @Test
  void mailIsTakenOnceAndStays() throws Exception {
    fill(0, 30);

    assertEquals(30, device.syncs().added());
    assertEquals(0, device.syncs().added());

    assertEquals(30, device.rows().size());
    assertEquals(30, drop.fetched.size());
    assertEquals(30, drop.mails.size());
    assertTrue(there("mail 3"));
  }

  @Test
  void newMailIsToldAfterTheFirstTimeAndBeforeAnythingIsDeleted() throws Exception {
    device.leaves(Leaving.UNTIL_TAKEN, 14);
    fill(0, 3);
    device.syncs();
    assertEquals(List.of(), device.told);
    fill(3, 5);
    drop.atEnd = Optional.of(new Unreachable(Unreachable.Reason.BROKEN, "cut", null));

    assertThrows(Unreachable.class, device::syncs);

    assertEquals(List.of(Map.entry(device.folder("INBOX"), 2)), device.told);
  }

  @Test
  void trap78WhatIsDurableIsDeletedWhenItMayBe() throws Exception {
    device.leaves(Leaving.UNTIL_TAKEN, 14);
    fill(0, 5);

    assertEquals(5, device.syncs().removed());

    assertEquals(List.of(), drop.ids());
    assertEquals(5, device.rows().size());
    assertFalse(there("mail 3"));
  }

  @Test
  void trap77WithoutAWordAtTheEndNothingCountsAsDeleted() throws Exception {
    device.leaves(Leaving.UNTIL_TAKEN, 14);
    fill(0, 5);
    drop.atEnd = Optional.of(new Unreachable(Unreachable.Reason.BROKEN, "cut", null));

    assertThrows(Unreachable.class, device::syncs);
    assertTrue(there("mail 3"));
    assertEquals(5, drop.mails.size());
    drop.atEnd = Optional.empty();
    device.syncs();

    assertEquals(List.of(), drop.ids());
    assertEquals(5, device.rows().size());
    assertEquals(5, drop.fetched.size(), "nothing came twice");
  }

  @Test
  void aBrokenSessionKeepsWhatCameAndGoesOn() throws Exception {
    device.leaves(Leaving.UNTIL_TAKEN, 14);
    fill(0, 50);
    drop.breaksAfter = 33;

    assertThrows(Unreachable.class, device::syncs);
    assertEquals(33, device.rows().size());
    assertEquals(50, drop.mails.size(), "nothing is deleted in a session that broke");
    device.syncs();

    assertEquals(50, device.rows().size());
    assertEquals(50, new HashSet<>(drop.fetched).size());
    assertEquals(50, drop.fetched.size());
    assertEquals(List.of(), drop.ids());
  }

  @Test
  void trap83WhatVanishedOnTheServerStaysHere() throws Exception {
    fill(0, 20);
    device.syncs();

    drop.mails.clear();
    device.syncs();

    assertEquals(20, device.rows().size());
  }

  @Test
  void trap85UntilItIsDeletedHereOrMoved() throws Exception {
    device.leaves(Leaving.UNTIL_DELETED, 14);
    fill(0, 3);
    device.syncs();
    assertEquals(List.of("u0", "u1", "u2"), drop.ids());

    device.performs(new Operation.Delete(device.account.id(), List.of(device.row("mail 0").key())));
    device.performs(new Operation.Move(device.account.id(), List.of(device.row("mail 1").key()), device.folder("Kept")));
    device.syncs();

    assertEquals(List.of("u2"), drop.ids());
  }

  @Test
  void trap84DaysGoByAndFlaggedMailStays() throws Exception {
    device.leaves(Leaving.SOME_DAYS, 4);
    fill(0, 2);
    device.syncs();
    device.performs(new Operation.ChangeFlags(device.account.id(), List.of(device.row("mail 0").key()), FlagChange.set(Flag.FLAGGED)));
    for (int hours = 0; hours < 90; hours += 10) {
      device.clock.advance(Duration.ofHours(10));
      device.syncs();
      assertEquals(2, drop.mails.size());
    }

    device.clock.advance(Duration.ofHours(10));
    device.syncs();

    assertEquals(List.of("u0"), drop.ids());
  }

  @Test
  void trap84ClocksThatJumpDeleteNothing() throws Exception {
    device.leaves(Leaving.SOME_DAYS, 1);
    fill(0, 40);
    device.syncs();

    for (int years : new int[] {10, -30, 20, -1, 5}) {
      device.clock.advance(Duration.ofDays(365L * years));
      device.syncs();
    }

    assertEquals(40, drop.mails.size());
  }

  @Test
  void trap80AnIdGivenAgainIsAnotherMessage() throws Exception {
    device.leaves(Leaving.EVERYTHING, 14);
    drop.mail("u0", "old");
    device.syncs();
    drop.mails.clear();
    drop.mail("u0", "brand new");

    device.syncs();

    assertEquals(Set.of("old", "brand new"), new HashSet<>(device.rows().stream().map(MessageSummary::subject).toList()));
    device.syncs();
    assertEquals(2, device.rows().size());
  }

  @Test
  void aSizeThatIsCountedOtherwiseIsNoOtherMessage() throws Exception {
    drop.mail("u0", "same");
    device.syncs();
    var mail = drop.mails.remove(0);
    drop.mails.add(new ModelMaildrop.Mail(mail.id(), mail.content(), mail.sizeInBytes() + 7));

    device.syncs();

    assertEquals(1, device.rows().size());
    assertEquals(1, drop.fetched.size());
    device.leaves(Leaving.UNTIL_TAKEN, 14);
    device.syncs();
    assertEquals(List.of(), drop.ids());
  }

  @Test
  void trap80AServerThatRenumbersEverythingIsRecognisedByHeaders() throws Exception {
    device.leaves(Leaving.UNTIL_DELETED, 14);
    fill(0, 40);
    device.syncs();
    renumber("v");
    drop.mail("new", "quite new");

    device.syncs();

    assertEquals(41, device.rows().size());
    assertEquals(41, drop.fetched.size());
    device.performs(new Operation.Delete(device.account.id(), List.of(device.row("mail 7").key())));
    device.syncs();
    assertFalse(drop.ids().contains("vu7"), "deleted under its new name");
    assertEquals(40, drop.mails.size());
  }

  private void renumber(String prefix) {
    drop.mails.replaceAll(mail -> new ModelMaildrop.Mail(prefix + mail.id(), mail.content(), mail.sizeInBytes()));
  }

  @Test
  void trap81AMessageThatIsListedUnderAnotherNameForOnceIsStillKnown() throws Exception {
    fill(0, 20);
    device.syncs();
    var mail = drop.mails.remove(4);
    drop.mails.add(new ModelMaildrop.Mail("header-1234", mail.content(), mail.sizeInBytes()));
    device.syncs();
    drop.mails.set(19, mail);
    drop.mail("next", "next");

    device.syncs();

    assertEquals(21, device.rows().size());
    assertEquals(21, drop.fetched.size());
    assertTrue(there("mail 4"));
  }

  @Test
  void mailThatWasTakenAwayByOthersIsNoRenumbering() throws Exception {
    fill(0, 40);
    device.syncs();
    drop.mails.clear();
    fill(100, 140);

    device.syncs();

    assertEquals(80, device.rows().size());
  }

  @Test
  void trap80WhereNothingProvesAnythingTheUserIsAsked() throws Exception {
    fill(0, 40);
    device.syncs();
    renumber("v");
    drop.top = false;

    var asked = assertThrows(MailException.Renumbered.class, device::syncs);

    assertEquals(40, asked.unknown());
    assertEquals(40, asked.known());
    assertEquals(40, device.rows().size());
    device.syncs(Optional.of(SyncRequest.Renumbered.KNOWN));
    assertEquals(40, device.rows().size());
    assertEquals(40, drop.fetched.size());
    drop.mail("later", "later");
    assertEquals(1, device.syncs().added());
  }

  @Test
  void theUserMayHaveItAllAgain() throws Exception {
    fill(0, 40);
    device.syncs();
    renumber("v");
    drop.top = false;

    device.syncs(Optional.of(SyncRequest.Renumbered.NEW));

    assertEquals(80, device.rows().size());
  }

  @Test
  void sameMessageIdsUnderOtherHeadersAreDoubtful() throws Exception {
    fill(0, 40);
    device.syncs();
    drop.mails.replaceAll(mail -> new ModelMaildrop.Mail("v" + mail.id(), "X-Moved: yes\r\n" + mail.content(), mail.sizeInBytes() + 14));

    assertThrows(MailException.Renumbered.class, device::syncs);
    device.syncs(Optional.of(SyncRequest.Renumbered.KNOWN));

    assertEquals(40, device.rows().size());
    assertTrue(there("mail 9"));
  }

  @Test
  void trap86AMaildropThatShowsItselfInBatchesIsReadToItsEnd() throws Exception {
    drop.batch = 250;
    fill(0, 690);

    assertEquals(690, device.syncs().added());

    assertEquals(690, device.rows().size());
    assertEquals(3, drop.sessions);
  }

  @Test
  void largeMessagesComeInPartAndAreNotDeletedBefore() throws Exception {
    device.options(new MaildropOptions(Leaving.UNTIL_TAKEN, 14, 1_000, Optional.empty()));
    drop.mail("small", "small").mail("big", "big", "x".repeat(5_000));

    device.syncs();

    assertEquals(BodyState.PARTIAL, device.row("big").body());
    assertEquals(BodyState.WHOLE, device.row("small").body());
    assertEquals(List.of("big"), drop.ids());
    whole("big");
    assertEquals(BodyState.WHOLE, device.row("big").body());
    device.syncs();
    assertEquals(List.of(), drop.ids());
  }

  private void whole(String subject) throws Exception {
    Backend.Factory factory = (any, secret, monitor) -> drop.open();
    var connection = new Connection(device.account, Map.of("pop3", factory), device.credentials);
    MessageKey key = device.row(subject).key();
    var located = device.store.read(r -> r.locate(List.of(key))).get(0);
    new BodyFetch(device.store, new PlainCodec(), connection, Course.ALONE, device.clock).one(located, MONITOR);
  }

  @Test
  void whatComesLaterUnderTheIdOfALargeMessageIsNotIt() throws Exception {
    device.options(device.account.options().maildrop().withHeadersOver(1_000));
    drop.mail("big", "big", "x".repeat(5_000));
    device.syncs();
    drop.mails.clear();
    drop.mail("big", "other", "y".repeat(6_000));

    assertThrows(MailException.Refused.class, () -> whole("big"));

    assertEquals(BodyState.PARTIAL, device.row("big").body());
  }

  @Test
  void trap87WithoutTopLargeMessagesComeWhole() throws Exception {
    device.options(device.account.options().maildrop().withHeadersOver(1_000));
    drop.top = false;
    drop.mail("big", "big", "x".repeat(5_000));

    device.syncs();

    assertEquals(BodyState.WHOLE, device.row("big").body());
  }

  @Test
  void severalMaildropsMayShareAnInbox() throws Exception {
    Account host = device.add("host");
    device.options(new MaildropOptions(Leaving.UNTIL_DELETED, 14, 1_000_000, Optional.of(host.id())));
    fill(0, 3);

    device.syncs();

    FolderKey shared = device.folder(host, "INBOX");
    assertEquals(3, device.rows(shared).size());
    assertEquals(List.of(), device.rows());
    assertEquals(3, drop.mails.size());
    device.performs(new Operation.Delete(host.id(), List.of(device.rows(shared).get(0).key())));
    device.syncs();
    assertEquals(2, drop.mails.size());
    device.store.<Void>write(w -> {
      w.remove(host.id());
      return null;
    });
    drop.mail("next", "next");
    device.syncs();
    assertEquals(List.of("next"), device.rows().stream().map(MessageSummary::subject).toList());
    assertEquals(3, drop.mails.size(), "what went with the other account was not deleted by the user");
  }

  @Test
  void trap90EachOfTwoDevicesGetsWhatIsThereAndNeitherLosesWhatItHas() throws Exception {
    Device other = new Device("two");
    other.leaves(Leaving.UNTIL_TAKEN, 14);
    fill(0, 20);
    device.syncs();
    fill(20, 25);

    other.syncs();
    device.syncs();
    fill(25, 30);
    device.syncs();
    other.syncs();

    assertEquals(List.of(), drop.ids());
    assertEquals(30, other.rows().size());
    assertEquals(25, device.rows().size(), "five were taken before this one looked");
  }
}
