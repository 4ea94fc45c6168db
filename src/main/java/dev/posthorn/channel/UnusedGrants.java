package dev.posthorn.channel;

import dev.posthorn.connector.oauth.OAuthConfig;
import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Keeps sign-ins alive that nobody uses: a mailbox that is paused and from which nothing is sent would find its refresh token
/// forgotten after months (90 days at Microsoft, six months at Google).
@ApplicationScoped
class UnusedGrants implements Worker {
  private static final Logger LOG = Logger.getLogger(UnusedGrants.class);

  private record Unused(TenantId tenant, UUID mailboxId) {}

  private final GrantTokens tokens;
  private final Across across;
  private final OAuthConfig config;
  private final Clock clock;

  UnusedGrants(GrantTokens tokens, Across across, OAuthConfig config, Clock clock) {
    this.tokens = tokens;
    this.across = across;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    return List.of(new Loop("posthorn-unused-grants", config.unusedInterval(), this::round));
  }

  /// One batch. What has trouble now is looked at again with the next round.
  ///
  /// @return never that there may be more at once: a batch that has trouble would come again and again
  boolean round() {
    for (var one : unused()) {
      try {
        Tenancy.run(one.tenant, () -> tokens.get(one.mailboxId, true));
      } catch (RuntimeException e) {
        LOG.errorf(e, "The unused sign-in of the mailbox %s could not be refreshed", one.mailboxId);
      }
    }
    return false;
  }

  private List<Unused> unused() {
    return across.find(Unused::new, "select tenant_id, id from unused_grants(?, ?)", clock.instant().minus(config.refreshUnused()), config.unusedBatch());
  }
}
