/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.PBEKeySpec;
import org.eclipse.equinox.security.storage.provider.IProviderHints;

/**
 * What the stored passwords are encrypted with: on Windows the user's data protection, elsewhere a random key in a file that only the
 * user can read.
 *
 * <p>The key rings of Linux and macOS are left alone on purpose. Equinox' providers for them keep one master password for every secure
 * storage of the user, and a storage they have not seen makes them replace it: opening ours that way would make the passwords in the
 * user's own Eclipse unreadable. The Windows provider keeps its secret inside each storage.
 */
final class Protection {
  private static final String WINDOWS_PROVIDER = "org.eclipse.equinox.security.windowspasswordprovider64bit"; //$NON-NLS-1$
  private final KeyFile keyFile;

  Protection(KeyFile keyFile) {
    this.keyFile = keyFile;
  }

  /** For old entries: each names what it was encrypted with. */
  Map<String, Object> toRead() throws IOException {
    Optional<char[]> key = keyFile.read();
    return key.isPresent() ? Map.of(IProviderHints.DEFAULT_PASSWORD, new PBEKeySpec(key.get())) : Map.of();
  }

  Map<String, Object> toWrite() throws IOException {
    if (windows()) {
      return Map.of(IProviderHints.REQUIRED_MODULE_ID, WINDOWS_PROVIDER);
    }
    return Map.of(IProviderHints.DEFAULT_PASSWORD, new PBEKeySpec(keyFile.readOrCreate()));
  }

  private static boolean windows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows") //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        && System.getProperty("os.arch", "").equals("amd64"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
  }
}
