/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private record Entry(String name, List<String> segments, String delimiter, Set<String> attributes) {}

  /** Asks the server. */
  List<RemoteFolder> read(ImapConnection imap) throws IOException, MailException {
    String wanted = wanted(imap);
    Status status = imap.await(imap.send("LIST \"\" \"*\"" + wanted), this::take); //$NON-NLS-1$
    if (!wanted.isEmpty() && !status.ok() && !status.busy()) {
      status = imap.await(imap.send("LIST \"\" \"*\""), this::take); //$NON-NLS-1$ // It says it can, but it cannot.
    }
    status.requireOk("LIST"); //$NON-NLS-1$
    if (entries.keySet().stream().noneMatch(name -> Mailbox.sameName(name, INBOX))) {
      entries.put(INBOX, new Entry(INBOX, List.of(INBOX), "", Set.of())); //$NON-NLS-1$ // It is always there, listed or not.
    }
    return folders();
  }

  private static String wanted(ImapConnection imap) throws IOException, MailException {
    if (!imap.can("LIST-EXTENDED")) { //$NON-NLS-1$
      return ""; //$NON-NLS-1$
    }
    List<String> options = new ArrayList<>();
    if (imap.can("SPECIAL-USE")) { //$NON-NLS-1$
      options.add("SPECIAL-USE"); //$NON-NLS-1$
    }
    if (imap.can("LIST-STATUS") && Capability.CONDSTORE.in(imap.capabilities())) { //$NON-NLS-1$
      options.add(FolderStatus.ITEMS); // without mod-sequences nobody knew whether flags changed
    }
    return options.isEmpty() ? "" : " RETURN (" + String.join(" ", options) + ')'; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** How the folders stood when they were listed, by raw name, where the server tells that with the list. */
  Map<String, FolderStatus> statuses() {
    return statuses;
  }

  private boolean take(long number, String answer, ResponseReader in) throws IOException {
    if (answer.equals("STATUS")) { //$NON-NLS-1$
      FolderStatus.read(in, statuses);
      return true;
    }
    if (!answer.equals("LIST") && !answer.equals("XLIST")) { //$NON-NLS-1$ //$NON-NLS-2$
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
    String name = octets == null ? "NIL" : new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1); //$NON-NLS-1$
    if (!name.isEmpty() && name.length() <= NAME_LIMIT) {
      add(name, delimiter == null ? "" : delimiter, attributes); //$NON-NLS-1$
    }
    return true;
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
    // INBOX is one folder in whatever case, and the last word counts where a folder comes twice.
    entries.put(name.equalsIgnoreCase(INBOX) ? INBOX : name, new Entry(name, List.copyOf(segments), delimiter, attributes));
  }

  /** Control characters have no business in a name on screen. */
  private static String shown(String segment) {
    return segment.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "\ufffd"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private List<RemoteFolder> folders() {
    addParents();
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
      folders.add(new RemoteFolder(entry.name, path, roles.get(entry.name), Keeping.MIRRORED, selectable));
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
