/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.sync;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Depth;
import org.heliogram.core.backend.Feature;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.News;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.backend.SyncCursor;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.service.Activity.Phase;
import org.heliogram.core.service.CredentialException;
import org.heliogram.core.service.MimeCodec;
import org.heliogram.core.store.MailStore;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.SyncPlan;

/**
 * Brings one folder up to date: known, news, plan, apply. The cursor is set last, so that a synchronisation that ends in the middle is
 * taken up again. It changes nothing on a server.
 */
final class FolderSync {
  private static final int PIECE = 500;
  private static final int SMALLEST_SLICE = 1_000;
  private static final int LARGEST_SLICE = 20_000;
  private static final int FIRST_SLICE = 200;
  private static final int ARRIVALS = 1_000;
  private static final int TRIES = 3;
  private static final int FEW = 20;
  private static final System.Logger LOG = System.getLogger(FolderSync.class.getName());

  /** What it did. @param arrived ids of messages that are new in an inbox, to be told to the user */
  record Result(int added, int changed, int removed, Set<RemoteId> arrived) {
    static final Result NOTHING = new Result(0, 0, 0, Set.of());
  }

  private record Start(RemoteFolder folder, Known known) {}

  private final MailStore store;
  private final MimeCodec codec;
  private final Connection connection;
  private final Course course;

  FolderSync(MailStore store, MimeCodec codec, Connection connection, Course course) {
    this.store = store;
    this.codec = codec;
    this.connection = connection;
    this.course = course;
  }

  /**
   * Reads the folder unless the list of folders, read just before, already said that nothing happened in it. Where messages wait to be
   * recognised it is read all the same: when what was to be done with them is done for, only a reading gives them up.
   */
  Result poll(FolderKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    Start start = store.read(r -> new Start(r.remote(key), r.known(key)));
    boolean unchanged = start.folder().keeping() == Keeping.MIRRORED && !start.known().waiting()
        && connection.get(monitor).unchanged(start.folder(), start.known());
    return unchanged ? Result.NOTHING : run(key, monitor);
  }

  /** Whether it is a maildrop's, which is read by {@link MaildropSync} and not here. */
  static boolean maildrop(RemoteFolder folder, Backend backend) throws MailException {
    return folder.keeping() == Keeping.DELIVERED && backend.features().contains(Feature.MAILDROP);
  }

