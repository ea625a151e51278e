/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.core.store;

import java.util.Objects;
import java.util.Optional;
import org.heliogram.core.backend.RemoteId;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.MessageKey;

/** Where the server has a message. @param id absent while it waits to be adopted */
public record Located(MessageKey message, FolderKey serverFolder, Optional<RemoteId> id) {
  public Located {
    Objects.requireNonNull(message);
    Objects.requireNonNull(serverFolder);
    Objects.requireNonNull(id);
  }
}
