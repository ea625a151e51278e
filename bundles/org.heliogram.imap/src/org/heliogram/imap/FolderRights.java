/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliogram.core.backend.MailException;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Right;

/** Asks what the user may do with folders (MYRIGHTS, RFC 4314 section 3.5), many in one round trip. */
final class FolderRights {
  private static final int AT_ONCE = 100;
  private static final Map<Character, Right> LETTERS = Map.of('r', Right.READ, 's', Right.KEEP_SEEN, 'w', Right.WRITE_FLAGS, 'i', Right.INSERT,
      'k', Right.CREATE_FOLDERS, 'x', Right.DELETE_FOLDER, 't', Right.DELETE_MESSAGES, 'e', Right.EXPUNGE, 'a', Right.ADMINISTER);
  private final ImapConnection imap;
  private final Map<String, Set<Right>> rights = new HashMap<>();

  FolderRights(ImapConnection imap) {
    this.imap = imap;
  }

  /** @return by name; a folder the server does not tell about is left out */
  Map<String, Set<Right>> read(List<RemoteFolder> folders) throws IOException, MailException {
    for (int from = 0; from < folders.size(); from += AT_ONCE) {
      var tags = new ArrayList<String>();
      for (RemoteFolder folder : folders.subList(from, Math.min(folders.size(), from + AT_ONCE))) {
        tags.add(imap.prepare("MYRIGHTS " + imap.names().argument(folder.name()))); //$NON-NLS-1$
      }
      imap.connection().flush();
      for (String tag : tags) {
        imap.await(tag, this::take); // NO is an answer too: nothing is known.
      }
    }
    return Map.copyOf(rights);
  }

  private boolean take(long number, String answer, ResponseReader in) throws IOException {
    if (!answer.equals("MYRIGHTS")) { //$NON-NLS-1$
      return false;
    }
    String name = in.string();
    in.spaces();
    String letters = in.string();
    if (name != null && letters != null) {
      rights.put(imap.names().kept(name), parse(letters));
    }
    return true;
  }

  /** RFC 2086 had c and d for what RFC 4314 has k, x, t and e for; a server that knows those shows the old ones only for old programs. */
  static Set<Right> parse(String letters) {
    var found = EnumSet.noneOf(Right.class);
    letters.chars().mapToObj(c -> LETTERS.get((char) c)).filter(right -> right != null).forEach(found::add);
    if (letters.chars().noneMatch(c -> "kxte".indexOf(c) >= 0)) { //$NON-NLS-1$
      if (letters.indexOf('c') >= 0) {
        found.addAll(List.of(Right.CREATE_FOLDERS, Right.DELETE_FOLDER));
      }
      if (letters.indexOf('d') >= 0) {
        found.addAll(List.of(Right.DELETE_MESSAGES, Right.EXPUNGE));
      }
    }
    return Set.copyOf(found);
  }
}
