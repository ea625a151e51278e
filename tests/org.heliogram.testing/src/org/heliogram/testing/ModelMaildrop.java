/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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

/** A maildrop (RFC 1939) and its backend, in memory. What sessions asked for is kept. */
public final class ModelMaildrop {
  public static final RemoteFolder INBOX = new RemoteFolder("INBOX", FolderPath.of("INBOX"), FolderRole.INBOX, Keeping.DELIVERED, true);
  public static final RemoteFolder KEPT = new RemoteFolder("local:kept", FolderPath.of("Kept"), FolderRole.NONE, Keeping.LOCAL, true);

  /** @param sizeInBytes as listed */
  public record Mail(String id, String content, long sizeInBytes) {}

  public final List<Mail> mails = new ArrayList<>();
  /** Ids of messages handed out whole, in order. */
  public final List<String> fetched = new ArrayList<>();
  /** Ids of messages whose header was handed out. */
  public final List<String> looked = new ArrayList<>();
  public int sessions;
  /** So many are listed at a time, of those that were not handed out yet. */
  public int batch = Integer.MAX_VALUE;
  public boolean top = true;
  /** How the end of a session in which something was deleted fails, if it does. */
  public Optional<MailException> atEnd = Optional.empty();
  /** After so many messages handed out the connection breaks, once. */
  public int breaksAfter = Integer.MAX_VALUE;

  public ModelMaildrop mail(String id, String subject) {
    return mail(id, subject, "Hello");
  }

  public ModelMaildrop mail(String id, String subject, String text) {
    String content = "From: ada@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject + "@x>\r\n\r\n" + text + "\r\n";
    mails.add(new Mail(id, content, content.length()));
    return this;
  }

  /** What is there, by id. */
  public List<String> ids() {
    return mails.stream().map(Mail::id).toList();
  }

  public Backend open() {
    return new Session();
  }

  private final class Session implements Backend {
    private List<Mail> listed = new ArrayList<>();
    private boolean told;
    private boolean alive = true;

    private Session() {
      begin();
    }

    private void begin() {
      sessions++;
      List<Mail> fresh = mails.stream().filter(mail -> batch == Integer.MAX_VALUE || !fetched.contains(mail.id())).toList();
      listed = new ArrayList<>(fresh.subList(0, Math.min(batch, fresh.size())));
    }

    @Override
    public Set<Feature> features() {
      return Set.of(Feature.MAILDROP);
    }

    @Override
    public List<RemoteFolder> folders(IProgressMonitor monitor) {
      return List.of(INBOX, KEPT);
    }

    @Override
    public News news(RemoteFolder folder, Known known, IProgressMonitor monitor) {
      if (told) {
        begin();
      }
      told = true;
      var states = new ArrayList<RemoteState>();
      var cursor = new StringBuilder();
      for (Mail mail : listed) {
        states.add(0, new RemoteState(new RemoteId(mail.id()), Optional.empty(), mail.sizeInBytes()));
        cursor.append(mail.id()).append(' ').append(mail.sizeInBytes()).append('\n');
      }
      return new News(new SyncCursor(Fingerprint.digest(cursor.toString())), true, false, states, List.of());
    }

    @Override
    public void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
        throws MailException, StoreException {
      for (RemoteId id : ids) {
        Optional<Mail> mail = listed.stream().filter(one -> one.id().equals(id.value())).findFirst();
        if (mail.isEmpty() || depth == Depth.ENVELOPE && !top) {
          sink.gone(id);
        } else if (depth == Depth.ENVELOPE) {
          looked.add(id.value());
          byte[] header = mail.get().content().substring(0, mail.get().content().indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
          sink.envelope(new FetchedMessage(id, Flags.NONE, Instant.EPOCH, mail.get().sizeInBytes(), header, false));
        } else {
          hand(mail.get(), sink);
        }
      }
    }

    private void hand(Mail mail, Sink sink) throws MailException, StoreException {
      if (--breaksAfter < 0) {
        breaksAfter = Integer.MAX_VALUE;
        alive = false;
        throw new MailException.Unreachable(MailException.Unreachable.Reason.BROKEN, "cut", null);
      }
      fetched.add(mail.id());
      try {
        sink.body(new RemoteId(mail.id()), BodyState.WHOLE, Instant.EPOCH, new ByteArrayInputStream(mail.content().getBytes(StandardCharsets.ISO_8859_1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Set<RemoteId> discard(RemoteFolder folder, Map<RemoteId, Fingerprint> messages, IProgressMonitor monitor) throws MailException {
      alive = false;
      if (atEnd.isPresent()) {
        throw atEnd.get();
      }
      var gone = new HashSet<RemoteId>();
      messages.forEach((id, print) -> {
        Optional<Mail> there = listed.stream().filter(mail -> mail.id().equals(id.value())).findFirst();
        if (there.isEmpty() || there.get().sizeInBytes() == print.sizeInBytes()) {
          there.ifPresent(mails::remove);
          gone.add(id);
        }
      });
      return gone;
    }

    @Override
    public Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) {
      throw new IllegalStateException("nothing is done in a maildrop");
    }

    @Override
    public List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) {
      return List.of();
    }

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public void close() {
      alive = false;
    }
  }
}
