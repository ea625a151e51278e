/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heliogram.core.backend.Known;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.Address;
import org.heliogram.core.model.Body;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Envelope;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderOptions;
import org.heliogram.core.model.MessageKey;
import org.heliogram.core.model.MessageKeys;
import org.heliogram.core.model.MessageSummary;
import org.heliogram.core.model.Right;
import org.heliogram.core.model.ServerCopy;
import org.heliogram.core.op.Operation;
import org.heliogram.core.op.Queued;
import org.heliogram.core.store.FolderViews;
import org.heliogram.core.store.Located;
import org.heliogram.core.store.Outgoing;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreReader;
import org.heliogram.core.store.Taken;
import org.heliogram.testing.MemoryState.Place;
import org.heliogram.testing.MemoryState.Row;
import org.heliogram.testing.MemoryState.View;

/** Reads a {@link MemoryState}. */
class MemoryReader implements StoreReader {
  private static final Pattern REPLY = Pattern.compile("^\\s*(?:(?:re|aw|fwd?|wg|sv|antw)\\s*(?:\\[\\d+\\])?:\\s*)+", Pattern.CASE_INSENSITIVE);
  private static final Address NOBODY = new Address("", "");
  final MemoryState state;
  private boolean open = true;

  MemoryReader(MemoryState state) {
    this.state = state;
  }

  void close() {
    open = false;
  }

  void checkOpen() {
    if (!open) {
      throw new IllegalStateException("store used after its transaction");
    }
  }

  Place folderOf(FolderKey key) throws StoreException {
    checkOpen();
    Place place = state.place(key);
    if (place == null) {
      throw new StoreException("no folder " + key, null);
    }
    return place;
  }

  @Override
  public List<Account> accounts() {
    checkOpen();
    return List.copyOf(state.accounts.values());
  }

  @Override
  public Optional<Account> account(AccountId account) {
    checkOpen();
    return Optional.ofNullable(state.accounts.get(account));
  }

  @Override
  public List<Folder> folders(AccountId account) {
    checkOpen();
    Comparator<Folder> order = Comparator.comparing(Folder::role).thenComparing(f -> f.path().segments(), MemoryReader::comparePaths);
    return state.folders.values().stream().filter(f -> f.account().equals(account) && !state.seen(f).hidden()).map(this::shown).sorted(order)
        .toList();
  }

