/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promise of {@link Backend}, tried on a server whose INBOX is empty before each case. Cases a server has no feature for are skipped. */
public abstract class BackendContract {
  protected final NullProgressMonitor monitor = new NullProgressMonitor();
  private Backend backend;
  private RemoteFolder inbox;

  /** A connection of its own, signed in. */
  protected abstract Backend open() throws Exception;

  /** A message arrives in INBOX, with the given name as Subject and {@code <name@example.org>} as Message-ID, "Text of name" as text. */
  protected abstract void deliver(String name) throws Exception;

  /** The name of another folder that is there and empty, on servers with {@link Feature#FOLDERS}. */
  protected abstract String otherFolder();

  @BeforeEach
  void connect() throws Exception {
    backend = open();
    inbox = backend.folders(monitor).stream().filter(f -> f.role() == FolderRole.INBOX).findFirst().orElseThrow();
  }

  @AfterEach
  void disconnect() {
    backend.close();
  }

  /** Collects what is fetched. */
  private static final class Basket implements Sink {
    final List<RemoteId> order = new ArrayList<>();
    final Map<RemoteId, FetchedMessage> envelopes = new HashMap<>();
    final Map<RemoteId, String> bodies = new HashMap<>();
    final Map<RemoteId, BodyState> states = new HashMap<>();
    final List<RemoteId> gone = new ArrayList<>();

    @Override
    public void envelope(FetchedMessage message) {
      order.add(message.id());
      envelopes.put(message.id(), message);
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
      order.add(id);
      states.put(id, state);
      bodies.put(id, new String(content.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void gone(RemoteId id) {
      gone.add(id);
    }
  }

  private News news(Known known) throws Exception {
    return backend.news(inbox, known, monitor);
  }

  private static Known after(News news) {
    var known = new HashMap<RemoteId, Flags>();
    news.states().forEach(s -> known.put(s.id(), s.flags().orElse(Flags.NONE)));
    return Known.of(Optional.of(news.cursor()), known);
  }

  private static List<RemoteId> ids(News news) {
    return news.states().stream().map(RemoteState::id).toList();
  }

  private Basket fetch(News news, List<RemoteId> ids, Depth depth) throws Exception {
    var basket = new Basket();
    backend.fetch(inbox, news.cursor(), ids, depth, basket, monitor);
    return basket;
  }

  @Test
  void theInboxCanBeOpened() {
    assertTrue(inbox.selectable());
    assertTrue(backend.alive());
  }

  @Test
  void anEmptyFolderListsNothing() throws Exception {
    assertEquals(List.of(), news(Known.NOTHING).states());
  }

  @Test
  void allThatIsThereIsListedNewestFirst() throws Exception {
    deliver("one");
    deliver("two");
    News news = news(Known.NOTHING);

    assertTrue(news.complete());
    assertFalse(news.renumbered());
    assertEquals(2, news.states().size());
    Basket basket = fetch(news, ids(news), Depth.WHOLE);
    assertTrue(basket.bodies.get(ids(news).get(0)).contains("Text of two"), basket.bodies.toString());
  }

  @Test
  void whatIsKnownKeepsItsId() throws Exception {
    deliver("one");
    Known known = after(news(Known.NOTHING));
    deliver("two");

    News news = news(known);

    assertFalse(news.renumbered());
    Set<RemoteId> had = known.messages().keySet();
    List<RemoteId> fresh = ids(news).stream().filter(id -> !had.contains(id)).toList();
    assertEquals(1, fresh.size());
    if (news.complete()) {
      assertTrue(ids(news).containsAll(known.messages().keySet()));
    }
    assertEquals(List.of(), news.vanished());
  }

  @Test
  void idsOutliveTheConnection() throws Exception {
    deliver("one");
    Known known = after(news(Known.NOTHING));

    backend.close();
    assertFalse(backend.alive());
    connect();

    News news = news(known);
    assertFalse(news.renumbered());
    assertTrue(known.messages().keySet().containsAll(ids(news)));
  }

  @Test
  void envelopesComeInTheOrderAsked() throws Exception {
    assumeTrue(inbox.keeping() == Keeping.MIRRORED, "a maildrop has no summaries of its own");
    deliver("one");
    deliver("two");
    deliver("three");
    News news = news(Known.NOTHING);

    Basket basket = fetch(news, ids(news), Depth.ENVELOPE);

    assertEquals(ids(news), basket.order);
    String header = new String(basket.envelopes.get(ids(news).get(0)).header(), StandardCharsets.UTF_8);
    assertTrue(header.contains("<three@example.org>"), header);
    assertTrue(basket.envelopes.get(ids(news).get(0)).sizeInBytes() > 0);
  }

  @Test
  void wholeBodiesAreWholeWithCrlf() throws Exception {
    deliver("one");
    News news = news(Known.NOTHING);

    Basket basket = fetch(news, ids(news), Depth.WHOLE);

    String text = basket.bodies.get(ids(news).get(0));
    assertEquals(BodyState.WHOLE, basket.states.get(ids(news).get(0)));
    assertTrue(text.contains("Message-ID: <one@example.org>\r\n") || text.contains("Message-Id: <one@example.org>\r\n"), text);
    assertTrue(text.contains("\r\n\r\nText of one"), text);
    assertFalse(text.replace("\r\n", "").contains("\n"));
  }

  @Test
  void theMonitorIsWorkedByMessages() throws Exception {
    deliver("one");
    deliver("two");
    News news = news(Known.NOTHING);
    double[] worked = {0};
    var counting = new NullProgressMonitor() {
      @Override
      public void worked(int work) {
        worked[0] += work;
      }

      @Override
      public void internalWorked(double work) {
        worked[0] += work;
      }
    };

    backend.fetch(inbox, news.cursor(), ids(news), Depth.WHOLE, new Basket(), counting);

    assertEquals(2, worked[0], 0.01);
  }

  @Test
  void cancellingEndsWithACancellation() throws Exception {
    deliver("one");
    News news = news(Known.NOTHING);
    var cancelled = new NullProgressMonitor();
    cancelled.setCanceled(true);

    assertThrows(OperationCanceledException.class,
        () -> backend.fetch(inbox, news.cursor(), ids(news), Depth.WHOLE, new Basket(), cancelled));
  }

  private RemoteFolder other() throws MailException {
    assumeTrue(backend.features().contains(Feature.FOLDERS), "this server keeps no folders");
    return backend.folders(monitor).stream().filter(f -> f.path().text().equals(otherFolder())).findFirst().orElseThrow();
  }

  @Test
  void flagsAreStored() throws Exception {
    assumeTrue(backend.features().contains(Feature.FLAGS), "this server keeps no flags");
    deliver("one");
    News news = news(Known.NOTHING);

    backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news), FlagChange.set(Flag.FLAGGED, Flag.SEEN)), monitor);
    backend.perform(new RemoteOperation.Store(inbox, news.cursor(), ids(news), FlagChange.clear(Flag.SEEN)), monitor);

