/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;

/** What a folder is for: what the server says (RFC 6154), else what its name says. */
final class FolderRoles {
  private static final Map<String, FolderRole> BY_ATTRIBUTE = Map.of("\\drafts", FolderRole.DRAFTS, "\\sent", FolderRole.SENT, //$NON-NLS-1$ //$NON-NLS-2$
      "\\archive", FolderRole.ARCHIVE, "\\junk", FolderRole.JUNK, "\\trash", FolderRole.TRASH, "\\all", FolderRole.ALL, //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      "\\flagged", FolderRole.FLAGGED); //$NON-NLS-1$
  private static final Map<FolderRole, List<String>> NAMES = new EnumMap<>(Map.of(
      FolderRole.DRAFTS, List.of("drafts", "draft", "entw\u00fcrfe", "entwurf", "draft messages", "brouillons", "borradores"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
      FolderRole.SENT, List.of("sent", "sent items", "sent messages", "sent mail", "sent-mail", "gesendet", "gesendete objekte", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
          "gesendete elemente", "gesendete nachrichten", "postausgang", "envoy\u00e9s", "enviados"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
      FolderRole.ARCHIVE, List.of("archive", "archives", "archiv", "archived"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      FolderRole.JUNK, List.of("junk", "spam", "junk e-mail", "junk email", "junk-e-mail", "junk mail", "bulk mail", "bulk", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$
          "unerw\u00fcnscht", "spamverdacht", "werbung", "ind\u00e9sirables"), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
      FolderRole.TRASH, List.of("trash", "deleted", "deleted items", "deleted messages", "bin", "papierkorb", "gel\u00f6scht", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$
          "gel\u00f6schte objekte", "gel\u00f6schte elemente", "gel\u00f6schte nachrichten", "corbeille", "papelera"))); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
  private static final Map<String, FolderRole> BY_NAME = byName();

  private FolderRoles() {}

  private static Map<String, FolderRole> byName() {
    var byName = new HashMap<String, FolderRole>();
    NAMES.forEach((role, names) -> names.forEach(name -> byName.put(name, role)));
    return Map.copyOf(byName);
  }

  /** From the attributes of a LIST answer, in lower case. */
  static FolderRole byAttributes(Collection<String> attributes) {
    return attributes.stream().map(BY_ATTRIBUTE::get).filter(role -> role != null).findFirst().orElse(FolderRole.NONE);
  }

  /** The attribute that asks for a role (RFC 6154 section 3); empty for none. */
  static String attribute(FolderRole role) {
    return BY_ATTRIBUTE.entrySet().stream().filter(entry -> entry.getValue() == role).map(entry -> entry.getKey()).findFirst().orElse(""); //$NON-NLS-1$
  }

  /** From the name: of a folder at the top, or one level below INBOX or a provider's own root, where some servers put them all. */
  static FolderRole byName(FolderPath path) {
    int depth = path.segments().size();
    String top = path.segments().get(0).toLowerCase(Locale.ROOT);
    boolean inPlace = depth == 1 || depth == 2 && (top.equals("inbox") || top.equals("[gmail]") || top.equals("[google mail]")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    return inPlace ? BY_NAME.getOrDefault(path.name().toLowerCase(Locale.ROOT).strip(), FolderRole.NONE) : FolderRole.NONE;
  }
}