  private static int comparePaths(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int difference = left.get(i).compareToIgnoreCase(right.get(i));
      difference = difference != 0 ? difference : left.get(i).compareTo(right.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private Folder shown(Place place) {
    int total = 0;
    int unread = 0;
    for (View view : state.views().values()) {
      if (view.folder().equals(Optional.of(place.key()))) {
        total++;
        unread += view.flags().has(Flag.SEEN) ? 0 : 1;
      }
    }
    RemoteFolder remote = place.remote();
    FolderViews.View seen = state.seen(place);
    return new Folder(place.key(), place.account(), seen.path(), place.made() ? remote.name() : "", seen.role(), remote.keeping(),
        seen.selectable(), seen.subscribed(), remote.rights().orElse(Right.ALL), seen.pending(), total, unread);
  }

  @Override
  public Optional<Folder> folder(FolderKey folder) {
    checkOpen();
    return Optional.ofNullable(state.place(folder)).filter(f -> !state.seen(f).hidden()).map(this::shown);
  }

  @Override
  public FolderOptions options(FolderKey folder) throws StoreException {
    return folderOf(folder).options();
  }

  @Override
  public Map<FolderKey, FolderOptions> options(AccountId account) {
    checkOpen();
    var chosen = new HashMap<FolderKey, FolderOptions>();
    for (Place place : state.folders.values()) {
      if (place.account().equals(account) && !place.options().equals(FolderOptions.DEFAULT)) {
        chosen.put(place.key(), place.options());
      }
    }
    return chosen;
  }

  @Override
  public RemoteFolder remote(FolderKey folder) throws StoreException {
    Place place = folderOf(folder);
    RemoteFolder remote = place.remote();
    return place.made() ? remote : new RemoteFolder(remote.name(), remote.path(), remote.role(), remote.keeping(), false);
  }

  @Override
  public MessageKeys list(Query query) throws StoreException {
    folderOf(query.folder());
    Comparator<Row> order = column(query.column());
    order = query.descending() ? order.reversed() : order;
    Comparator<Row> full = order.thenComparing(Row::received, Comparator.reverseOrder()).thenComparing(r -> r.key().value(), Comparator.reverseOrder());
    return MessageKeys.copyOf(inView(query.folder()).filter(r -> !query.unreadOnly() || !flags(r).has(Flag.SEEN)).sorted(full).map(Row::key).toList());
  }

  private Stream<Row> inView(FolderKey folder) {
    return state.rows.values().stream().filter(r -> state.views().get(r.key()).folder().equals(Optional.of(folder)));
  }

  private Flags flags(Row row) {
    return state.views().get(row.key()).flags();
  }

  private Comparator<Row> column(Query.Column column) {
    return switch (column) {
      case READ -> Comparator.comparing(r -> flags(r).has(Flag.SEEN));
      case FLAGGED -> Comparator.comparing(r -> flags(r).has(Flag.FLAGGED));
      case ATTACHMENTS -> Comparator.comparing(Row::attachments);
      case FROM -> Comparator.comparing(r -> first(r.envelope().from()).display().toLowerCase(Locale.ROOT));
      case SUBJECT -> Comparator.comparing(r -> REPLY.matcher(r.envelope().subject()).replaceFirst("").strip().toLowerCase(Locale.ROOT));
      case DATE -> Comparator.comparing(MemoryReader::date);
      case SIZE -> Comparator.comparing(Row::sizeInBytes);
    };
  }

  private static Address first(List<Address> addresses) {
    return addresses.isEmpty() ? NOBODY : addresses.get(0);
  }

  private static Instant date(Row row) {
    return row.envelope().date().orElse(row.received());
  }

  @Override
  public MessageKeys first(Query query, int limit) throws StoreException {
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("limit " + limit);
    }
    List<MessageKey> all = list(query);
    return MessageKeys.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  @Override
  public List<MessageSummary> summaries(Collection<MessageKey> keys) {
    checkOpen();
    if (keys.size() > 1_000) {
      throw new IllegalArgumentException(keys.size() + " keys");
    }
    return keys.stream().filter(this::visible).map(k -> summary(state.row(k))).toList();
  }

  private boolean visible(MessageKey key) {
    View view = state.views().get(key);
    return view != null && view.folder().isPresent();
  }

  private MessageSummary summary(Row row) {
    View view = state.views().get(row.key());
    Envelope envelope = row.envelope();
    return new MessageSummary(row.key(), row.account(), view.folder().orElseThrow(), view.flags(), first(envelope.from()), first(envelope.to()),
        envelope.subject(), date(row), row.received(), row.sizeInBytes(), row.attachments(), envelope.messageIdHeader(), row.bodyState(),
        view.queued());
  }

  @Override
  public Optional<Envelope> envelope(MessageKey message) {
    checkOpen();
    return Optional.ofNullable(state.row(message)).map(Row::envelope);
  }

  @Override
  public Optional<Body> body(MessageKey message) {
    checkOpen();
    return Optional.ofNullable(state.row(message)).flatMap(Row::body);
  }

  @Override
  public List<Queued> queue(AccountId account) {
    checkOpen();
    return List.copyOf(state.queued(account));
  }

  @Override
  public List<Outgoing> outgoing(long sequence) {
    checkOpen();
    MemoryState.Entry entry = state.queue.get(sequence);
    if (entry == null || !(entry.operation() instanceof Operation.Transfer transfer)) {
      return List.of();
    }
    return transfer.messages().stream().map(key -> outgoing(key, state.row(entry.copies().get(key)))).toList();
  }

  private static Outgoing outgoing(MessageKey key, Row copy) {
    return new Outgoing(key, copy.key(), copy.flags(), copy.received(), copy.sizeInBytes(), copy.envelope().messageIdHeader(),
        copy.body().filter(body -> copy.whole()));
  }

  @Override
  public List<MessageKey> contentWanted(AccountId account, int limit) {
    checkOpen();
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("limit " + limit);
    }
    return state.queue.values().stream().flatMap(entry -> state.missing(entry).stream()).distinct()
        .filter(key -> locate(List.of(key)).stream().anyMatch(place -> state.place(place.serverFolder()).account().equals(account)))
        .limit(limit).toList();
  }

  @Override
  public Known known(FolderKey folder) throws StoreException {
    Place place = folderOf(folder);
    var messages = new HashMap<RemoteId, Flags>();
    boolean waiting = false;
    if (place.mirrored()) {
      waiting = state.rows.values().stream().anyMatch(r -> r.place().equals(folder) && r.born() && r.id().isEmpty());
      state.rows.values().stream().filter(r -> r.place().equals(folder)).forEach(r -> r.id().ifPresent(id -> messages.put(id, r.flags())));
    } else {
      state.maildrops.of(folder).forEach((id, taken) -> messages.put(id, takenFlags(taken)));
    }
    return Known.of(place.cursor(), Map.copyOf(messages), waiting);
  }

  private Flags takenFlags(MemoryMaildrops.Taken taken) {
    return taken.key().map(state::row).map(Row::flags).orElse(Flags.NONE);
  }

  @Override
  public List<Located> locate(Collection<MessageKey> messages) {
    checkOpen();
    var found = new ArrayList<Located>();
    for (MessageKey key : messages) {
      Row row = state.row(key);
      if (row == null || !row.born()) {
        continue;
      }
      if (state.place(row.place()).mirrored()) {
        found.add(new Located(key, row.place(), row.id()));
      } else {
        taken(key).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Located> taken(MessageKey key) {
    return state.maildrops.find(key).filter(found -> !state.maildrops.of(found.getKey()).get(found.getValue()).gone())
        .map(found -> new Located(key, found.getKey(), Optional.of(found.getValue())));
  }

  @Override
  public Optional<ServerCopy> serverCopy(MessageKey message) {
    checkOpen();
    return state.maildrops.copy(state, message);
  }

  @Override
  public List<Taken> taken(FolderKey maildrop) throws StoreException {
    return state.maildrops.all(folderOf(maildrop).key());
  }

  @Override
  public List<Taken> overdue(FolderKey maildrop) throws StoreException {
    return state.maildrops.overdue(state, folderOf(maildrop).key());
  }

  @Override
  public List<MessageKey> withoutBody(FolderKey folder, Instant since, int limit) throws StoreException {
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException("limit " + limit);
    }
    return bodies(folder, BodyState.NONE, since).stream().limit(limit).toList();
  }

  @Override
  public MessageKeys bodies(FolderKey folder, BodyState body, Instant since) throws StoreException {
    if (!folderOf(folder).mirrored()) {
      return MessageKeys.none();
    }
    Comparator<Row> newest = Comparator.comparing(Row::received).thenComparing(r -> r.key().value());
    return MessageKeys.copyOf(state.rows.values().stream()
        .filter(r -> r.place().equals(folder) && r.id().isPresent() && r.bodyState() == body)
        .filter(r -> !r.received().isBefore(since)).sorted(newest.reversed()).map(Row::key).toList());
  }
}
