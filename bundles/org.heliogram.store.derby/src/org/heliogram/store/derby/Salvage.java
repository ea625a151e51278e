/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;

/** Makes the best of a store whose database is gone. */
final class Salvage {
  private Salvage() {}

  /** The database is of no use: it is put aside. */
  static StoreOpening.Result databaseGone(StoreOpening opening, String why) throws IOException, StoreException {
    StoreHome home = opening.home();
    Path saved = home.savedFolder();
    Files.createDirectories(saved);
    if (Files.exists(home.database())) {
      Files.move(home.database(), saved.resolve("db")); //$NON-NLS-1$
    }
    home.note(new StoreHome.Damage(why, saved, true), opening.disk());
    return new StoreOpening.Result(new StoreState.Damaged(home.folder(), why, saved), Optional.empty());
  }

  /** The store was found damaged in an earlier run. */
  static StoreOpening.Result reopen(StoreOpening opening, StoreHome.Damage damage) throws IOException, StoreException {
    StoreHome home = opening.home();
    Database database = opening.database(damage.salvaged() ? home.salvagedDatabase() : home.database());
    try {
      database.boot();
    } catch (SQLException e) {
      return databaseGone(opening, damage.why());
    }
    return new StoreOpening.Result(new StoreState.Damaged(home.folder(), damage.why(), damage.saved()), Optional.of(opening.store(database)));
  }
}
