/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.FetchedMessage;
import org.heliogram.core.backend.Fingerprint;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.Sink;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.MaildropOptions;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.service.SyncRequest;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.MaildropPlan;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Taken;

/**
 * Takes mail from a maildrop. Every session begins anew with what is stored and what the server lists: what is new is made durable, and
 * only then what is not to stay is deleted. So a session may end anywhere.
 */
final class MaildropSync {
  private static final System.Logger LOG = System.getLogger(MaildropSync.class.getName());
  private static final int PIECE = 500;
  private static final int FEW = 20;
  private static final int ARRIVALS = 1_000;
  /** With so many new messages there may be more: some servers list but some hundred at a time. */
  private static final int BATCH = 200;
  private static final int LARGEST_BATCH = 1_000;
  private static final int MOST_SESSIONS = 500;
  private static final Duration LONGEST_GAP = Duration.ofDays(3);
  private final MailStore store;
  private final MimeCodec codec;
  private final Connection connection;
  private final Course course;
  private final Clock clock;
  private final Arrival arrival;

  /** What it did. @param removed from the server; @param more whether there may be more */
  record Result(int added, int removed, boolean more) {
    private Result plus(Result other) {
      return new Result(added + other.added(), removed + other.removed(), other.more());
    }
  }

  /** Is told of new mail when it is durable, unless it is the account's first. */
  interface Arrival {
    /** @param inbox where it is now; @param ids in the maildrop */
    void tell(FolderKey inbox, FolderKey maildrop, Set<RemoteId> ids) throws StoreException;
  }

  private record Start(FolderKey maildrop, RemoteFolder folder, Optional<SyncCursor> cursor, FolderKey inbox, MaildropOptions options) {
    String name() {
      return folder.path().name();
    }
  }

  MaildropSync(MailStore store, MimeCodec codec, Connection connection, Course course, Clock clock, Arrival arrival) {
    this.arrival = arrival;
    this.store = store;
    this.codec = codec;
    this.connection = connection;
    this.course = course;
    this.clock = clock;
  }

  /**
   * Takes what is new, in as many sessions as that needs.
   *
   * @param decided by the user, where {@link MailException.Renumbered} asked
   */
  Result run(FolderKey maildrop, Optional<SyncRequest.Renumbered> decided, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Result all = session(maildrop, decided, monitor);
    for (int sessions = 1; all.more() && sessions < MOST_SESSIONS; sessions++) {
      FolderSync.checkCancelled(monitor);
      try {
        all = all.plus(session(maildrop, decided, monitor));
      } catch (MailException.Busy e) {
        break; // It wants to be left alone for a while: what there may be more comes the next time.
      }
    }
    return all;
  }

  private Result session(FolderKey maildrop, Optional<SyncRequest.Renumbered> decided, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    Start start = store.read(r -> start(r, maildrop));
    course.at(Phase.FETCHING_HEADERS, start.name(), 0, 0);
    News news = connection.get(monitor).news(start.folder(), Known.of(start.cursor(), Map.of()), monitor);
    boolean open = connection.get(monitor).signInDelay().isEmpty();
    Set<RemoteId> stored = Set.of();
    boolean all = true;
    if (!start.cursor().equals(Optional.of(news.cursor()))) {
      var comparison = new MaildropComparison(store.read(r -> r.taken(maildrop)), news.states());
      MaildropComparison.Verdict verdict = verdict(start, news, comparison, decided, monitor);
      note(start, comparison.there(), verdict);
      stored = fetch(start, news, comparison, verdict.fetch(), monitor);
      all = stored.containsAll(verdict.fetch());
    }
    SyncCursor reached = all ? news.cursor() : new SyncCursor(news.cursor().value() + SyncCursor.BEGUN);
    var ended = new MaildropPlan.Session(clock.instant(), longest(start.options()));
    apply(maildrop, MaildropPlan.ended(start.inbox(), ended, reached));
    if (start.cursor().isPresent() && !stored.isEmpty()) {
      arrival.tell(start.inbox(), maildrop, Set.copyOf(stored.stream().limit(ARRIVALS).toList()));
    }
    int removed = new MaildropLeaving(store, connection).run(maildrop, start.folder(), monitor);
    return new Result(stored.size(), removed, open && stored.size() >= BATCH && news.states().size() < LARGEST_BATCH);
  }

