/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.FolderCommand;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.Quota;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.RemoteOperation;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.backend.Upload;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Right;
import org.heliogram.core.store.StoreException;
import org.heliogram.jakarta.Connection;

/** An IMAP account on one connection. Every method is one exchange on it: limited in time, cancelled by its monitor. */
final class ImapBackend implements Backend {
  private static final byte[] FAREWELL = "bye LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII); //$NON-NLS-1$
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final Pattern READ_ONLY = Pattern.compile("read-?only", Pattern.CASE_INSENSITIVE); //$NON-NLS-1$
  private final Connection connection;
  private final ImapConnection imap;
  private final long attachmentLimit;
  private Set<Feature> features = Set.of();
  private Map<String, FolderStatus> statuses = Map.of(); // since the last list of folders, unless something was changed from here

  private ImapBackend(ImapConnection imap, long attachmentLimit) {
    this.connection = imap.connection();
    this.imap = imap;
    this.attachmentLimit = attachmentLimit;
  }

  static ImapBackend open(Account account, Credentials credentials, Sessions sessions, IProgressMonitor monitor) throws MailException {
    ImapConnection imap = sessions.open(account, credentials, "IMAP", monitor); //$NON-NLS-1$
    boolean well = false;
    try {
      ImapBackend backend = new ImapBackend(imap, account.options().bodies().attachmentLimit());
      imap.connection().<Void, RuntimeException>exchange(monitor, backend::begin);
      well = true;
      return backend;
    } finally {
      if (!well) {
        imap.connection().abort();
      }
    }
  }

  private Void begin() throws IOException, MailException {
    if (imap.can("QRESYNC") && imap.can("ENABLE")) { //$NON-NLS-1$ //$NON-NLS-2$
      imap.enable("QRESYNC"); //$NON-NLS-1$
    }
    var found = EnumSet.of(Feature.FLAGS, Feature.FOLDERS, Feature.PARTS);
    if (Capability.UIDPLUS.in(imap.capabilities())) {
      found.add(Feature.RECEIPTS);
    }
    if (imap.can("ACL")) { //$NON-NLS-1$
      found.add(Feature.RIGHTS);
    }
    features = Set.copyOf(found);
    return null;
  }

  @Override
  public Set<Feature> features() {
    return features;
  }

  @Override
  public List<RemoteFolder> folders(IProgressMonitor monitor) throws MailException {
    return connection.<List<RemoteFolder>, RuntimeException>exchange(monitor, () -> {
      FolderListing listing = new FolderListing(imap);
      List<RemoteFolder> folders = listing.read();
      // Of the mailbox that was open then, the server may have told what its session saw, which is of before; and it may be closed when it is polled.
      Optional<String> open = imap.selected().map(Mailbox::name);
      statuses = new HashMap<>(listing.statuses());
      statuses.keySet().removeIf(name -> open.filter(own -> Mailbox.sameName(own, name)).isPresent());
      return folders;
    });
  }

  /** By what was told with the list of folders; of the mailbox that is open its own session says more than STATUS (RFC 3501 section 6.3.10). */
  @Override
  public boolean unchanged(RemoteFolder folder, Known known) {
    boolean open = imap.selected().filter(mailbox -> Mailbox.sameName(mailbox.name(), folder.name())).isPresent();
    FolderStatus status = statuses.get(folder.name());
    return !open && status != null && status.is(known);
  }

  @Override
  public News news(RemoteFolder folder, Known known, IProgressMonitor monitor) throws MailException, StoreException {
    return connection.<News, StoreException>exchange(monitor, () -> new Listing(imap, folder.name(), known).news());
  }

  @Override
  public void fetch(RemoteFolder folder, SyncCursor cursor, List<RemoteId> ids, Depth depth, Sink sink, IProgressMonitor monitor)
      throws MailException, StoreException {
    long[] uids = UidSet.numbers(ids);
    connection.<Void, StoreException>exchange(monitor, () -> {
      select(folder, cursor);
      monitor.worked(ids.size() - uids.length);
      switch (depth) {
        case ENVELOPE -> new EnvelopeFetch(imap, sink, monitor).run(uids);
        case TEXT, WHOLE -> new BodyFetch(imap, depth, attachmentLimit, sink, monitor).run(uids);
      }
      return null;
    });
  }

