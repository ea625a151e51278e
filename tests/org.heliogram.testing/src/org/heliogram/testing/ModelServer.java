/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.runtime.IProgressMonitor;
import org.heliogram.core.backend.Backend;
import org.heliogram.core.backend.Credentials;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.FlagChange;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;

/**
 * A mail server with other clients, in memory: folders, ids that grow, a numbering that can be renewed. Its backends behave as real ones
 * do, and fail where {@link #interfere} says so. Safe for any thread.
 */
public final class ModelServer implements Backend.Factory {
  /** What it can do. */
  public enum Kind {
    /** Neither MOVE nor UIDPLUS: a move is a copy and then a mark, and can end in between; nothing tells the new ids, and nothing is expunged. */
    PLAIN(false, false, false),
    /** A move is a copy and then a deletion; the new ids are told. */
    UIDPLUS(true, false, true),
    /** Moves at once, but does not tell the new ids. */
    MOVE(false, true, true),
    /** Moves at once and tells the new ids. */
    MOVE_UIDPLUS(true, true, true);

    final boolean receipts;
    final boolean atomic;
    final boolean expunges;

    Kind(boolean receipts, boolean atomic, boolean expunges) {
      this.receipts = receipts;
      this.atomic = atomic;
      this.expunges = expunges;
    }
  }

  /** Whether it tells what changed since a cursor. */
  public enum Deltas {
    /** It lists everything every time. */
    NONE,
    /** It tells changes and arrivals; what is gone follows from comparing. */
    COUNTED,
    /** It tells what is gone as well. */
    EXACT,
    /** One connection does, the next does not. */
    CHANGING;

    Deltas of(int connection) {
      return this == CHANGING ? values()[connection % 3] : this;
    }
  }

  /** Points at which something can go wrong. */
  public enum Moment { BEFORE, HALFWAY, AFTER }

  /** Makes things go wrong. */
  @FunctionalInterface
  public interface Interference {
    /** @param call name of the method of {@link Backend}, or {@code open} */
    void at(String call, Moment moment) throws MailException;
  }

  /** A message. @param name tells it apart; copies have the same */
  public record Mail(String name, Flags flags, Instant received, byte[] content) {
    Mail flagged(Flags other) {
      return new Mail(name, other, received, content);
    }

