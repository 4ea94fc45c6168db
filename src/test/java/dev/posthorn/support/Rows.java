package dev.posthorn.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A database of a test's own beside the application, seen as the owner of its tables: past row-level security.
///
/// @param name the database
public record Rows(String name) {
  /// Makes an empty one on the server of the test run.
  public static Rows fresh(String name) {
    try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name + " owner posthorn_owner");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Rows(name);
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + TestDatabase.port() + "/" + database;
  }

  /// The one number that the question has for an answer.
  public long number(String sql, Object... parameters) {
    return Long.parseLong(words(sql, parameters).getFirst());
  }

  /// The first column of every row.
  public List<String> words(String sql, Object... parameters) {
    try (var connection = connect();
        var select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      var rows = select.executeQuery();
      var words = new ArrayList<String>();
      while (rows.next()) {
        words.add(rows.getString(1));
      }
      return words;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Changes the database under the application's feet.
  public void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Locks rows until it is closed, so that whoever wants to delete them waits.
  ///
  /// @param sql a `select … for update`
  public Held held(String sql, Object... parameters) {
    try {
      var connection = connect();
      connection.setAutoCommit(false);
      try (var select = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          select.setObject(i + 1, parameters[i]);
        }
        if (!select.executeQuery().next()) {
          throw new IllegalStateException("There is no such row: " + sql);
        }
      }
      return connection::close;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Rows that are locked.
  public interface Held extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(name), "posthorn_owner", "posthorn_owner");
  }
}