  /** So that a clock that was set brings nothing much nearer to its end. */
  private static Duration longest(MaildropOptions options) {
    Duration quarter = Duration.ofDays(options.days()).dividedBy(4);
    return quarter.compareTo(LONGEST_GAP) < 0 ? quarter : LONGEST_GAP;
  }

  private Start start(StoreReader reader, FolderKey maildrop) throws StoreException {
    Account account = reader.account(connection.account().id()).orElse(connection.account());
    FolderKey inbox = maildrop;
    if (account.options().maildrop().inboxOf().isPresent()) {
      Optional<FolderKey> shared = reader.folders(account.options().maildrop().inboxOf().get()).stream()
          .filter(f -> f.role() == FolderRole.INBOX && f.keeping() != Keeping.MIRRORED).map(Folder::key).findFirst();
      if (shared.isEmpty()) {
        LOG.log(System.Logger.Level.INFO, "account {0} keeps its mail: the inbox it shares is gone, or a server mirrors it", account.id()); //$NON-NLS-1$
      }
      inbox = shared.orElse(maildrop);
    }
    return new Start(maildrop, reader.remote(maildrop), reader.cursor(maildrop), inbox, account.options().maildrop());
  }

  private MaildropComparison.Verdict verdict(Start start, News news, MaildropComparison comparison, Optional<SyncRequest.Renumbered> decided,
      IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    var heads = new Heads();
    if (!comparison.doubted().isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "maildrop {0}: looking at {1} headers, for known mail is not where it was", start.maildrop(), comparison.doubted().size()); //$NON-NLS-1$
      connection.get(monitor).fetch(start.folder(), news.cursor(), comparison.doubted(), Depth.ENVELOPE, heads, monitor);
    }
    try {
      return comparison.verdict(heads.found, new Stored(), decided);
    } catch (MailException.Renumbered e) {
      connection.close();
      throw e;
    }
  }

  /** Before anything is fetched, so that what is recognised is not taken again whatever happens then. */
  private void note(Start start, Map<RemoteId, Boolean> there, MaildropComparison.Verdict verdict) throws StoreException {
    for (List<RemoteId> piece : pieces(verdict.forgotten())) {
      apply(start.maildrop(), changes(start, piece, Map.of(), Map.of(), Map.of()));
    }
    for (List<RemoteId> piece : pieces(verdict.renamed().keySet())) {
      apply(start.maildrop(), changes(start, List.of(), among(verdict.renamed(), piece), Map.of(), Map.of()));
    }
    var rest = new LinkedHashMap<>(there);
    rest.keySet().removeAll(verdict.renamed().keySet());
    for (List<RemoteId> piece : pieces(rest.keySet())) {
      apply(start.maildrop(), changes(start, List.of(), Map.of(), among(rest, piece), Map.of()));
    }
    for (List<RemoteId> piece : pieces(verdict.prints().keySet())) {
      apply(start.maildrop(), changes(start, List.of(), Map.of(), Map.of(), among(verdict.prints(), piece)));
    }
  }

  private static MaildropPlan changes(Start start, List<RemoteId> forgotten, Map<RemoteId, RemoteId> renamed, Map<RemoteId, Boolean> there,
      Map<RemoteId, Fingerprint> prints) {
    return new MaildropPlan(forgotten, renamed, there, start.inbox(), List.of(), prints, Optional.empty(), Optional.empty());
  }

  private static List<List<RemoteId>> pieces(Collection<RemoteId> ids) {
    List<RemoteId> all = List.copyOf(ids);
    var pieces = new ArrayList<List<RemoteId>>();
    for (int from = 0; from < all.size(); from += PIECE) {
      pieces.add(all.subList(from, Math.min(all.size(), from + PIECE)));
    }
    return pieces;
  }

  private static <V> Map<RemoteId, V> among(Map<RemoteId, V> all, List<RemoteId> some) {
    var found = new HashMap<RemoteId, V>();
    some.forEach(id -> found.put(id, all.get(id)));
    return found;
  }

  /** @return what is durable now */
  private Set<RemoteId> fetch(Start start, News news, MaildropComparison comparison, List<RemoteId> wanted, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    if (wanted.isEmpty()) {
      return Set.of();
    }
    course.at(Phase.FETCHING_BODIES, start.name(), 0, wanted.size());
    var large = wanted.stream().filter(id -> comparison.sizes().get(id) > start.options().headersOver()).toList();
    var whole = new LinkedHashMap<RemoteId, Boolean>();
    wanted.forEach(id -> whole.put(id, true));
    large.forEach(whole::remove);
    var target = new MaildropIntake.Target(start.maildrop(), start.inbox(), comparison.sizes(), Map.of());
    var intake = new MaildropIntake(store, codec, target, new Counted(course, start.name(), wanted.size()), wanted.size() > FEW);
    try (intake) {
      if (!large.isEmpty()) {
        var headers = new HeadersOnly(intake, whole);
        connection.get(monitor).fetch(start.folder(), news.cursor(), large, Depth.ENVELOPE, headers, monitor);
      }
      if (!whole.isEmpty()) {
        connection.get(monitor).fetch(start.folder(), news.cursor(), List.copyOf(whole.keySet()), Depth.WHOLE, intake, monitor);
      }
    }
    FolderSync.checkCancelled(monitor);
    return intake.stored();
  }

  private void apply(FolderKey maildrop, MaildropPlan plan) throws StoreException {
    store.<Void>write(w -> {
      w.apply(maildrop, plan);
      return null;
    });
  }

  /** Headers that are looked at and not kept. */
  private final class Heads implements Sink {
    private final Map<RemoteId, MaildropComparison.Head> found = new HashMap<>();

    @Override
    public void envelope(FetchedMessage message) {
      String digest = Fingerprint.header(message.header());
      if (!digest.isEmpty()) {
        found.put(message.id(), new MaildropComparison.Head(digest, codec.envelope(message.header()).messageIdHeader()));
      }
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) {
      throw new IllegalStateException("a body where a header was asked for"); //$NON-NLS-1$
    }

    @Override
    public void gone(RemoteId id) {
      // Without its header it stays doubtful.
    }
  }

  /** Headers of large messages; where the server does not hand them out, or an empty one, the message is taken whole. */
  private record HeadersOnly(MaildropIntake intake, Map<RemoteId, Boolean> whole) implements Sink {
    @Override
    public void envelope(FetchedMessage message) throws StoreException {
      if (Fingerprint.header(message.header()).isEmpty()) {
        whole.put(message.id(), true);
      } else {
        intake.envelope(message);
      }
    }

    @Override
    public void body(RemoteId id, BodyState state, Instant received, InputStream content) {
      throw new IllegalStateException("a body where a header was asked for"); //$NON-NLS-1$
    }

    @Override
    public void gone(RemoteId id) {
      whole.put(id, true);
    }
  }

  /** What is stored of messages taken earlier. */
  private final class Stored implements MaildropComparison.Memory {
    @Override
    public String header(Taken taken) throws StoreException {
      if (!taken.print().header().isEmpty() || taken.message().isEmpty() || taken.gone()) {
        return taken.print().header();
      }
      var body = store.read(r -> r.body(taken.message().get()));
      if (body.isEmpty()) {
        return ""; //$NON-NLS-1$
      }
      try (InputStream in = body.get().open()) {
        return Fingerprint.header(in);
      } catch (IOException e) {
        return ""; // what cannot be read cannot be compared
      }
    }

    @Override
    public String messageId(Taken taken) throws StoreException {
      return taken.message().isEmpty() ? "" //$NON-NLS-1$
          : store.read(r -> r.envelope(taken.message().get())).map(envelope -> envelope.messageIdHeader()).orElse(""); //$NON-NLS-1$
    }
  }
}
