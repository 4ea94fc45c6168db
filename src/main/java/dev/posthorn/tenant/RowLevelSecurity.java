package dev.posthorn.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Binds each transaction to its tenant at its first breath: `posthorn.tenant` is set for this transaction alone, so a
/// connection that returns to the pool (ours or PgBouncer's) carries nothing over. Without a tenant there are no rows.
///
/// Source: PostgreSQL manual, "Row Security Policies" and `set_config(…, is_local => true)`.
@ApplicationScoped
class RowLevelSecurity {
  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final TransactionManager transactions;

  RowLevelSecurity(DataSource dataSource, CurrentTenant tenant, TransactionManager transactions) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.transactions = transactions;
  }

  void bind(@Observes @Initialized(TransactionScoped.class) Object transaction) throws SQLException, SystemException {
    var id = tenant.find();
    if (id.isEmpty()) {
      return;
    }
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement("select set_config('posthorn.tenant', ?, true)")) {
      statement.setString(1, id.get().toString());
      statement.execute();
    } catch (SQLException e) {
      // Whoever began the transaction hears of this before it can end it: not ended here, it would stay with the thread,
      // and no other could begin there.
      transactions.rollback();
      throw e;
    }
  }
}
