/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.jakarta.WireException;

/** Reads the list of folders (RFC 3501 section 7.2.2) and makes a tree's worth of paths from it. */
final class FolderListing {
  private static final int FOLDER_LIMIT = 100_000;
  private static final int NAME_LIMIT = 2_000;
  private static final String INBOX = "INBOX"; //$NON-NLS-1$
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, FolderStatus> statuses = new HashMap<>();
  private final Set<String> subscribed = new HashSet<>();
  private final ImapConnection imap;
  private boolean subscriptionsKnown;

  FolderListing(ImapConnection imap) {
    this.imap = imap;
  }

  private record Entry(String name, List<String> segments, String delimiter, Set<String> attributes) {}

  /** A folder with what comes between its name and those of the folders in it. @param delimiter empty where there can be none in it */
  record Listed(RemoteFolder folder, String delimiter) {}

  /** Asks the server for all folders. */
  List<RemoteFolder> read() throws IOException, MailException {
    list("\"*\""); //$NON-NLS-1$
    if (entries.keySet().stream().noneMatch(name -> Mailbox.sameName(name, INBOX))) {
      entries.put(INBOX, new Entry(INBOX, List.of(INBOX), "", Set.of())); //$NON-NLS-1$ // It is always there, listed or not.
    }
    addParents();
    return folders();
  }

  /** How the folders stood when they were listed, by name, where the server tells that with the list. */
  Map<String, FolderStatus> statuses() {
    return statuses;
  }

  /** Asks for one folder; empty if it is not there. A server may list more than it was asked for: names are compared. */
  Optional<Listed> one(String name) throws IOException, MailException {
    list(imap.names().argument(name));
    Optional<Entry> entry = entries.values().stream().filter(e -> Mailbox.sameName(e.name, name) && !e.attributes.contains("\\nonexistent")) //$NON-NLS-1$
        .findFirst();
    return entry.flatMap(e -> folders().stream().filter(f -> f.name().equals(e.name)).findFirst().map(f -> new Listed(f, e.delimiter)));
  }

  /** What comes between names at the top (RFC 3501 section 6.3.8); empty where the server knows no folders in folders. */
  String delimiter() throws IOException, MailException {
    String[] delimiter = {""}; //$NON-NLS-1$
    imap.await(imap.send("LIST \"\" \"\""), (number, answer, in) -> answer.equals("LIST") && takeDelimiter(in, delimiter)) //$NON-NLS-1$ //$NON-NLS-2$
        .requireOk("LIST"); //$NON-NLS-1$
    return delimiter[0];
  }

  private boolean takeDelimiter(ResponseReader in, String[] delimiter) throws IOException {
    in.skipValue();
    in.spaces();
    String told = in.string();
    delimiter[0] = told == null ? "" : told; //$NON-NLS-1$
    return true;
  }

  /** One command, one answer; where the server lacks LIST-EXTENDED (RFC 5258), subscriptions take a second in the same round trip. */
  private void list(String pattern) throws IOException, MailException {
    String plain = "LIST \"\" " + pattern; //$NON-NLS-1$
    boolean extended = imap.can("LIST-EXTENDED"); //$NON-NLS-1$
    if (extended) {
      Status status = imap.await(imap.send(plain + returned()), this::take);
      subscriptionsKnown = status.ok();
      if (status.ok() || status.busy()) {
        status.requireOk("LIST"); //$NON-NLS-1$
        return;
      }
    }
    // Without LIST-EXTENDED, or where a server says it can, but cannot.
    String list = imap.prepare(plain);
    String subscriptions = imap.send("LSUB \"\" " + pattern); //$NON-NLS-1$
    Status status = imap.await(list, this::take);
    subscriptionsKnown = imap.await(subscriptions, this::take).ok();
    status.requireOk("LIST"); //$NON-NLS-1$
  }

  private String returned() throws IOException, MailException {
    String options = "SUBSCRIBED"; //$NON-NLS-1$
    if (imap.can("SPECIAL-USE")) { //$NON-NLS-1$
      options += " SPECIAL-USE"; //$NON-NLS-1$
    }
    boolean states = Capability.CONDSTORE.in(imap.capabilities()); // without mod-sequences nobody knew whether flags changed
    boolean names = imap.can("OBJECTID"); //$NON-NLS-1$
    if (imap.can("LIST-STATUS") && (states || names)) { //$NON-NLS-1$
      options += ' ' + FolderStatus.items(states, names);
    }
    return " RETURN (" + options + ')'; //$NON-NLS-1$
  }

