package dev.posthorn.channel;

import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Keeps sign-ins alive that nobody uses: a mailbox that is paused and from which nothing is sent would find its refresh token
/// forgotten after months (90 days at Microsoft, six months at Google).
@ApplicationScoped
class UnusedGrants {
  private static final Logger LOG = Logger.getLogger(UnusedGrants.class);

  private record Unused(TenantId tenant, UUID mailboxId) {}

  private final GrantTokens tokens;
  private final DataSource dataSource;
  private final OAuthConfig config;
  private final Clock clock;
  private Loop loop;

  UnusedGrants(GrantTokens tokens, DataSource dataSource, OAuthConfig config, Clock clock) {
    this.tokens = tokens;
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(Loop.START) StartupEvent start) {
    loop = Loop.start("posthorn-unused-grants", config.unusedInterval(), this::round);
  }

  void stop(@Observes ShutdownEvent stop) {
    loop.close();
  }

  /// One batch. What has trouble now is looked at again with the next round.
  ///
  /// @return never that there may be more at once: a batch that has trouble would come again and again
  boolean round() {
    for (var one : QuarkusTransaction.requiringNew().call(this::unused)) {
      try {
        Tenancy.run(one.tenant, () -> tokens.get(one.mailboxId, true));
      } catch (RuntimeException e) {
        LOG.errorf(e, "The unused sign-in of the mailbox %s could not be refreshed", one.mailboxId);
      }
    }
    return false;
  }

  private List<Unused> unused() throws SQLException {
    try (var connection = dataSource.getConnection();
        var call = connection.prepareStatement("select tenant_id, id from unused_grants(?, ?)")) {
      call.setObject(1, clock.instant().minus(config.refreshUnused()).atOffset(ZoneOffset.UTC));
      call.setInt(2, config.unusedBatch());
      var rows = call.executeQuery();
      var found = new ArrayList<Unused>();
      while (rows.next()) {
        found.add(new Unused(new TenantId(rows.getObject(1, UUID.class)), rows.getObject(2, UUID.class)));
      }
      return found;
    }
  }
}