    byte[] header() {
      String text = new String(content, StandardCharsets.UTF_8);
      return text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A folder. */
  static final class Box {
    RemoteFolder folder;
    final TreeMap<Long, Mail> mails = new TreeMap<>();
    final TreeMap<Long, Long> changed = new TreeMap<>(); // by id, when last
    final TreeMap<Long, Long> gone = new TreeMap<>();
    final TreeMap<Long, Mail> late = new TreeMap<>(); // arrived, but not listed yet
    boolean listsLate;
    long modSeq = 1;
    long validity = 1;
    long next = 1;

    Box(RemoteFolder folder) {
      this.folder = folder;
    }

    long add(Mail mail) {
      mails.put(next, mail);
      changed.put(next, ++modSeq);
      return next++;
    }

    /** What a client puts there. */
    long arrive(Mail mail) {
      if (!listsLate) {
        return add(mail);
      }
      late.put(next, mail);
      return next++;
    }

    void list() {
      late.forEach((uid, mail) -> {
        mails.put(uid, mail);
        changed.put(uid, ++modSeq);
      });
      late.clear();
      listsLate = false;
    }

    void change(long uid, FlagChange change) {
      if (mails.computeIfPresent(uid, (u, mail) -> mail.flagged(mail.flags().with(change))) != null) {
        changed.put(uid, ++modSeq);
      }
    }

    Mail remove(long uid) {
      Mail mail = mails.remove(uid);
      if (mail != null) {
        changed.remove(uid);
        gone.put(uid, ++modSeq);
      }
      return mail;
    }
  }

  final Kind kind;
  final Map<String, Box> boxes = new LinkedHashMap<>(); // guarded by this
  private final Map<String, ModelServer> neighbours = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Optional<Duration> signInDelay = Optional.empty();
  private volatile Interference interference = (call, moment) -> {};
  private volatile String password = "secret";
  private volatile boolean hidden;
  private volatile String hiddenFolder = "";
  private volatile Deltas deltas = Deltas.NONE;
  private int counter;
  private final Set<String> lost = new HashSet<>(); // guarded by this
  private volatile boolean objectIds;
  private int connections; // guarded by this

  public ModelServer(Kind kind) {
    this.kind = kind;
  }

  public ModelServer deltas(Deltas kind) {
    deltas = kind;
    return this;
  }

  /** Everything the clients called, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public void forgetCalls() {
    calls.clear();
  }

  public void interfere(Interference other) {
    interference = other;
  }

  /** Lists every folder as empty, as servers in trouble do. */
  public void hideMessages(boolean hide) {
    hidden = hide;
  }

  boolean hidesMessages() {
    return hidden;
  }

  /** From now on, or no more, a folder does not list what clients put into it, and nobody finds it there, as on servers that take their time. */
  public synchronized void listLate(String path, boolean late) {
    Box box = boxes.get(path);
    box.list();
    box.listsLate = late;
  }

  /** Leaves a folder out of listings. @param path empty for none */
  public void hideFolder(String path) {
    hiddenFolder = path;
  }

  /** How long it wants to be left alone after a sign-in. */
  public void signInDelay(Duration delay) {
    signInDelay = Optional.of(delay);
  }

  Optional<Duration> signInDelay() {
    return signInDelay;
  }

  public void password(String other) {
    password = other;
  }

  void at(String call, Moment moment) throws MailException {
    if (moment == Moment.BEFORE) {
      calls.add(call);
    }
    interference.at(call, moment);
  }

  /** Accounts on that host are the other server's. */
  public ModelServer neighbour(String host, ModelServer other) {
    neighbours.put(host, other);
    return this;
  }

  @Override
  public Backend open(Account account, Credentials credentials, IProgressMonitor monitor) throws MailException {
    ModelServer neighbour = neighbours.get(account.incoming().host());
    return neighbour == null ? connect(credentials) : neighbour.connect(credentials);
  }

  private Backend connect(Credentials credentials) throws MailException {
    at("open", Moment.BEFORE);
    if (!credentials.password().equals(password)) {
      throw new MailException.SignInRefused("[AUTHENTICATIONFAILED] no", null);
    }
    synchronized (this) {
      return new ModelBackend(this, deltas.of(connections++));
    }
  }

  public synchronized ModelServer folder(String path, FolderRole role, Keeping keeping) {
    boxes.put(path, new Box(new RemoteFolder(path, FolderPath.parse(path), role, keeping, true)));
    return this;
  }

  /** Makes a folder, unless it is there. */
  synchronized RemoteFolder create(FolderPath path) {
    boxes.remove(path.text(), named(path.text()).filter(folder -> !folder.selectable()).map(folder -> boxes.get(path.text())).orElse(null));
    return boxes.computeIfAbsent(path.text(), name -> {
      counter++;
      var box = new Box(new RemoteFolder(name, path, FolderRole.NONE, Keeping.MIRRORED, true, true, Optional.empty(),
          objectIds ? Optional.of("F" + counter) : Optional.empty()));
      box.validity = 1_000 + counter; // no two folders of one name have the same
      return box;
    }).folder;
  }

  /** Another client renames a folder, and the folders in it go along. @return whether there is such a folder and the name was free */
  public synchronized boolean rename(String from, String to) {
    if (!boxes.containsKey(from) || boxes.containsKey(to)) {
      return false;
    }
    FolderPath old = FolderPath.parse(from);
    FolderPath now = FolderPath.parse(to);
    for (Box box : List.copyOf(boxes.values())) {
      if (box.folder.path().within(old)) {
        boxes.remove(box.folder.name());
        FolderPath path = box.folder.path().moved(old, now);
        box.folder = box.folder.renamed(path.text(), path);
        boxes.put(path.text(), box);
      }
    }
    return true;
  }

  synchronized boolean subscribe(String path, boolean subscribed) {
    Box box = boxes.get(path);
    if (box != null) {
      box.folder = box.folder.withSubscribed(subscribed);
    }
    return box != null;
  }

  synchronized Optional<RemoteFolder> named(String path) {
    return Optional.ofNullable(boxes.get(path)).map(box -> box.folder);
  }

  /** Whether folders that are made from now on have a lasting id. */
  public void objectIds(boolean has) {
    objectIds = has;
  }

  /**
   * A client deletes a folder with its messages, which are lost on purpose. If there are folders in it, it stays, but cannot be opened.
   *
   * @return whether anything was done
   */
  synchronized boolean loseFolder(String path) {
    Box box = boxes.get(path);
    boolean parent = box != null && boxes.values().stream().anyMatch(b -> b != box && b.folder.path().within(box.folder.path()));
    if (box == null || parent && !box.folder.selectable()) {
      return box == null;
    }
    box.mails.values().forEach(mail -> lost.add(mail.name()));
    boxes.remove(path);
    if (parent) {
      boxes.put(path, new Box(new RemoteFolder(path, box.folder.path(), FolderRole.NONE, Keeping.MIRRORED, false)));
    }
    return true;
  }

  /** Names of messages that went with a folder that was deleted. */
  public synchronized Set<String> lost() {
    return Set.copyOf(lost);
  }

  /** Folders that can be opened. */
  public synchronized List<String> openable() {
    return boxes.values().stream().map(box -> box.folder).filter(RemoteFolder::selectable).map(RemoteFolder::name).toList();
  }

  /** All folders. */
  public synchronized List<String> paths() {
    return List.copyOf(boxes.keySet());
  }

  public synchronized void removeFolder(String path) {
    boxes.remove(path);
  }

  synchronized List<RemoteFolder> folders() {
    return boxes.values().stream().map(b -> b.folder).filter(f -> !f.name().equals(hiddenFolder)).toList();
  }

  /** A new message arrives. @return its id */
  public long deliver(String folder, String name) {
    return deliver(folder, name, Flags.NONE);
  }

  public synchronized long deliver(String folder, String name, Flags flags) {
    counter++;
    String content = "From: " + name + "@example.org\r\nSubject: " + name + "\r\nMessage-ID: <" + name + "@example.org>\r\n\r\nText of " + name
        + "\r\n";
    return boxes.get(folder).add(new Mail(name, flags, Instant.parse("2026-11-20T00:00:00Z").plusSeconds(counter), content.getBytes(StandardCharsets.UTF_8)));
  }

  /** Another client changes flags. */
  public synchronized void change(String folder, long uid, FlagChange change) {
    boxes.get(folder).change(uid, change);
  }

  /** Another client moves a message. */
  public synchronized void move(String folder, long uid, String to) {
    Mail mail = boxes.get(folder).remove(uid);
    if (mail != null) {
      boxes.get(to).add(mail);
    }
  }

  /** Another client deletes a message for good. */
  public synchronized void expunge(String folder, long uid) {
    boxes.get(folder).remove(uid);
  }

  /** What a client's deletion does: without UIDPLUS it is only a mark. */
  synchronized void delete(Box box, long uid) {
    if (kind.expunges) {
      box.remove(uid);
    } else {
      box.change(uid, FlagChange.set(Flag.DELETED));
    }
  }

  /** The folder gets a new UIDVALIDITY and new ids. */
  public synchronized void renumber(String folder) {
    Box box = boxes.get(folder);
    List<Mail> mails = new ArrayList<>(box.mails.values());
    box.mails.clear();
    box.changed.clear();
    box.gone.clear();
    box.validity++;
    box.next = box.validity * 7 % 5 + 1;
    mails.forEach(box::add);
  }

  public synchronized Set<Long> uids(String folder) {
    return Set.copyOf(boxes.get(folder).mails.keySet());
  }

  /** What is in a folder, by id. */
  public synchronized Map<Long, Mail> mails(String folder) {
    return new TreeMap<>(boxes.get(folder).mails);
  }

  public synchronized List<String> names(String folder) {
    return boxes.get(folder).mails.values().stream().map(Mail::name).toList();
  }

  synchronized Optional<Box> box(RemoteFolder folder) {
    return Optional.ofNullable(boxes.get(folder.name()));
  }
}