  /** @throws MailException.Refused if the folder cannot be read; what came before an exception is kept */
  Result run(FolderKey key, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    for (int tries = 1;; tries++) {
      Start start = store.read(r -> new Start(r.remote(key), r.known(key)));
      if (!start.folder().selectable() || start.folder().keeping() == Keeping.LOCAL
          || maildrop(start.folder(), connection.get(monitor))) {
        return Result.NOTHING;
      }
      try {
        return run(key, start, monitor);
      } catch (MailException.Stale e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private Result run(FolderKey key, Start start, IProgressMonitor monitor) throws MailException, StoreException, CredentialException {
    RemoteFolder folder = start.folder();
    course.at(Phase.FETCHING_HEADERS, folder.path().name(), 0, 0);
    SyncPlanner.Plan plan = believed(key, start, monitor);
    boolean nothingToFetch = plan.fetch().isEmpty() && folder.keeping() == Keeping.MIRRORED;
    removeAndChange(key, plan, nothingToFetch);
    if (nothingToFetch) {
      return result(start, plan);
    }
    if (folder.keeping() == Keeping.MIRRORED) {
      fetchEnvelopes(key, folder, plan, monitor);
    } else {
      fetchWhole(key, folder, plan, monitor);
    }
    boolean unchanged = start.known().cursor().equals(Optional.of(plan.cursor()));
    if (folder.keeping() == Keeping.MIRRORED || !unchanged) {
      apply(key, new SyncPlan(false, List.of(), Map.of(), List.of(), plan.settled(), Optional.of(plan.cursor())));
    }
    return result(start, plan);
  }

  private static Result result(Start start, SyncPlanner.Plan plan) {
    return new Result(plan.fetch().size(), plan.flags().size(), plan.lost(), arrived(start.folder(), start.known(), plan));
  }

  /** A listing that would lose much is doubted: a second one, on another connection, must lose it too. */
  private SyncPlanner.Plan believed(FolderKey key, Start start, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    RemoteFolder folder = start.folder();
    News news = connection.get(monitor).news(folder, start.known(), monitor);
    SyncPlanner.Plan plan = SyncPlanner.plan(folder.keeping(), start.known(), news);
    if (!plan.doubtful()) {
      return plan;
    }
    LOG.log(System.Logger.Level.WARNING, "folder {0}: {1} of {2} messages would be lost, listing again", key, //$NON-NLS-1$
        plan.lost(), start.known().size());
    News again = connection.fresh(monitor).news(folder, start.known(), monitor);
    SyncPlanner.Plan second = SyncPlanner.plan(folder.keeping(), start.known(), again);
    if (second.renumbered()) {
      return second;
    }
    var both = new HashSet<>(second.vanished());
    if (!plan.renumbered()) {
      both.retainAll(plan.vanished());
    }
    return second.vanished(both);
  }

  /** @param last whether nothing follows: then the cursor goes with the last piece, also if there is nothing in it */
  private void removeAndChange(FolderKey key, SyncPlanner.Plan plan, boolean last) throws StoreException {
    Optional<SyncCursor> begun = plan.begun();
    List<RemoteId> vanished = List.copyOf(plan.vanished());
    List<Map.Entry<RemoteId, Flags>> flags = List.copyOf(plan.flags().entrySet());
    int all = Math.max(vanished.size(), flags.size());
    for (int i = 0; i == 0 && (last || plan.renumbered() || begun.isPresent()) || i < all; i += PIECE) {
      boolean end = last && i + PIECE >= all;
      var changed = new LinkedHashMap<RemoteId, Flags>();
      piece(flags, i).forEach(e -> changed.put(e.getKey(), e.getValue()));
      apply(key, new SyncPlan(plan.renumbered() && i == 0, piece(vanished, i), changed, List.of(), end && plan.settled(),
          end ? Optional.of(plan.cursor()) : begun));
    }
  }

  private static <T> List<T> piece(List<T> all, int from) {
    return all.subList(Math.min(from, all.size()), Math.min(from + PIECE, all.size()));
  }

  private void fetchEnvelopes(FolderKey key, RemoteFolder folder, SyncPlanner.Plan plan, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    List<RemoteId> ids = plan.fetch();
    try (var intake = new EnvelopeIntake(store, codec, key, ids.size() > FIRST_SLICE)) {
      Slices slices = new Slices(FIRST_SLICE, SMALLEST_SLICE, LARGEST_SLICE); // the first rows soon
      for (int done = 0; done < ids.size();) {
        int end = slices.end(done, ids.size());
        connection.get(monitor).fetch(folder, plan.cursor(), ids.subList(done, end), Depth.ENVELOPE, intake, monitor);
        done = end;
        slices.done();
        course.at(Phase.FETCHING_HEADERS, folder.path().name(), done, ids.size());
        checkCancelled(monitor);
        course.pause();
      }
    }
  }

  private void fetchWhole(FolderKey key, RemoteFolder folder, SyncPlanner.Plan plan, IProgressMonitor monitor)
      throws MailException, StoreException, CredentialException {
    List<RemoteId> ids = plan.fetch();
    if (ids.isEmpty()) {
      return;
    }
    course.at(Phase.FETCHING_BODIES, folder.path().name(), 0, ids.size());
    var target = new MaildropIntake.Target(key, key, Map.of(), plan.starting());
    var counted = new Counted(course, folder.path().name(), ids.size());
    try (var intake = new MaildropIntake(store, codec, target, counted, ids.size() > FEW)) {
      connection.get(monitor).fetch(folder, plan.cursor(), ids, Depth.WHOLE, intake, monitor);
    }
    checkCancelled(monitor);
  }

  private static Set<RemoteId> arrived(RemoteFolder folder, Known known, SyncPlanner.Plan plan) {
    boolean told = folder.role() == FolderRole.INBOX && known.cursor().filter(SyncCursor::whole).isPresent() && !plan.renumbered();
    return told ? Set.copyOf(plan.fetch().subList(0, Math.min(ARRIVALS, plan.fetch().size()))) : Set.of();
  }

  private void apply(FolderKey key, SyncPlan plan) throws StoreException {
    store.<Void>write(w -> {
      w.apply(key, plan);
      return null;
    });
  }

  static void checkCancelled(IProgressMonitor monitor) {
    if (monitor.isCanceled()) {
      throw new OperationCanceledException();
    }
  }
}
