/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliogram.core.backend.RemoteFolder;
import org.heliogram.core.model.Account;
import org.heliogram.core.model.AccountId;
import org.heliogram.core.model.AccountOptions;
import org.heliogram.core.model.BodyState;
import org.heliogram.core.model.Endpoint;
import org.heliogram.core.model.Folder;
import org.heliogram.core.model.FolderKey;
import org.heliogram.core.model.FolderPath;
import org.heliogram.core.model.FolderRole;
import org.heliogram.core.model.Keeping;
import org.heliogram.core.model.Protocol;
import org.heliogram.core.model.Security;
import org.heliogram.core.store.NewMessage;
import org.heliogram.core.store.Query;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;
import org.heliogram.core.store.SyncPlan;

/**
 * Makes the best of a store whose database does not boot. The damaged files are kept as they are. What is shown instead is, where that
 * works, the database without its log (everything but the last changes), else a new one with every message the segments hold.
 */
final class Salvage {
  private static final Logger LOG = System.getLogger(Salvage.class.getName());
  private static final int BATCH = 500;
  private final StoreOpening opening;
  private final StoreHome home;

  private Salvage(StoreOpening opening) {
    this.opening = opening;
    this.home = opening.home();
  }

  /** The database is missing or of no use. */
  static StoreOpening.Result databaseGone(StoreOpening opening, String why) throws IOException, StoreException {
    return new Salvage(opening).run(why);
  }

  /** The store was found damaged in an earlier run. */
  static StoreOpening.Result reopen(StoreOpening opening, StoreHome.Damage damage) throws IOException, StoreException {
    StoreHome home = opening.home();
    Database database = opening.database(damage.salvaged() ? home.salvagedDatabase() : home.database());
    try {
      database.boot();
      return new Salvage(opening).result(damage, Optional.of(opening.store(database)));
    } catch (SQLException | Trouble.DamageFound e) {
      LOG.log(Level.ERROR, "what was salvaged does not boot", e); //$NON-NLS-1$
      return damage.salvaged() ? new Salvage(opening).result(damage, Optional.empty()) : databaseGone(opening, damage.why());
    }
  }

  private StoreOpening.Result run(String why) throws IOException, StoreException {
    Path saved = home.savedFolder();
    Files.createDirectories(saved);
    if (Files.exists(home.database())) {
      Files.move(home.database(), saved.resolve("db")); //$NON-NLS-1$
    }
    StoreHome.Damage damage = new StoreHome.Damage(why, saved, true);
    Optional<OpenStore> store = withoutLog(saved.resolve("db")); //$NON-NLS-1$
    if (store.isEmpty()) {
      store = Optional.of(fromSegments());
    }
    home.note(damage, opening.disk());
    return result(damage, store);
  }

  private StoreOpening.Result result(StoreHome.Damage damage, Optional<OpenStore> store) {
    return new StoreOpening.Result(new StoreState.Damaged(home.folder(), damage.why(), damage.saved()), store);
  }

  /** Derby begins a new log where there is none; the pages then are as they were last written, which is older than the last commits. */
  private Optional<OpenStore> withoutLog(Path damaged) throws IOException {
    home.delete(home.salvagedDatabase());
    if (!Files.isDirectory(damaged)) {
      return Optional.empty();
    }
    home.copy(damaged, home.salvagedDatabase());
    try (Stream<Path> logs = Files.list(home.salvagedDatabase().resolve("log"))) { //$NON-NLS-1$
      for (Path log : (Iterable<Path>) logs.filter(Files::isRegularFile)::iterator) {
        Files.delete(log);
      }
    }
    Database database = opening.database(home.salvagedDatabase());
    try {
      database.boot();
      OpenStore store = opening.store(database);
      if (readable(store)) {
        return Optional.of(store);
      }
      store.close();
    } catch (SQLException | StoreException e) {
      LOG.log(Level.INFO, "the database is not to be read without its log either", e); //$NON-NLS-1$
      database.shutdown();
    }
    return Optional.empty();
  }

  /** Whether accounts, folders and lists can be read; then it is worth showing even if some messages cannot. */
  static boolean readable(OpenStore store) {
    try {
      return store.read(reader -> {
        for (Account account : reader.accounts()) {
          for (Folder folder : reader.folders(account.id())) {
            reader.list(Query.newestFirst(folder.key()));
          }
        }
        return !reader.accounts().isEmpty();
      });
    } catch (StoreException e) {
      LOG.log(Level.INFO, "the database cannot be shown", e); //$NON-NLS-1$
      return false;
    }
  }

  private OpenStore fromSegments() throws IOException, StoreException {
    home.delete(home.salvagedDatabase());
    Database database = opening.database(home.salvagedDatabase());
    try {
      database.create();
    } catch (SQLException e) {
      throw Trouble.translate("create", e); //$NON-NLS-1$
    }
    OpenStore store = opening.store(database);
    FolderKey folder = store.write(writer -> {
      List<Account> accounts = opening.backup().read();
      AccountId id = accounts.isEmpty() ? AccountId.create() : accounts.get(0).id();
      for (Account account : accounts.isEmpty() ? List.of(nobody(id)) : accounts) {
        writer.put(account);
      }
      writer.folders(id, List.of(new RemoteFolder("salvaged", FolderPath.of("Salvaged"), FolderRole.NONE, Keeping.DELIVERED, true))); //$NON-NLS-1$ //$NON-NLS-2$
      return writer.folders(id).get(0).key();
    }, changes -> { });
    SegmentScan scan = new SegmentScan(store.segments());
    var batch = new ArrayList<NewMessage>();
    for (int segment : store.segments().numbers()) {
      scan.each(segment, (ref, head) -> {
        SegmentBody body = new SegmentBody(store.segments(), ref, BodyState.WHOLE, 0, raw -> ref);
        batch.add(SegmentScan.message(ref, head, body));
        if (batch.size() == BATCH) {
          flush(store, folder, batch);
        }
      });
    }
    flush(store, folder, batch);
    return store;
  }

  private static void flush(OpenStore store, FolderKey folder, List<NewMessage> batch) throws StoreException {
    SyncPlan plan = SyncPlan.adding(List.copyOf(batch));
    batch.clear();
    store.write(writer -> {
      writer.apply(folder, plan);
      return null;
    }, changes -> { });
  }

  /** An account to hang salvaged mail on when even the accounts' backup is gone. Never fetches. */
  private static Account nobody(AccountId id) {
    return new Account(id, "Salvaged", "", "", Protocol.DEMO, new Endpoint("localhost", 1, Security.TLS, ""), Optional.empty(), //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
        AccountOptions.DEFAULT);
  }
}
