package dev.posthorn.login;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MailLanguages;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.web.Role;
import dev.posthorn.web.WebConfig;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes to whoever is invited, by the platform's own relay, in the tenant's language.
@ApplicationScoped
class InvitationMail {
  /// The same in every language.
  private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

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
  void send(Invitation invitation, Tenant tenant, String token) {
    var words = words(tenant.locale);
    var from = new Address("Posthorn", addresses.find("active order by id").firstResult().address);
    var to = new Address(invitation.name, invitation.email);
    var draft = new Draft(from, List.of(to), List.of(), Optional.empty(), words.subject(Unlinked.name(tenant.name)),
        MessageId.fresh(from.domain()), Optional.empty(), List.of(), clock.instant(), text(words, invitation, tenant, token), Optional.empty(), List.of(),
        List.of(), List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
    // It holds the key to the tenant.
    outbox.enqueue(Outbox.Parcel.passing(channels.platformRelay().id, "", List.of(to), draft));
  }

  private static InvitationWords words(String locale) {
    return MailLanguages.of(locale).map(language -> MessageBundles.get(InvitationWords.class, Localized.Literal.of(language)))
        .orElseGet(() -> MessageBundles.get(InvitationWords.class));
  }

  private String text(InvitationWords words, Invitation invitation, Tenant tenant, String token) {
    var until = UNTIL.format(invitation.expiresAt.atZone(ZoneId.of(tenant.timeZone))) + " (" + tenant.timeZone + ")";
    return words.text(Unlinked.name(invitation.name), Unlinked.name(tenant.name), role(words, invitation.asRole()), web.publicUrl() + LoginResource.INVITATIONS + token, until);
  }

  private static String role(InvitationWords words, Role role) {
    return switch (role) {
      case ADMIN -> words.admin();
      case LEAD -> words.lead();
      case AGENT -> words.agent();
      case OPERATOR, REQUESTER -> throw new IllegalStateException("Nobody is invited as " + role.word());
    };
  }
}
