/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.heliogram.core.store.StoreException;

/** What Derby's and the file system's failures mean to us. */
final class Trouble {
  private static final Logger LOG = System.getLogger(Trouble.class.getName());
  /** Page checksums and page formats, log checksums, lost containers: the files are not what was written. */
  private static final Set<String> DAMAGE = Set.of("XSDG0", "XSDG2", "XSDB0", "XSDB1", "XSDB2", "XSDB3", "XSDA1", "XSDF0", "XSLA2", "XSLA3", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
      "XSLA4", "XSLA5", "XSLA7", "XSLA8", "XSLAN", "XSLAA", "XSLB1", "XSLB2", "XSDFB", "XBM0U", "XSAI2", "XSCB4"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$
  private static final Set<String> NO_SPACE = Set.of("XSDG1", "XSDF1", "XSDF3", "XSLA0", "XSLA1", "XSLA9", "XSLAG"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$

  private Trouble() {}

  /** The store files are not what was written. */
  static final class DamageFound extends StoreException {
    private static final long serialVersionUID = 1L;

    DamageFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static StoreException translate(String doing, SQLException e) {
    List<String> states = states(e);
    String message = "database: " + doing + " failed: " + String.join(" ", states); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    if (noSpace(e)) {
      return new StoreException.DiskFull(message, e);
    }
    return damaged(e) ? new DamageFound(message, e) : new StoreException(message, e);
  }

  /** What a failed write to a file of ours means. */
  static StoreException translate(String doing, IOException e) {
    return new StoreException.DiskFull("segment files: " + doing + " failed", e); //$NON-NLS-1$ //$NON-NLS-2$
  }

  static boolean noSpace(Throwable e) {
    return states(e).stream().anyMatch(NO_SPACE::contains) || chain(e).stream().anyMatch(Trouble::saysNoSpace);
  }

  static boolean damaged(Throwable e) {
    return e instanceof DamageFound || states(e).stream().anyMatch(DAMAGE::contains);
  }

  static boolean deadlock(Throwable e) {
    return states(e).contains("40001"); //$NON-NLS-1$
  }

  private static boolean saysNoSpace(Throwable e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof IOException
        && (message.contains("no space left") || message.contains("not enough space") || message.contains("quota exceeded")); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }

  /** SQL states of the exception, its followers and its causes. */
  static List<String> states(Throwable e) {
    return chain(e).stream().map(Trouble::state).filter(state -> !state.isEmpty()).distinct().toList();
  }

  private static String state(Throwable e) {
    if (e instanceof SQLException sql && sql.getSQLState() != null) {
      return sql.getSQLState();
    }
    // Derby's own exceptions begin their text with nothing, but name the state in getMessageId(); not public API, so read toString()
    String text = e.toString();
    int at = text.indexOf("ERROR "); //$NON-NLS-1$
    return at >= 0 && text.length() >= at + 11 ? text.substring(at + 6, at + 11) : ""; //$NON-NLS-1$
  }

  private static List<Throwable> chain(Throwable e) {
    var all = new ArrayList<Throwable>();
    var open = new ArrayList<Throwable>(List.of(e));
    while (!open.isEmpty() && all.size() < 50) {
      Throwable next = open.remove(0);
      if (all.contains(next)) {
        continue;
      }
      all.add(next);
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
      if (next instanceof SQLException sql && sql.getNextException() != null) {
        open.add(sql.getNextException());
      }
    }
    return all;
  }

  /** For failures of closing what is no longer needed. */
  static void ignore(Throwable e) {
    LOG.log(Level.DEBUG, "closing", e); //$NON-NLS-1$
  }
}
