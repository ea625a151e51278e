/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.junit.jupiter.api.Test;

class DemoBackendTest {
  private final DemoBackend backend = new DemoBackend();

  /** Keeps what comes. */
  private static final class Kept implements Sink {
    final List<FetchedMessage> envelopes = new ArrayList<>();
    final Map<RemoteId, byte[]> bodies = new HashMap<>();
    final List<RemoteId> gone = new ArrayList<>();

    @Override
    public void envelope(FetchedMessage message) {
      envelopes.add(message);
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) throws IOException {
      assertEquals(BodyState.WHOLE, state);
      bodies.put(id, content.readAllBytes());
    }

    @Override
    public void gone(RemoteId id) {
      gone.add(id);
    }
  }

  private List<RemoteId> ids(RemoteFolder folder) {
    return backend.news(folder, Known.NOTHING, new NullProgressMonitor()).states().stream().map(RemoteState::id).toList();
  }

  private Kept fetch(RemoteFolder folder, List<RemoteId> ids, Depth depth) throws Exception {
    var kept = new Kept();
    var cursor = backend.news(folder, Known.NOTHING, new NullProgressMonitor()).cursor();
    backend.fetch(folder, cursor, ids, depth, kept, new NullProgressMonitor());
    return kept;
  }

  private static RemoteFolder folder(FolderRole role) {
    return DemoMailbox.FOLDERS.stream().filter(folder -> folder.role() == role).findFirst().orElseThrow();
  }

  @Test
  void everyMessageIsInAFolderThatIsDelivered() {
    var seen = new HashSet<RemoteId>();

    for (RemoteFolder folder : backend.folders(new NullProgressMonitor())) {
      List<RemoteId> ids = ids(folder);
      assertTrue(ids.isEmpty() || folder.keeping() == Keeping.DELIVERED && folder.selectable(), folder.name());
      seen.addAll(ids);
    }

    assertTrue(seen.size() >= 35, "messages: " + seen.size());
  }

  @Test
  void theSameMessagesComeEveryTime() throws Exception {
    RemoteFolder inbox = folder(FolderRole.INBOX);

    Kept first = fetch(inbox, ids(inbox), Depth.WHOLE);
    Kept second = fetch(inbox, ids(inbox), Depth.WHOLE);

    assertEquals(first.bodies.keySet(), second.bodies.keySet());
    first.bodies.forEach((id, bytes) -> assertArrayEquals(bytes, second.bodies.get(id), id.value()));
  }

  @Test
  void someMessagesComeReadAndSomeUnread() {
    var states = backend.news(folder(FolderRole.INBOX), Known.NOTHING, new NullProgressMonitor()).states();

    long read = states.stream().filter(state -> state.flags().orElseThrow().has(Flag.SEEN)).count();

    assertTrue(read > 3 && read < states.size() - 3, read + " of " + states.size());
  }

  @Test
  void messagesAreListedNewestFirst() throws Exception {
    RemoteFolder inbox = folder(FolderRole.INBOX);

    List<Instant> dates = fetch(inbox, ids(inbox), Depth.ENVELOPE).envelopes.stream().map(FetchedMessage::received).toList();

    assertEquals(dates.stream().sorted(java.util.Comparator.reverseOrder()).toList(), dates);
  }

  @Test
  void everyMessageHasAHeaderAndCrlfLines() throws Exception {
    for (RemoteFolder folder : DemoMailbox.FOLDERS) {
      for (var body : fetch(folder, ids(folder), Depth.WHOLE).bodies.entrySet()) {
        String text = new String(body.getValue(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("\r\n\r\n") && text.contains("From: "), body.getKey().value());
        assertFalse(text.replace("\r\n", "").contains("\n"), body.getKey().value());
      }
    }
  }

  @Test
  void anUnknownIdIsReportedGone() throws Exception {
    var ghost = new RemoteId("no-such-message");

    Kept kept = fetch(folder(FolderRole.INBOX), List.of(ghost), Depth.WHOLE);

    assertEquals(List.of(ghost), kept.gone);
  }

  @Test
  void aMessageIsFoundByItsMessageId() {
    List<RemoteId> found = backend.find(folder(FolderRole.INBOX), "<welcome@heliogram.example>", new NullProgressMonitor());

    assertEquals(List.of(new RemoteId("welcome")), found);
  }

  @Test
  void changesAreRefused() {
    RemoteFolder inbox = folder(FolderRole.INBOX);
    var cursor = backend.news(inbox, Known.NOTHING, new NullProgressMonitor()).cursor();
    var operation = new RemoteOperation.Expunge(inbox, cursor, List.of(new RemoteId("welcome")));

    assertThrows(MailException.Refused.class, () -> backend.perform(operation, new NullProgressMonitor()));
  }

  @Test
  void aCancelledFetchEnds() {
    RemoteFolder inbox = folder(FolderRole.INBOX);
    var cancelled = new NullProgressMonitor();
    cancelled.setCanceled(true);

    assertThrows(org.eclipse.core.runtime.OperationCanceledException.class,
        () -> backend.fetch(inbox, new org.heliogram.core.backend.SyncCursor("demo-1"), ids(inbox), Depth.WHOLE, new Kept(), cancelled));
  }
}
