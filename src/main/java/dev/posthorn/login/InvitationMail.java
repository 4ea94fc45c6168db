package dev.posthorn.login;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.web.WebConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Writes to whoever is invited, by the platform's own relay.
@ApplicationScoped
class InvitationMail {
  private final ForwardingAddresses addresses;
  private final OutboundChannels channels;
  private final Outbox outbox;
  private final WebConfig web;
  private final Clock clock;

  InvitationMail(ForwardingAddresses addresses, OutboundChannels channels, Outbox outbox, WebConfig web, Clock clock) {
    this.addresses = addresses;
    this.channels = channels;
    this.outbox = outbox;
    this.web = web;
    this.clock = clock;
  }

  /// Puts it into the running transaction.
  void send(Invitation invitation, String company, String token) {
    var from = new Address("Posthorn", addresses.find("active order by id").firstResult().address);
    var to = new Address(invitation.name, invitation.email);
    var draft = new Draft(from, List.of(to), List.of(), Optional.empty(), Unlinked.name(company) + " invites you to Posthorn",
        MessageId.fresh(from.domain()), Optional.empty(), List.of(), clock.instant(), text(invitation, company, token), Optional.empty(), List.of(),
        List.of(), List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
    // It holds the key to the tenant.
    outbox.enqueue(Outbox.Parcel.passing(channels.platformRelay().id, "", List.of(to), draft));
  }

  private String text(Invitation invitation, String company, String token) {
    return "Hello " + Unlinked.name(invitation.name) + ",\n\n" + Unlinked.name(company) + " invites you to answer its mail in Posthorn, as " + invitation.role + ".\n\n"
        + web.publicUrl() + LoginResource.INVITATIONS + token + "\n\n"
        + "The link is good once, until " + invitation.expiresAt + ". Whoever has it may join in your place: do not pass it on.\n"
        + "If you do not know " + Unlinked.name(company) + ", do nothing.\n";
  }
}