    assertEquals(Optional.of(Set.of(Flag.FLAGGED.imapName())), news(after(news)).states().stream().findFirst()
        .flatMap(RemoteState::flags).map(f -> Set.copyOf(f.imapNames())));
  }

  @Test
  void aMovedMessageIsThereAndNotHere() throws Exception {
    RemoteFolder other = other();
    deliver("one");
    News news = news(Known.NOTHING);

    Map<RemoteId, RemoteId> receipt = backend.perform(new RemoteOperation.Move(inbox, news.cursor(), ids(news), other), monitor);

    News there = backend.news(other, Known.NOTHING, monitor);
    assertEquals(1, there.states().size());
    if (backend.features().contains(Feature.RECEIPTS)) {
      assertEquals(Map.of(ids(news).get(0), ids(there).get(0)), receipt);
    }
    assertEquals(ids(there), backend.find(other, "<one@example.org>", monitor));
    assertEquals(List.of(), backend.find(other, "<two@example.org>", monitor));
    assertTrue(news(after(news)).states().stream().allMatch(s -> s.flags().orElseThrow().has(Flag.DELETED)));
    backend.perform(new RemoteOperation.Expunge(other, there.cursor(), ids(there)), monitor);
  }

  @Test
  void aCopyIsInBothFolders() throws Exception {
    RemoteFolder other = other();
    deliver("one");
    News news = news(Known.NOTHING);

    backend.perform(new RemoteOperation.Copy(inbox, news.cursor(), ids(news), other), monitor);

    News there = backend.news(other, Known.NOTHING, monitor);
    assertEquals(1, there.states().size());
    assertEquals(1, news(after(news)).states().size());
    backend.perform(new RemoteOperation.Expunge(other, there.cursor(), ids(there)), monitor);
  }