  @Override
  public Map<RemoteId, RemoteId> perform(RemoteOperation operation, IProgressMonitor monitor) throws MailException {
    return connection.<Map<RemoteId, RemoteId>, RuntimeException>exchange(monitor, () -> {
      statuses = Map.of();
      select(operation.folder(), operation.cursor());
      return operation instanceof RemoteOperation.Copy ? new Changes(imap).perform(operation) : change(operation);
    });
  }

  /** Some servers open a mailbox read-only for a while, or forget that it is open for writing: it is opened once more before that is believed. */
  private Map<RemoteId, RemoteId> change(RemoteOperation operation) throws IOException, MailException {
    requireWritable(operation);
    var changes = new Changes(imap);
    try {
      return changes.perform(operation);
    } catch (MailException.Refused e) {
      boolean again = e.serverText() != null && READ_ONLY.matcher(e.serverText()).find();
      // A move that copies cannot be begun anew: its first half may be done.
      if (!again || operation instanceof RemoteOperation.Move && !Capability.MOVE.in(imap.capabilities())) {
        throw e;
      }
      imap.select(operation.folder().name());
      requireWritable(operation);
      return changes.perform(operation);
    }
  }

  private void requireWritable(RemoteOperation operation) throws IOException, MailException {
    if (imap.selected().filter(Mailbox::readOnly).isPresent()) {
      imap.select(operation.folder().name());
    }
    select(operation.folder(), operation.cursor());
    if (imap.selected().filter(Mailbox::readOnly).isPresent()) {
      throw new MailException.Refused("mailbox that is read-only", "READ-ONLY", null); //$NON-NLS-1$ //$NON-NLS-2$
    }
  }

  @Override
  public Optional<RemoteFolder> perform(FolderCommand command, IProgressMonitor monitor) throws MailException {
    return connection.<Optional<RemoteFolder>, RuntimeException>exchange(monitor, () -> {
      statuses = Map.of();
      return new FolderCommands(imap).perform(command);
    });
  }

  @Override
  public void append(RemoteFolder folder, Optional<SyncCursor> cursor, List<Upload> messages, Upload.Receipt receipt, IProgressMonitor monitor)
      throws MailException {
    connection.<Void, RuntimeException>exchange(monitor, () -> {
      statuses = Map.of();
      new Appending(imap, folder.name(), cursor, messages, receipt, monitor).run();
      return null;
    });
  }

  @Override
  public Map<String, Set<Right>> rights(List<RemoteFolder> folders, IProgressMonitor monitor) throws MailException {
    return connection.<Map<String, Set<Right>>, RuntimeException>exchange(monitor, () -> new FolderRights(imap).read(folders));
  }

  @Override
  public List<RemoteId> find(RemoteFolder folder, String messageIdHeader, IProgressMonitor monitor) throws MailException {
    return connection.<List<RemoteId>, RuntimeException>exchange(monitor,
        () -> new MessageIdSearch(imap, messageIdHeader).run(imap.select(folder.name())));
  }

  /** Has the folder selected, and makes sure that ids from the cursor's time are still what they were. */
  private void select(RemoteFolder folder, SyncCursor cursor) throws IOException, MailException {
    Mailbox mailbox = imap.selected().filter(already -> Mailbox.sameName(already.name(), folder.name())).orElse(null);
    if (mailbox == null) {
      mailbox = imap.select(folder.name());
    }
    mailbox.requireLastingIds();
    long uidValidity = mailbox.uidValidity();
    if (Cursor.parse(cursor).filter(known -> known.uidValidity() == uidValidity).isEmpty()) {
      throw new MailException.Stale("UIDVALIDITY is another"); //$NON-NLS-1$
    }
  }

  @Override
  public void keepAlive(IProgressMonitor monitor) throws MailException {
    connection.<Void, RuntimeException>exchange(monitor, KEEP_ALIVE, () -> {
      imap.await(imap.send("NOOP"), Answers.none()); //$NON-NLS-1$
      return null;
    });
  }

  @Override
  public Optional<Quota> quota(IProgressMonitor monitor) throws MailException {
    return connection.<Optional<Quota>, RuntimeException>exchange(monitor, () -> new QuotaQuestion().ask(imap));
  }

  @Override
  public boolean alive() {
    return connection.alive();
  }

  @Override
  public void close() {
    connection.close(FAREWELL);
  }
}
