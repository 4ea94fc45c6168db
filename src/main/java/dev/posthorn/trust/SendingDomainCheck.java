package dev.posthorn.trust;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import dev.posthorn.trust.SendingDomainResource.SendingDomainView;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Looks whether the keys of sending domains are published: when somebody asks, and again and again for those that were. Asks
/// the network, so never inside a transaction.
@ApplicationScoped
class SendingDomainCheck implements Worker {
  private static final Logger LOG = Logger.getLogger(SendingDomainCheck.class);

  private record Claim(TenantId tenant, UUID id) {}

  private final SendingDomainDesk desk;
  private final Across across;
  private final SendingDomainConfig config;
  private final TrustConfig trust;
  private final Clock clock;
  private final Lookup lookup;

  SendingDomainCheck(SendingDomainDesk desk, Across across, SendingDomainConfig config, TrustConfig trust, Clock clock) {
    this.desk = desk;
    this.across = across;
    this.config = config;
    this.trust = trust;
    this.clock = clock;
    this.lookup = new Lookup(trust);
  }

  @Override
  public List<Loop> loops() {
    return trust.enabled() ? List.of(new Loop("posthorn-sending-domains", config.pollInterval(), this::round)) : List.of();
  }

  /// @throws Refusal 404
  SendingDomainView run(UUID id) {
    var view = desk.show(id);
    var current = published(view.record());
    var next = view.next() == null ? new Found(Optional.empty(), null) : published(view.next());
    return desk.looked(id, new SendingDomainDesk.Look(current.published, next.published, current.words));
  }

  private record Found(Optional<Boolean> published, String words) {}

  private Found published(SendingDomainResource.KeyRecord record) {
    try {
      var texts = lookup.txtNow(record.name());
      if (texts.isEmpty()) {
        return new Found(Optional.of(false), "There is no TXT record " + record.name() + ".");
      }
      var key = squeezed(record.value()).replaceFirst(".*;p=", "p=");
      boolean there = texts.stream().map(SendingDomainCheck::squeezed).anyMatch(text -> (text + ";").contains(key + ";"));
      return new Found(Optional.of(there), there ? null : "The TXT record " + record.name() + " holds another key.");
    } catch (Lookup.Trouble e) {
      return new Found(Optional.empty(), e.getMessage());
    }
  }

  /// Blanks between tags and inside of keys mean nothing (RFC 6376, section 3.2).
  private static String squeezed(String text) {
    return text.replaceAll("\\s", "");
  }

  private boolean round() {
    var due = claim();
    for (var one : due) {
      try {
        Tenancy.run(one.tenant, () -> run(one.id));
      } catch (Refusal e) {
        // Deleted meanwhile.
      } catch (RuntimeException e) {
        LOG.errorf(e, "The sending domain %s could not be looked at; it is again after a while", one.id);
      }
    }
    return due.size() == config.batch();
  }

  private List<Claim> claim() {
    return across.find(Claim::new, "select tenant_id, id from claim_sending_domains(?, make_interval(secs => ?), ?)", config.batch(), config.interval(), clock.instant());
  }
}
