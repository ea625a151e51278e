/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.Flag;
import org.heliogram.core.model.Flags;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;

/**
 * The bundled messages and the folders they are in. All folders with messages are delivered, like a maildrop: each message comes once,
 * and what the user does to it afterwards lasts. The rest are local.
 */
final class DemoMailbox {
  private static final String PLACE = "mail/"; //$NON-NLS-1$

  static final List<RemoteFolder> FOLDERS = List.of(
      delivered(FolderRole.INBOX, true, "INBOX"), //$NON-NLS-1$
      new RemoteFolder("Drafts", FolderPath.of("Drafts"), FolderRole.DRAFTS, Keeping.LOCAL, true), //$NON-NLS-1$ //$NON-NLS-2$
      delivered(FolderRole.SENT, true, "Sent"), //$NON-NLS-1$
      delivered(FolderRole.ARCHIVE, true, "Archive"), //$NON-NLS-1$
      delivered(FolderRole.JUNK, true, "Junk"), //$NON-NLS-1$
      new RemoteFolder("Trash", FolderPath.of("Trash"), FolderRole.TRASH, Keeping.LOCAL, true), //$NON-NLS-1$ //$NON-NLS-2$
      delivered(FolderRole.NONE, true, "Languages"), //$NON-NLS-1$
      delivered(FolderRole.NONE, false, "Lists"), //$NON-NLS-1$
      delivered(FolderRole.NONE, true, "Lists", "dev"), //$NON-NLS-1$ //$NON-NLS-2$
      delivered(FolderRole.NONE, true, "Lists", "users")); //$NON-NLS-1$ //$NON-NLS-2$

  /** Newest first. */
  private final List<DemoMessage> messages;

  DemoMailbox() {
    messages = readIndex();
  }

  private static RemoteFolder delivered(FolderRole role, boolean selectable, String... path) {
    return new RemoteFolder(String.join("/", path), FolderPath.of(path), role, Keeping.DELIVERED, selectable); //$NON-NLS-1$
  }

  List<DemoMessage> in(RemoteFolder folder) {
    return messages.stream().filter(message -> message.folder().equals(folder.name())).toList();
  }

  Optional<DemoMessage> find(RemoteFolder folder, RemoteId id) {
    return in(folder).stream().filter(message -> message.id().equals(id)).findFirst();
  }

  byte[] content(DemoMessage message) {
    try (InputStream in = open(message.id() + ".eml")) { //$NON-NLS-1$
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a bundled message", e); //$NON-NLS-1$
    }
  }

  private static List<DemoMessage> readIndex() {
    var found = new ArrayList<DemoMessage>();
    try (var lines = new BufferedReader(new InputStreamReader(open("index.tsv"), StandardCharsets.UTF_8))) { //$NON-NLS-1$
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) { //$NON-NLS-1$
          found.add(parse(line.split("\t"))); //$NON-NLS-1$
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the list of bundled messages", e); //$NON-NLS-1$
    }
    found.sort(Comparator.comparing(DemoMessage::received).reversed());
    return List.copyOf(found);
  }

  private static DemoMessage parse(String[] columns) {
    Flag[] flags = columns[2].equals("-") ? new Flag[0] //$NON-NLS-1$
        : Arrays.stream(columns[2].split(",")).map(name -> Flag.valueOf(name.toUpperCase(Locale.ROOT))).toArray(Flag[]::new); //$NON-NLS-1$
    return new DemoMessage(columns[0], new RemoteId(columns[1]), Flags.of(flags), Instant.parse(columns[3]),
        columns[4].equals("attachments")); //$NON-NLS-1$
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = DemoMailbox.class.getResourceAsStream(PLACE + name);
    if (in == null) {
      throw new IOException("missing resource " + name); //$NON-NLS-1$
    }
    return in;
  }
}
