/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.heliogram.mime.Attachment;

/** Writes attachments to files. Not for the UI thread. */
final class AttachmentFiles {
  private static final Set<String> PROGRAMS = Set.of("apk", "app", "appimage", "bat", "chm", "class", "cmd", "com", "command", "cpl", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$
      "desktop", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hta", "htm", "html", "inf", "iso", "jar", "jnlp", "js", "jse", "ksh", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$
      "lnk", "msi", "msix", "msp", "pif", "pl", "pptm", "ps1", "psm1", "py", "reg", "rpm", "deb", "run", "scf", "scr", "sct", "service", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$ //$NON-NLS-18$
      "sh", "svg", "url", "vb", "vbe", "vbs", "vhd", "workflow", "ws", "wsc", "wsf", "wsh", "xhtml", "xlam", "xll", "xlsm", "xltm"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$ //$NON-NLS-7$ //$NON-NLS-8$ //$NON-NLS-9$ //$NON-NLS-10$ //$NON-NLS-11$ //$NON-NLS-12$ //$NON-NLS-13$ //$NON-NLS-14$ //$NON-NLS-15$ //$NON-NLS-16$ //$NON-NLS-17$
  private static final int BUFFER = 1 << 16;

  private AttachmentFiles() {
  }

  /** Whether opening the file could run something the sender wrote. */
  static boolean mayRun(Attachment attachment) {
    return PROGRAMS.contains(extension(attachment.fileName())) || attachment.mediaType().contains("executable") //$NON-NLS-1$
        || attachment.mediaType().contains("x-sh") || attachment.mediaType().contains("msdownload"); //$NON-NLS-1$ //$NON-NLS-2$
  }

  static String extension(String fileName) {
    return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Writes to a folder under the attachment's name, or "name (2)" and so on where that is taken: never over another file. */
  static Path saveInto(Path folder, Attachment attachment, SubMonitor monitor) throws IOException {
    String name = attachment.fileName();
    for (int number = 1;; number++) {
      Path file = folder.resolve(number == 1 ? name : numbered(name, number)).normalize();
      if (!folder.normalize().equals(file.getParent())) {
        throw new IOException("name leads out of the folder"); //$NON-NLS-1$
      }
      try {
        write(file, attachment, monitor, StandardOpenOption.CREATE_NEW);
        return file;
      } catch (FileAlreadyExistsException e) {
        continue; // the next number
      }
    }
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + " (" + number + ")" : name.substring(0, dot) + " (" + number + ")" + name.substring(dot); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  }

  /** Writes to a file the user named, in place of what is there. */
  static void saveAs(Path file, Attachment attachment, SubMonitor monitor) throws IOException {
    write(file, attachment, monitor, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void write(Path file, Attachment attachment, SubMonitor monitor, StandardOpenOption... how) throws IOException {
    StandardOpenOption[] options = new StandardOpenOption[how.length + 1];
    System.arraycopy(how, 0, options, 0, how.length);
    options[how.length] = StandardOpenOption.WRITE;
    try (OutputStream out = Files.newOutputStream(file, options)) {
      copy(attachment, out, monitor);
    } catch (OperationCanceledException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void copy(Attachment attachment, OutputStream out, SubMonitor monitor) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = attachment.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        monitor.checkCanceled();
        out.write(buffer, 0, read);
      }
    }
  }
}
