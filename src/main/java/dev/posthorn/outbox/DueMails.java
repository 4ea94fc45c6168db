package dev.posthorn.outbox;

import dev.posthorn.outbox.Outbox.Claim;
import dev.posthorn.tenant.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// The one look of the outbox across tenants: which mails are due.
final class DueMails {
  private DueMails() {}

  /// Leases some, oldest first, in the running transaction.
  static List<Claim> claim(DataSource dataSource, int atMost, Instant now, Duration lease) throws SQLException {
    try (var connection = dataSource.getConnection();
        var call = connection.prepareStatement("select tenant_id, id from claim_outbound_mail(?, make_interval(secs => ?), ?)")) {
      call.setInt(1, atMost);
      call.setDouble(2, lease.toMillis() / 1000.0);
      call.setObject(3, now.atOffset(ZoneOffset.UTC));
      var rows = call.executeQuery();
      var claims = new ArrayList<Claim>();
      while (rows.next()) {
        claims.add(new Claim(new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class), now.plus(lease)));
      }
      return claims;
    }
  }
}
