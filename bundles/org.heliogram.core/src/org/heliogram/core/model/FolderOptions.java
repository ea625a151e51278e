/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What the user chose for one folder.
 *
 * @param bodies which bodies are kept here; empty: as the account says
 * @param push   whether the folder is watched where a server can watch only some (IDLE, RFC 2177); the inbox always is
 */
public record FolderOptions(Optional<BodyPolicy> bodies, boolean push) {
  public static final FolderOptions DEFAULT = new FolderOptions(Optional.empty(), false);

  public FolderOptions {
    Objects.requireNonNull(bodies);
  }
}
