/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.store.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliogram.core.store.StoreException;

/** One connection with its kept prepared statements. Confined to one thread at a time; SQLException ends here. */
final class Session implements AutoCloseable {
  private static final int CHUNK = 100;
  private static final int TOGETHER = 16;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Makes a value of the current row. */
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Takes the current row. */
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  Session(Connection connection) {
    this.connection = connection;
  }

  <T> List<T> query(String sql, Mapper<T> mapper, Object... values) throws StoreException {
    List<T> found = new ArrayList<>();
    each(sql, row -> found.add(mapper.map(row)), values);
    return found;
  }

  <T> Optional<T> first(String sql, Mapper<T> mapper, Object... values) throws StoreException {
    List<T> found = query(sql, mapper, values);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** A single number. */
  long number(String sql, Object... values) throws StoreException {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  void each(String sql, RowConsumer consumer, Object... values) throws StoreException {
    try {
      PreparedStatement statement = prepare(sql);
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    } catch (SQLException e) {
      throw Trouble.translate("read", e); //$NON-NLS-1$
    }
  }

  /**
   * Runs a query with an IN list for any number of keys, in pieces of one shape so that the statement is compiled once.
   *
   * @param sql has the text {@code (:keys)} once, as the last parameters
   */
  void eachIn(String sql, Collection<Long> keys, RowConsumer consumer) throws StoreException {
    String full = sql.replace(":keys", "?" + ",?".repeat(CHUNK - 1)); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    List<Long> all = keys instanceof List<Long> list ? list : List.copyOf(keys);
    for (int from = 0; from < all.size(); from += CHUNK) {
      int size = Math.min(CHUNK, all.size() - from);
      if (size == 1) {
        each(sql.replace("(:keys)", "(?)"), consumer, all.get(from)); //$NON-NLS-1$ //$NON-NLS-2$
        continue;
      }
      Object[] values = new Object[CHUNK];
      for (int i = 0; i < CHUNK; i++) {
        values[i] = all.get(from + Math.min(i, size - 1));
      }
      each(full, consumer, values);
    }
  }

  /**
   * Runs a query for one unique key after another. With a list of keys the engine would choose how to read when it compiles the
   * statement, which is while the table is small, and go on reading all of it when it is large.
   *
   * @param sql has one parameter
   */
  void eachOf(String sql, Collection<Long> keys, RowConsumer consumer) throws StoreException {
    for (Long key : keys) {
      each(sql, consumer, key);
    }
  }

  int update(String sql, Object... values) throws StoreException {
    try {
      PreparedStatement statement = prepare(sql);
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw Trouble.translate("write", e); //$NON-NLS-1$
    }
  }

  void batch(String sql, Collection<Object[]> rows) throws StoreException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      PreparedStatement statement = prepare(sql);
      for (Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw Trouble.translate("write", e); //$NON-NLS-1$
    }
  }

  /**
   * Inserts rows, several in a statement: the engine opens the table and each of its indexes once a statement.
   *
   * @param head INSERT up to VALUES, which is left out
   */
  void insert(String head, Collection<Object[]> rows) throws StoreException {
    List<Object[]> all = List.copyOf(rows);
    int together = all.size() - all.size() % TOGETHER;
    String one = all.isEmpty() ? "" : "(?" + ",?".repeat(all.get(0).length - 1) + ')'; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    for (int from = 0; from < together; from += TOGETHER) {
      Object[] values = all.subList(from, from + TOGETHER).stream().flatMap(Arrays::stream).toArray();
      update(head + " VALUES " + one + (',' + one).repeat(TOGETHER - 1), values); //$NON-NLS-1$
    }
    batch(head + " VALUES " + one, all.subList(together, all.size())); //$NON-NLS-1$
  }

  void commit() throws StoreException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw Trouble.translate("commit", e); //$NON-NLS-1$
    }
  }

  /** @return whether the connection is fit for more */
  boolean rollback() {
    try {
      connection.rollback();
      return !connection.isClosed();
    } catch (SQLException e) {
      return false; // the engine ended the connection, and the transaction with it
    }
  }

  /** Whether the engine ended the connection, as it does with all when the disk is full. */
  boolean closed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true; // what cannot even tell is of no use
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
        case Object other -> statement.setString(i + 1, other.toString());
      }
    }
  }

  @Override
  public void close() {
    rollback();
    try {
      connection.close();
    } catch (SQLException e) {
      Trouble.ignore(e); // it was ended by the engine
    }
  }
}
