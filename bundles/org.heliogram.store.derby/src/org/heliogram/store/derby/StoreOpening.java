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
import java.util.List;
import java.util.Optional;
import org.heliogram.core.model.Account;
import org.heliogram.core.service.DataFolder;
import org.heliogram.core.store.StoreException;
import org.heliogram.core.store.StoreState;

/** Opens a store in whatever state it finds the disk, and says what it found. Confined to the lock of its {@link DerbyMailStore}. */
final class StoreOpening {
  private static final Logger LOG = System.getLogger(StoreOpening.class.getName());
  private final StoreHome home;
  private final Seams seams;
  private StoreLock lock; // null while no other process is kept out

  /** @param store empty where there is nothing to read from */
  record Result(StoreState state, Optional<OpenStore> store) {}

  StoreOpening(Path folder) {
    this(folder, Seams.NONE);
  }

  StoreOpening(Path folder, Seams seams) {
    this.home = new StoreHome(folder.toAbsolutePath());
    this.seams = seams;
  }

  Result run() {
    if (Database.durabilityChanged()) {
      return failed("derby.system.durability is set: mail could be lost in a power cut", null); //$NON-NLS-1$
    }
    boolean stays = false;
    try {
      DataFolder.create(home.folder());
      lock = StoreLock.take(home.lock());
      Result result = locked();
      stays = result.store().isPresent();
      return result;
    } catch (StoreException.InUse e) {
      return new Result(new StoreState.InUse(home.folder(), e.holder()), Optional.empty());
    } catch (IOException e) {
      return failed("the folder cannot be used: " + e.getClass().getSimpleName() + ' ' + e.getMessage(), e); //$NON-NLS-1$
    } catch (StoreException e) {
      return failed(e.getMessage(), e);
    } finally {
      if (!stays) {
        close();
      }
    }
  }

  private Result failed(String why, Throwable cause) {
    LOG.log(Level.ERROR, "the store was not opened: " + why); //$NON-NLS-1$
    LOG.log(Level.DEBUG, "the cause", cause); //$NON-NLS-1$
    return new Result(new StoreState.Failed(home.folder(), why), Optional.empty());
  }

  private Result locked() throws IOException, StoreException {
    Optional<StoreHome.Damage> damage = home.damage();
    if (damage.isPresent()) {
      return Salvage.reopen(this, damage.get());
    }
    boolean there = home.hasDatabase();
    if (!there && home.hasSegments()) {
      return Salvage.databaseGone(this, "the database is missing, the messages are there"); //$NON-NLS-1$
    }
    boolean lost = !there && home.marked();
    if (!there) {
      create();
    }
    Database database = database(home.database());
    try {
      database.boot();
    } catch (SQLException e) {
      return unbootable(e);
    }
    return booted(database, lost);
  }

  private Result booted(Database database, boolean lost) throws IOException, StoreException {
    OpenStore store;
    try {
      store = store(database);
    } catch (Trouble.DamageFound e) {
      return Salvage.databaseGone(this, e.getMessage());
    }
    boolean done = false;
    try {
      Result result = finish(store, lost);
      done = true;
      return result;
    } catch (Trouble.DamageFound e) {
      if (Salvage.readable(store)) {
        done = true;
        return new Result(damaged(e.getMessage()), Optional.of(store));
      }
      store.close();
      done = true;
      return Salvage.databaseGone(this, e.getMessage());
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  private Result unbootable(SQLException e) throws IOException, StoreException {
    if (Trouble.states(e).contains("XSDB6")) { //$NON-NLS-1$
      return new Result(new StoreState.InUse(home.folder(), "another program with Derby"), Optional.empty()); //$NON-NLS-1$
    }
    if (Trouble.noSpace(e) || Files.getFileStore(home.folder()).getUsableSpace() < StoreHome.SPACE_TO_BOOT) {
      return failed("no space on the disk", e); //$NON-NLS-1$
    }
    if (!Files.isWritable(home.database())) {
      return failed("the folder is not writable", e); //$NON-NLS-1$
    }
    return Salvage.databaseGone(this, "the database does not boot: " + String.join(" ", Trouble.states(e))); //$NON-NLS-1$ //$NON-NLS-2$
  }

  private Result finish(OpenStore store, boolean lost) throws IOException, StoreException {
    List<Integer> missing = store.read(reader -> SegmentCheck.missing(((DerbyReader) reader).session, store.segments()));
    if (!missing.isEmpty()) {
      String why = missing.size() + " segment files are missing or too short, the first is " + missing.get(0); //$NON-NLS-1$
      return new Result(damaged(why), Optional.of(store));
    }
    AccountsBackup backup = backup();
    List<Account> accounts = store.read(reader -> reader.accounts());
    if (lost) {
      accounts = backup.read();
      restore(store, accounts);
    } else if (!backup.read().equals(accounts)) {
      backup.write(accounts);
    }
    home.mark(disk());
    return new Result(lost ? new StoreState.Lost(home.folder()) : new StoreState.Open(home.folder()), Optional.of(store));
  }

  private static void restore(OpenStore store, List<Account> accounts) throws StoreException {
    store.write(writer -> {
      for (Account account : accounts) {
        writer.put(account);
      }
      return null;
    }, changes -> { });
  }

  /** Made aside and renamed when whole: a crash leaves no half database. */
  private void create() throws IOException, StoreException {
    Files.createDirectories(home.store());
    home.closeToOthers();
    Path aside = home.newDatabase();
    home.delete(aside);
    Database fresh = new Database(Seams.NONE, aside, home.store());
    try {
      fresh.create();
    } catch (SQLException e) {
      throw Trouble.translate("create", e); //$NON-NLS-1$
    }
    fresh.shutdown();
    home.delete(home.database());
    Files.move(aside, home.database());
    disk().forceFolder(home.store());
  }

  Database database(Path folder) {
    return new Database(seams, folder, home.store());
  }

  AccountsBackup backup() {
    return new AccountsBackup(home.accounts(), disk());
  }

  StoreHome home() {
    return home;
  }

  Disk disk() {
    return seams.disk();
  }

  /** A booted database, migrated, with its segments. */
  OpenStore store(Database database) throws IOException, StoreException {
    boolean done = false;
    try (Session session = database.connect()) {
      Schema.migrate(session, Migration.ALL);
      int highest = (int) session.number("SELECT MAX(segment) FROM raw"); //$NON-NLS-1$
      long last = session.number("SELECT given FROM store_number WHERE id = 1"); //$NON-NLS-1$
      SegmentFiles segments = new SegmentFiles(home.segments(), disk(), highest);
      done = true;
      return new OpenStore(database, segments, backup(), last);
    } catch (SQLException e) {
      throw Trouble.translate("connect", e); //$NON-NLS-1$
    } finally {
      if (!done) {
        database.shutdown();
      }
    }
  }

  /** Notes that the open store is damaged, and keeps a copy of the database as it is. */
  StoreState damaged(String why) {
    LOG.log(Level.ERROR, "the store is damaged: " + why); //$NON-NLS-1$
    Path saved = home.savedFolder();
    try {
      home.copy(home.database(), saved.resolve("db")); //$NON-NLS-1$
      home.note(new StoreHome.Damage(why, saved, false), disk());
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the damaged files were not copied", e); //$NON-NLS-1$
    }
    return new StoreState.Damaged(home.folder(), why, saved);
  }

  void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        Trouble.ignore(e); // the lock ends with the process at the latest
      }
      lock = null;
    }
  }
}
