/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;

/** Flags as scripts write them: seen, answered, flagged, draft, deleted, forwarded, junk, notjunk, and keywords as they are. */
final class FlagNames {
  private FlagNames() {}

  static List<String> of(Flags flags) {
    var names = new ArrayList<String>();
    for (Flag flag : Flag.values()) {
      if (flags.has(flag)) {
        names.add(name(flag));
      }
    }
    names.addAll(flags.keywords());
    return names;
  }

  private static String name(Flag flag) {
    return flag.name().replace("_", "").toLowerCase(Locale.ROOT); //$NON-NLS-1$ //$NON-NLS-2$
  }

  /** @param list separated by commas */
  static Flags parse(String list) throws CommandException {
    var names = new ArrayList<String>();
    for (String word : list.split(",")) { //$NON-NLS-1$
      // A keyword is an atom (RFC 9051 section 9, flag-keyword).
      if (!word.matches("[!-~&&[^(){%*\"\\\\\\]]]{1,100}")) { //$NON-NLS-1$
        throw CommandException.usage(NLS.bind(Messages.Flag_notAFlag, word));
      }
      names.add(imapName(word));
    }
    return Flags.parse(names);
  }

  private static String imapName(String word) {
    for (Flag flag : Flag.values()) {
      if (name(flag).equalsIgnoreCase(word)) {
        return flag.imapName();
      }
    }
    return word;
  }
}
