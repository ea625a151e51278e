/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.imap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Manifest;
import org.heliogram.core.backend.MailException;

/** Tells the server what program this is, nothing of user or machine, and asks what it is (RFC 2971). */
final class Introduction {
  private static final int MOST_FIELDS = 30;
  private static final int MOST_OCTETS = 1_024;
  private static final String COMMAND = "ID (\"name\" \"Heliogram\" \"version\" \"" + version() + "\")"; //$NON-NLS-1$ //$NON-NLS-2$
  private final Map<String, String> told = new HashMap<>();

  /** @return what the server says of itself, names of fields in small letters; empty where it says nothing */
  Map<String, String> run(ImapConnection imap) throws IOException, MailException {
    if (imap.can("ID")) { //$NON-NLS-1$
      imap.await(imap.send(COMMAND), (number, answer, in) -> answer.equals("ID") && take(in)); // Whether it likes it does not matter. //$NON-NLS-1$
    }
    return Map.copyOf(told);
  }

  private boolean take(ResponseReader in) throws IOException {
    if (!in.accept('(')) {
      return true; // NIL
    }
    in.spaces();
    for (int fields = 0; !in.accept(')') && fields < MOST_FIELDS; fields++) {
      byte[] name = in.octets(MOST_OCTETS);
      in.spaces();
      byte[] value = in.octets(MOST_OCTETS);
      in.spaces();
      if (name != null && value != null) {
        told.put(text(name).toLowerCase(Locale.ROOT), text(value));
      }
    }
    return true;
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** Of this bundle, by its manifest; in a class path of many each is looked at. */
  private static String version() {
    try {
      for (URL each : Collections.list(Introduction.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) { //$NON-NLS-1$
        try (InputStream in = each.openStream()) {
          var fields = new Manifest(in).getMainAttributes();
          String version = fields.getValue("Bundle-Version"); //$NON-NLS-1$
          if ("org.heliogram.imap".equals(fields.getValue("Bundle-SymbolicName")) && version != null) { //$NON-NLS-1$ //$NON-NLS-2$
            return version.replaceAll("^([0-9]+\\.[0-9]+\\.[0-9]+).*", "$1").replaceAll("[^0-9.]", ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
          }
        }
      }
    } catch (IOException e) {
      return "0"; //$NON-NLS-1$ // Nobody needs it that much.
    }
    return "0"; //$NON-NLS-1$
  }
}
