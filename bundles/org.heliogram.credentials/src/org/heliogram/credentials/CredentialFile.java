/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.credentials;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.equinox.security.storage.EncodingUtils;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;
import org.eclipse.equinox.security.storage.provider.IProviderHints;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.service.DataFolder;
import org.heliogram.core.service.Purpose;

/**
 * The storage file {@code credentials}. Each change is made to a copy that then replaces the file, under a lock between processes, so that
 * a crash leaves the old or the new one and two processes do not overwrite each other.
 *
 * <p>Equinox keeps what it read of a URL for the life of the process. Therefore the URLs carry a fragment that changes with the file.
 */
final class CredentialFile {
  private static final String NAME = "credentials"; //$NON-NLS-1$
  private static final Object IN_PROCESS = new Object(); // file locks do not work between threads
  private final Path folder;
  private final KeyFile keyFile;
  private final Protection protection;

  CredentialFile(Path folder) {
    this.folder = folder;
    this.keyFile = new KeyFile(folder.resolve(NAME + ".key")); //$NON-NLS-1$
    this.protection = new Protection(keyFile);
  }

  Optional<String> find(AccountId account, Purpose purpose) throws IOException, StorageException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    OwnerOnly.tighten(file);
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    String version = now.fileKey() + "-" + now.lastModifiedTime().toMillis() + "-" + now.size(); //$NON-NLS-1$ //$NON-NLS-2$
    ISecurePreferences root = open(file, version, protection.toRead());
    String node = node(account);
    return root.nodeExists(node) ? Optional.ofNullable(root.node(node).get(key(purpose), null)) : Optional.empty();
  }

  void put(AccountId account, Purpose purpose, String secret) throws IOException, StorageException {
    DataFolder.create(folder);
    change(true, root -> root.node(node(account)).put(key(purpose), secret, true));
  }

  void remove(AccountId account) throws IOException, StorageException {
    if (!Files.exists(folder.resolve(NAME))) {
      return;
    }
    change(false, root -> {
      if (root.nodeExists(node(account))) {
        root.node(node(account)).removeNode();
      }
    });
  }

  private interface Edit {
    void apply(ISecurePreferences root) throws StorageException;
  }

  private void change(boolean encrypts, Edit edit) throws IOException, StorageException {
    Path file = folder.resolve(NAME);
    Path next = folder.resolve(NAME + ".new"); //$NON-NLS-1$
    synchronized (IN_PROCESS) {
      try (FileChannel channel = OwnerOnly.open(folder.resolve(NAME + ".lock"))) { //$NON-NLS-1$
        channel.lock(); // until the channel is closed
        Files.deleteIfExists(next);
        OwnerOnly.create(next);
        if (Files.exists(file)) {
          Files.write(next, Files.readAllBytes(file));
        }
        ISecurePreferences root = open(next, UUID.randomUUID().toString(), encrypts ? protection.toWrite() : Map.of());
        edit.apply(root);
        root.flush();
        force(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        OwnerOnly.forceFolder(folder);
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static ISecurePreferences open(Path file, String version, Map<String, Object> options) throws IOException {
    var all = new HashMap<Object, Object>(options);
    all.put(IProviderHints.PROMPT_USER, Boolean.FALSE); // never a dialog
    return SecurePreferencesFactory.open(url(file, version), all);
  }

  /** Equinox wants the path as it is, not percent-encoded, and then reads it through a stream handler that decodes it all the same. */
  @SuppressWarnings("deprecation") // the URI way encodes spaces, which Equinox does not undo when it writes
  private static URL url(Path file, String version) throws IOException {
    String path = file.toAbsolutePath().toString().replace('\\', '/');
    if (path.chars().anyMatch(c -> c == '%' || c == '#' || c == '?')) {
      throw new IOException("its folder has one of the characters % # ? in its name, which secure storage cannot handle"); //$NON-NLS-1$
    }
    try {
      return new URL("file", null, (path.startsWith("/") ? path : "/" + path) + "#" + version); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    } catch (MalformedURLException e) {
      throw new IOException("its folder cannot be named by a URL", e); //$NON-NLS-1$
    }
  }

  private static String node(AccountId account) {
    return "accounts/" + EncodingUtils.encodeSlashes(account.value()); //$NON-NLS-1$
  }

  private static String key(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }
}
