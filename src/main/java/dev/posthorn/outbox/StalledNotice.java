package dev.posthorn.outbox;

import dev.posthorn.channel.MailboxStalled;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MailLanguages;
import dev.posthorn.mail.MessageId;
import dev.posthorn.team.Agents;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Role;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes to the admins of a tenant when a mailbox of theirs stands still, by the platform's own relay: by the mailbox itself it
/// might not leave (P-03). In the tenant's language.
@ApplicationScoped
class StalledNotice {
  private final Agents agents;
  private final ForwardingAddresses addresses;
  private final OutboundChannels channels;
  private final Outbox outbox;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Clock clock;

  StalledNotice(Agents agents, ForwardingAddresses addresses, OutboundChannels channels, Outbox outbox, Tenants tenants, CurrentTenant current, Clock clock) {
    this.tenants = tenants;
    this.current = current;
    this.agents = agents;
    this.addresses = addresses;
    this.channels = channels;
    this.outbox = outbox;
    this.clock = clock;
  }

  void stalled(@Observes MailboxStalled stalled) {
    var admins = agents.list("role", Role.ADMIN.word()).stream().map(agent -> agent.email.toLowerCase(Locale.ROOT)).distinct()
        .filter(email -> !email.equals(stalled.address())).flatMap(email -> Address.parse(email).stream()).toList();
    if (admins.isEmpty()) {
      return;
    }
    var words = words(tenants.findById(current.value()).locale);
    var from = new Address("Posthorn", addresses.find("active order by id").firstResult().address);
    var draft = new Draft(from, admins, List.of(), Optional.empty(), words.subject(stalled.name()),
        MessageId.fresh(from.domain()), Optional.empty(), List.of(), clock.instant(), text(words, stalled), Optional.empty(), List.of(), List.of(),
        List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
    // From nobody (RFC 3834, section 3.3): a bounce of it would be mail of nobody's.
    outbox.enqueue(new Outbox.Parcel(channels.platformRelay().id, "", admins, draft, Optional.empty()));
  }

  private static StalledWords words(String locale) {
    return MailLanguages.of(locale).map(language -> MessageBundles.get(StalledWords.class, Localized.Literal.of(language)))
        .orElseGet(() -> MessageBundles.get(StalledWords.class));
  }

  private static String text(StalledWords words, MailboxStalled stalled) {
    return words.last(stalled.address(), stalled.since()) + "\n" + (stalled.why().isEmpty() ? "" : words.says(stalled.why()) + "\n")
        + "\n" + words.waits("POST /api/v1/mailboxes/" + stalled.mailboxId() + "/diagnosis") + "\n";
  }
}
