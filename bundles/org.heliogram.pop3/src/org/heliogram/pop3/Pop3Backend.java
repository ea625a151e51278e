/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.RemoteState;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.store.StoreException;

/**
 * A maildrop (RFC 1939). Only its inbox comes from the server; the other folders live here alone. Nothing is deleted on the server but by
 * {@link #discard}.
 *
 * <p>A session sees the maildrop as it was at sign-in and keeps other clients out. So asking for news a second time signs in anew, and
 * whoever holds this should close it when the work is done.
 */
final class Pop3Backend implements Backend {
  private static final List<RemoteFolder> FOLDERS = List.of(
      new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.DELIVERED, true), //$NON-NLS-1$ //$NON-NLS-2$
      local("drafts", "Drafts", FolderRole.DRAFTS), //$NON-NLS-1$ //$NON-NLS-2$
      local("sent", "Sent", FolderRole.SENT), //$NON-NLS-1$ //$NON-NLS-2$
      local("archive", "Archive", FolderRole.ARCHIVE), //$NON-NLS-1$ //$NON-NLS-2$
      local("trash", "Trash", FolderRole.TRASH)); //$NON-NLS-1$ //$NON-NLS-2$
  /** Octets granted to a message whose size the listing did not tell. */
  private static final long UNTOLD = 250_000_000;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private final SignIn signIn;
  private SignIn.Session session;
  private Optional<Maildrop> listed = Optional.empty();
  private boolean told; // whether this session's listing was handed out as news

  Pop3Backend(SignIn signIn, IProgressMonitor monitor) throws MailException {
    this.signIn = signIn;
    this.session = signIn.open(monitor);
  }

  private static RemoteFolder local(String name, String path, FolderRole role) {
    return new RemoteFolder("local:" + name, FolderPath.of(path), role, Keeping.LOCAL, true); //$NON-NLS-1$
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.MAILDROP);
  }

  @Override
  public List<RemoteFolder> folders(IProgressMonitor monitor) {
    return FOLDERS;
  }

  /** Always complete: a maildrop tells no less. Sizes are left out where the cursor is as it was. @throws IllegalStateException for a local folder, of which no server has news */
  @Override
  public News news(RemoteFolder folder, Known known, IProgressMonitor monitor) throws MailException {
    requireMaildrop(folder);
    if (told) {
      close();
      session = signIn.open(monitor);
      listed = Optional.empty();
    }
    Maildrop maildrop = session.wire().connection().exchange(monitor, () -> maildrop(known.cursor(), monitor));
    told = true;
    var states = new ArrayList<RemoteState>(maildrop.entries().size());
    maildrop.entries().forEach(entry -> states.add(new RemoteState(entry.id(), Optional.empty(), entry.sizeInBytes())));
    Collections.reverse(states);
    return new News(maildrop.cursor(), true, false, states, List.of());
  }

  private Maildrop maildrop(Optional<SyncCursor> before, IProgressMonitor monitor) throws IOException, MailException {
    if (listed.isEmpty()) {
      listed = Optional.of(listing(monitor).read(before));
    }
    return listed.get();
  }

  /** With sizes, which are asked for only where they are needed. */
  private Maildrop maildrop(IProgressMonitor monitor) throws IOException, MailException {
    Maildrop maildrop = maildrop(Optional.empty(), monitor);
    if (!maildrop.sized()) {
      listed = Optional.of(listing(monitor).sized(maildrop));
    }
    return listed.get();
  }

  private Listing listing(IProgressMonitor monitor) {
    return new Listing(session.wire(), session.capabilities(), monitor);
  }

  /** {@link Depth#TEXT} fetches every byte too: POP3 knows no parts. A message the server refuses to hand out is reported as gone. */
  @Override
  public void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
      throws MailException, StoreException {
    requireMaildrop(folder);
    session.wire().connection().<Void, StoreException>exchange(monitor, () -> {
      Maildrop maildrop = maildrop(monitor);
      var wanted = new ArrayList<Maildrop.Entry>(ids.size());
      for (RemoteId id : ids) {
        Optional<Maildrop.Entry> entry = maildrop.find(id);
        entry.ifPresent(wanted::add);
        if (entry.isEmpty()) {
          sink.gone(id);
          monitor.worked(1);
        }
      }
      String verb = depth == Depth.ENVELOPE ? "TOP %d 0" : "RETR %d"; //$NON-NLS-1$ //$NON-NLS-2$
      Pipeline pipeline = new Pipeline(session.wire(), session.capabilities());
      pipeline.<StoreException>run(wanted.size(), index -> verb.formatted(wanted.get(index).number()), (index, reply) -> {
        take(maildrop, wanted.get(index), depth, reply, sink);
        monitor.worked(1);
      }, monitor);
      return null;
    });
  }

  private void take(Maildrop maildrop, Maildrop.Entry entry, Depth depth, Reply reply, Sink sink)
      throws IOException, MailException, StoreException {
    if (!reply.ok() && reply.code().equals("SYS/TEMP")) { //$NON-NLS-1$
      session.wire().connection().abort(); // answers to later commands are on their way
      throw new MailException.Busy(Optional.empty(), reply.text(), null);
    }
    if (!reply.ok()) {
      sink.gone(entry.id());
      return;
    }
    MessageContent content = session.wire().content(depth == Depth.ENVELOPE ? Listing.LONGEST_HEADER : limit(entry));
    if (depth == Depth.ENVELOPE) {
      byte[] header = content.readAllBytes();
      sink.envelope(new FetchedMessage(entry.id(), Flags.NONE, maildrop.received(entry), entry.sizeInBytes(), header, false));
    } else {
      sink.body(entry.id(), BodyState.WHOLE, maildrop.received(entry), content);
      content.drain();
    }
  }

  /** Servers err about sizes, some by counting LF for CRLF; but a message does not go on for ever. */
  private static long limit(Maildrop.Entry entry) {
    long announced = entry.sizeInBytes() == 0 ? UNTOLD : Math.min(entry.sizeInBytes(), 1L << 40);
    return 2 * announced + (16 << 20);
  }

  @Override
  public Set<RemoteId> discard(RemoteFolder folder, Map<RemoteId, Fingerprint> messages, IProgressMonitor monitor) throws MailException {
    requireMaildrop(folder);
    return session.wire().connection().exchange(monitor, () -> {
      Maildrop maildrop = maildrop(monitor);
      var discarded = new HashSet<RemoteId>();
      messages.keySet().stream().filter(id -> maildrop.find(id).isEmpty()).forEach(discarded::add);
      List<Maildrop.Entry> certain = certain(maildrop, messages, monitor);
      new Pipeline(session.wire(), session.capabilities()).run(certain.size(), index -> "DELE " + certain.get(index).number(), //$NON-NLS-1$
          (index, reply) -> {
            if (reply.ok()) {
              discarded.add(certain.get(index).id());
            }
          }, monitor);
      Reply end = session.wire().command("QUIT"); //$NON-NLS-1$
      session.wire().connection().abort();
      end.orThrow(Optional.empty(), no -> new MailException.Busy(Optional.empty(), no.text(), null));
      return discarded;
    });
  }

  /** Those that are what they are thought to be: of the same size, or else with the same header. */
  private List<Maildrop.Entry> certain(Maildrop maildrop, Map<RemoteId, Fingerprint> messages, IProgressMonitor monitor)
      throws IOException, MailException {
    var listed = new ArrayList<Maildrop.Entry>();
    messages.keySet().forEach(id -> maildrop.find(id).ifPresent(listed::add));
    List<Integer> doubtful = listed.stream().filter(entry -> !sameSize(entry, messages)).map(Maildrop.Entry::number).toList();
    Map<Integer, String> headers = listing(monitor).digests(doubtful);
    return listed.stream().filter(entry -> sameSize(entry, messages)
        || messages.get(entry.id()).header().equals(headers.get(entry.number()))).toList();
  }

  private static boolean sameSize(Maildrop.Entry entry, Map<RemoteId, Fingerprint> messages) {
    return entry.sizeInBytes() != 0 && entry.sizeInBytes() == messages.get(entry.id()).sizeInBytes();
  }

  /** @throws IllegalStateException always: changes in a maildrop's folders are settled here and never reach a server */
  @Override
  public Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) {
    throw new IllegalStateException("nothing is done on a POP3 server"); //$NON-NLS-1$
  }

  /** Finds nothing: no operation of unknown outcome was ever sent to a maildrop. */
  @Override
  public List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) {
    return List.of();
  }

  @Override
  public Optional<Duration> signInDelay() {
    return session.capabilities().loginDelay();
  }

  @Override
  public Optional<Duration> expiry() {
    return session.capabilities().expire();
  }

  @Override
  public void keepAlive(IProgressMonitor monitor) throws MailException {
    session.wire().connection().exchange(monitor, ANSWER, () -> session.wire().command("NOOP")); //$NON-NLS-1$
  }

  @Override
  public boolean alive() {
    return session.wire().connection().alive();
  }

  @Override
  public void close() {
    session.wire().connection().close("QUIT\r\n".getBytes(StandardCharsets.US_ASCII)); //$NON-NLS-1$
  }

  private static void requireMaildrop(RemoteFolder folder) {
    if (folder.keeping() != Keeping.DELIVERED) {
      throw new IllegalStateException("not a folder of the server"); //$NON-NLS-1$
    }
  }
}
