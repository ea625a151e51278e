/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** One embedded Derby database: boot, connections, shutdown. */
final class Database {
  private static final String PAGE_SIZE = "derby.storage.pageSize"; //$NON-NLS-1$
  private static final String DURABILITY = "derby.system.durability"; //$NON-NLS-1$
  private static final Object ENGINE = new Object();
  /**
   * Kept in the database, so they hold for this database only. Pages of 4 KB: larger ones do not survive a power cut on a disk that
   * writes 4 KB at a time. Escalation: a table lock would stop every reader, and each folder's listing with it.
   */
  private static final Map<String, String> OWN_PROPERTIES = Map.of(PAGE_SIZE, "4096", "derby.locks.escalationThreshold", "100000", //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      "derby.locks.waitTimeout", "30", "derby.locks.deadlockTimeout", "3"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
  /**
   * Derby reads these from the JVM only, when it boots, as it does where its messages go and where its derby.properties would be. In an
   * IDE other plug-ins may use a Derby of their own, so they are set only where unset, and only while ours boots.
   * <p>The page cache: 4,000 pages of 4 KB are up to 1.8 times as fast as the default. The log is written through to the disk a buffer at a
   * time: with buffers of 1 MB a large transaction waits for the disk once, where the default of 32 KB makes it wait thirty times. A commit
   * writes what the buffer holds, so small ones cost the same. New log files and checkpoints each wait for the disk several times, too:
   * what is in 16 MB of log is done again within a second after a crash.
   */
  private static final Map<String, String> JVM_PROPERTIES = Map.of("derby.storage.pageCacheSize", "4000", //$NON-NLS-1$ //$NON-NLS-2$
      "derby.storage.logBufferSize", "1048576", "derby.storage.logSwitchInterval", "4194304", "derby.storage.checkpointInterval", "16777216"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$ //$NON-NLS-6$
  private final String name;
  private final Path logFolder;
  private final Seams seams;

  Database(Seams seams, Path folder, Path logFolder) {
    this.name = seams.storage() + folder;
    this.logFolder = logFolder;
    this.seams = seams;
  }

  /** Durability can be switched off for the whole JVM; committed mail would then be lost in a power cut. */
  static boolean durabilityChanged() {
    return System.getProperty(DURABILITY) != null;
  }

  void create() throws SQLException {
    EmbeddedDataSource source = source();
    source.setCreateDatabase("create"); //$NON-NLS-1$
    try (Connection connection = booting(source); Statement statement = connection.createStatement()) {
      for (var property : OWN_PROPERTIES.entrySet()) {
        statement.execute("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('" + property.getKey() + "', '" + property.getValue() + "')"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
      }
    }
  }

  void boot() throws SQLException {
    booting(source()).close();
  }

  Session connect() throws SQLException {
    Connection connection = source().getConnection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return new Session(seams.connections().apply(connection));
  }

  /** @return whether the database went down in good order */
  boolean shutdown() {
    EmbeddedDataSource source = source();
    source.setShutdownDatabase("shutdown"); //$NON-NLS-1$
    try {
      source.getConnection().close();
      return false;
    } catch (SQLException e) {
      return "08006".equals(e.getSQLState()); // Derby reports success by this exception //$NON-NLS-1$
    }
  }

  private EmbeddedDataSource source() {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(name);
    return source;
  }

  private Connection booting(EmbeddedDataSource source) throws SQLException {
    Map<String, String> wanted = new HashMap<>(JVM_PROPERTIES);
    wanted.put("derby.stream.error.file", logFolder.resolve("derby.log").toString()); //$NON-NLS-1$ //$NON-NLS-2$
    wanted.put("derby.system.home", logFolder.toString()); //$NON-NLS-1$
    synchronized (ENGINE) {
      Map<String, String> set = new HashMap<>();
      wanted.forEach((key, value) -> {
        if (System.getProperty(key) == null) {
          System.setProperty(key, value);
          set.put(key, value);
        }
      });
      try {
        return source.getConnection();
      } finally {
        set.keySet().forEach(System::clearProperty);
      }
    }
  }
}