  @Test
  void aMessageThatIsGoneIsReported() throws Exception {
    assumeTrue(backend.features().contains(Feature.FOLDERS), "this server keeps no folders");
    deliver("one");
    deliver("two");
    News news = news(Known.NOTHING);
    RemoteId gone = ids(news).get(1);
    backend.perform(new RemoteOperation.Expunge(inbox, news.cursor(), List.of(gone)), monitor);
    assumeTrue(!ids(news(Known.NOTHING)).contains(gone), "this server keeps what it was told to delete, only marked");

    Basket basket = fetch(news, ids(news), Depth.WHOLE);

    assertEquals(List.of(gone), basket.gone);
    assertEquals(List.of(ids(news).get(0)), basket.order);
  }

  private record Letter(byte[] octets) implements Body {
    Letter(String name) {
      this(("From: a@example.org\r\nSubject: " + name + "\r\nMessage-ID: <" + name + "@example.org>\r\n\r\nText of " + name + "\r\n")
          .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long sizeInBytes() {
      return octets.length;
    }

    @Override
    public BodyState state() {
      return BodyState.WHOLE;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }
  }

  private static List<Upload> uploads(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Upload(new Letter("up" + i), i % 2 == 0 ? Flags.of(Flag.SEEN, Flag.FLAGGED) : Flags.NONE,
        Instant.parse("2020-02-29T12:00:00Z").plusSeconds(i))).toList();
  }

  @Test
  void whatIsPutThereIsThereWithFlagsAndTimeAndEveryByte() throws Exception {
    RemoteFolder other = other();
    News before = backend.news(other, Known.NOTHING, monitor);
    List<Upload> uploads = uploads(5);
    var receipts = new TreeMap<Integer, Optional<RemoteId>>();

    backend.append(other, Optional.of(before.cursor()), uploads, receipts::put, monitor);

    News there = backend.news(other, Known.NOTHING, monitor);
    assertEquals(5, there.states().size());
    assertEquals(Set.of(0, 1, 2, 3, 4), receipts.keySet());
    var envelopes = new Basket();
    backend.fetch(other, there.cursor(), ids(there), Depth.ENVELOPE, envelopes, monitor);
    var wholes = new Basket();
    backend.fetch(other, there.cursor(), ids(there), Depth.WHOLE, wholes, monitor);
    for (int i = 0; i < 5; i++) {
      RemoteId id = backend.find(other, "<up" + i + "@example.org>", monitor).get(0);
      assertEquals(backend.features().contains(Feature.RECEIPTS) ? Optional.of(id) : Optional.empty(), receipts.get(i));
      assertEquals(uploads.get(i).received(), envelopes.envelopes.get(id).received());
      assertEquals(uploads.get(i).flags(), envelopes.envelopes.get(id).flags());
      assertEquals(new String(((Letter) uploads.get(i).content()).octets(), StandardCharsets.UTF_8), wholes.bodies.get(id));
    }
    backend.perform(new RemoteOperation.Expunge(other, there.cursor(), ids(there)), monitor);
  }

  @Test
  void aFolderThatIsNotThereTakesNothing() throws Exception {
    assumeTrue(backend.features().contains(Feature.FOLDERS), "this server keeps no folders");
    RemoteFolder nowhere = other().renamed("Nowhere", FolderPath.of("Nowhere"));

    assertThrows(MailException.Refused.class, () -> backend.append(nowhere, Optional.empty(), uploads(3), (index, id) -> fail("stored " + index), monitor));

    assertTrue(backend.alive());
  }

  @Test
  void aMaildropTakesNothing() throws Exception {
    assumeTrue(!backend.features().contains(Feature.FOLDERS), "this is none");

    assertThrows(MailException.Refused.class, () -> backend.append(inbox, Optional.empty(), uploads(1), (index, id) -> fail("stored " + index), monitor));
  }
}