  private boolean take(long number, String answer, ResponseReader in) throws IOException {
    if (answer.equals("STATUS")) { //$NON-NLS-1$
      FolderStatus.read(in, imap.names(), statuses);
      return true;
    }
    boolean subscription = answer.equals("LSUB"); //$NON-NLS-1$
    if (!subscription && !answer.equals("LIST") && !answer.equals("XLIST")) { //$NON-NLS-1$ //$NON-NLS-2$
      return false;
    }
    Set<String> attributes = new HashSet<>();
    in.expect('(');
    in.spaces();
    while (!in.accept(')')) {
      String attribute = in.atom().toLowerCase(Locale.ROOT);
      if (attribute.isEmpty() || attributes.size() > FOLDER_LIMIT) {
        throw new Unreadable("attribute expected"); //$NON-NLS-1$
      }
      attributes.add(attribute);
      in.spaces();
    }
    in.spaces();
    String delimiter = in.string();
    in.spaces();
    byte[] octets = in.octets(NAME_LIMIT + 1);
    String name = octets == null ? "NIL" : imap.names().kept(new String(octets, StandardCharsets.ISO_8859_1)); //$NON-NLS-1$
    if (subscription && !attributes.contains("\\noselect")) { // With it, only something in it is subscribed to (RFC 3501 section 6.3.9). //$NON-NLS-1$
      subscribed.add(key(name));
    } else if (!subscription && !name.isEmpty() && name.length() <= NAME_LIMIT) {
      add(name, delimiter == null ? "" : delimiter, attributes); //$NON-NLS-1$
    }
    return true;
  }

  /** INBOX is one folder in whatever case. */
  private static String key(String name) {
    return name.equalsIgnoreCase(INBOX) ? INBOX : name;
  }

  private void add(String name, String delimiter, Set<String> attributes) throws WireException {
    if (entries.size() >= FOLDER_LIMIT) {
      throw new WireException("more than " + FOLDER_LIMIT + " folders"); //$NON-NLS-1$ //$NON-NLS-2$
    }
    String[] raw = delimiter.isEmpty() ? new String[] {name} : name.split(Pattern.quote(delimiter));
    List<String> segments = new ArrayList<>(Arrays.stream(raw).map(ModifiedUtf7::decode).map(FolderListing::shown).filter(s -> !s.isEmpty()).toList());
    if (segments.isEmpty()) {
      segments.add(name);
    }
    if (segments.get(0).equalsIgnoreCase(INBOX)) {
      segments.set(0, INBOX);
    }
    entries.put(key(name), // the last word counts where a folder comes twice
        new Entry(name, List.copyOf(segments), delimiter, attributes));
  }

  /** Control characters have no business in a name on screen. */
  private static String shown(String segment) {
    return segment.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "\ufffd"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private List<RemoteFolder> folders() {
    Map<String, FolderRole> roles = roles();
    var folders = new ArrayList<RemoteFolder>();
    var paths = new HashSet<FolderPath>();
    for (Entry entry : entries.values()) {
      FolderPath path = new FolderPath(entry.segments);
      if (!paths.add(path)) {
        path = FolderPath.of(shown(entry.name)); // Two names that look the same: the second shows its raw one.
        paths.add(path);
      }
      boolean selectable = !entry.attributes.contains("\\noselect") && !entry.attributes.contains("\\nonexistent") //$NON-NLS-1$ //$NON-NLS-2$
          && entry.name.indexOf('\0') < 0;
      boolean wanted = !subscriptionsKnown || entry.attributes.contains("\\subscribed") || subscribed.contains(key(entry.name)); //$NON-NLS-1$
      folders.add(new RemoteFolder(entry.name, path, roles.get(entry.name), Keeping.MIRRORED, selectable, wanted, Optional.empty(),
          Optional.ofNullable(statuses.get(entry.name)).flatMap(FolderStatus::mailboxId)));
    }
    folders.sort((one, other) -> compare(one.path().segments(), other.path().segments()));
    return List.copyOf(folders);
  }

  /** Parents a server does not list are there to be seen, not to be opened. */
  private void addParents() {
    var known = new HashSet<List<String>>();
    entries.values().forEach(entry -> known.add(entry.segments));
    for (Entry entry : List.copyOf(entries.values())) {
      String[] raw = entry.delimiter.isEmpty() ? new String[0] : entry.name.split(Pattern.quote(entry.delimiter));
      for (int depth = 1; depth < entry.segments.size() && raw.length == entry.segments.size(); depth++) {
        List<String> segments = entry.segments.subList(0, depth);
        if (known.add(segments)) {
          String name = String.join(entry.delimiter, Arrays.copyOf(raw, depth));
          entries.putIfAbsent(name, new Entry(name, segments, entry.delimiter, Set.of("\\noselect"))); //$NON-NLS-1$
        }
      }
    }
  }

  /** One folder a role: what the server says goes before what a name says, and the first before the second. */
  private Map<String, FolderRole> roles() {
    var roles = new HashMap<String, FolderRole>();
    var given = EnumSet.of(FolderRole.NONE, FolderRole.INBOX);
    for (Entry entry : entries.values()) {
      FolderRole role = Mailbox.sameName(entry.name, INBOX) ? FolderRole.INBOX : FolderRoles.byAttributes(entry.attributes);
      roles.put(entry.name, role == FolderRole.INBOX || given.add(role) ? role : FolderRole.NONE);
    }
    List<Entry> topFirst = entries.values().stream().sorted((a, b) -> Integer.compare(a.segments.size(), b.segments.size())).toList();
    for (Entry entry : topFirst) {
      FolderRole role = FolderRoles.byName(new FolderPath(entry.segments));
      if (roles.get(entry.name) == FolderRole.NONE && !entry.attributes.contains("\\noselect") && given.add(role)) { //$NON-NLS-1$
        roles.put(entry.name, role);
      }
    }
    return roles;
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
