/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.ui.folders;

import java.util.Optional;
import org.eclipse.osgi.util.NLS;
import org.heliogram.core.store.StoreState;

/** Says what is wrong with the store as a whole, and whether trying again makes sense. */
record StoreStateText(String words, boolean again) {
  /** Empty if all is well. */
  static Optional<StoreStateText> of(StoreState state) {
    return switch (state) {
      case StoreState.Open open -> Optional.empty();
      case StoreState.Closed closed -> Optional.empty();
      case StoreState.InUse inUse -> Optional.of(new StoreStateText(NLS.bind(Messages.Store_inUse, inUse.holder()), true));
      case StoreState.Damaged damaged -> Optional.of(new StoreStateText(NLS.bind(Messages.Store_damaged, damaged.saved()), false));
      case StoreState.Lost lost -> Optional.of(new StoreStateText(NLS.bind(Messages.Store_lost, lost.folder()), false));
      case StoreState.Failed failed -> Optional.of(new StoreStateText(NLS.bind(Messages.Store_failed, failed.folder(), failed.why()), true));
    };
  }
}
