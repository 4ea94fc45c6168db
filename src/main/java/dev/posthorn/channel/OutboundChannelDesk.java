package dev.posthorn.channel;

import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.ReplyAddresses;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.TeamConfig;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with the ways out. Each method is one transaction.
@ApplicationScoped
@Transactional
class OutboundChannelDesk {
  private static final String PASSWORD = "outbound-channel-password";

  private final OutboundChannels channels;
  private final MailboxPulls pulls;
  private final ForwardingAddresses addresses;
  private final ProvenDomains proven;
  private final Suppressions suppressions;
  private final Secrets secrets;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Preconditions preconditions;
  private final Journal journal;
  private final Clock clock;
  private final String platform;

  OutboundChannelDesk(OutboundChannels channels, MailboxPulls pulls, ForwardingAddresses addresses, ProvenDomains proven, Suppressions suppressions, Secrets secrets,
      Tenants tenants, CurrentTenant current, Preconditions preconditions, Journal journal, Clock clock, TeamConfig mail) {
    this.channels = channels;
    this.pulls = pulls;
    this.addresses = addresses;
    this.proven = proven;
    this.suppressions = suppressions;
    this.secrets = secrets;
    this.tenants = tenants;
    this.current = current;
    this.preconditions = preconditions;
    this.journal = journal;
    this.clock = clock;
    this.platform = mail.domain().toLowerCase(Locale.ROOT);
  }

  Page<OutboundChannelView> list(Listing listing) {
    var tenant = tenant();
    return listing.answer(channels::page, channel -> Cursor.at(channel.id), channel -> view(channel, tenant), channels::count);
  }

  OutboundChannelView show(UUID id) {
    return view(existing(id), tenant());
  }

  OutboundChannelView create(OutboundWish.New wanted) {
    var channel = channels.create(OutboundChannel.RELAY, wanted.name(), relayFrom(wanted.fromAddress()), wanted.displayName());
    answers(channel, wanted.answersTo());
    channels.flush();
    listOwn(channel);
    return view(channel, tenant());
  }

  /// A server of one's own that was tried.
  OutboundChannelView create(OutboundWish.New wanted, String from, OwnServers.Account account) {
    var channel = channels.create(OutboundChannel.SMTP, wanted.name(), from, wanted.displayName());
    serve(channel, account);
    answers(channel, wanted.answersTo());
    channels.flush();
    listOwn(channel);
    journal.tenant("outbound-channel.connected", Actor.ADMIN, Map.of("outboundChannelId", channel.id, "kind", channel.kind));
    return view(channel, tenant());
  }

  /// Said before anything is tried.
  ///
  /// @return the From, normalised
  /// @throws Refusal 409 where the name is taken, and as [#demandOwnServersFrom]
  String demandMayCome(OutboundWish.New wanted) {
    if (channels.count("lower(name)", wanted.name().toLowerCase(Locale.ROOT)) > 0) {
      throw Refusal.at("/name", ProblemKind.CONFLICT, "Another outbound channel has this name.");
    }
    return demandOwnServersFrom(wanted.fromAddress());
  }

  /// The From of a server of one's own: the server answers for it, but addresses of the platform are not the server's.
  ///
  /// @throws Refusal 422 for an address of the platform's that is not the tenant's
  String demandOwnServersFrom(String address) {
    var normalized = Address.of(address).normalized();
    if (isOfThePlatform(normalized) && addresses.among(List.of(normalized)).isEmpty()) {
      throw Refusal.unprocessable("/fromAddress", "This is none of the tenant's forwarding addresses.");
    }
    return normalized;
  }

  /// The channel before a change, if the client saw it as it is.
  OutboundChannelView forChange(UUID id) {
    var view = show(id);
    preconditions.check(view);
    return view;
  }

  Optional<Secret> secretOf(UUID id) {
    return Optional.ofNullable(existing(id).secretId).map(secrets::open);
  }

  /// @param account what was tried, where the line changed
  OutboundChannelView change(UUID id, OutboundWish.Change wanted, Optional<OwnServers.Account> account) {
    var channel = existing(id);
    var tenant = tenant();
    var before = view(channel, tenant);
    preconditions.check(before);
    if (wanted.isDefault() != before.isDefault()) {
      tenant.defaultOutboundChannelId = wanted.isDefault() ? id : null;
      tenant.updatedAt = clock.instant();
    }
    channel.name = wanted.name();
    if (!Objects.equals(wanted.fromAddress(), before.fromAddress())) {
      if (channel.mailboxId != null) {
        throw Refusal.unprocessable("/fromAddress", "Mail by a mailbox comes from its address.");
      }
      channel.fromAddress = channel.isOwnServer() ? demandOwnServersFrom(wanted.fromAddress()) : relayFrom(wanted.fromAddress());
    }
    account.ifPresent(tried -> serve(channel, tried));
    answers(channel, wanted.answersTo());
    channel.displayName = wanted.displayName();
    channel.updatedAt = clock.instant();
    channels.flush();
    listOwn(channel);
    return view(channel, tenant);
  }

  /// What is mailed there comes in again, as with a mailbox (OD-26).
  private void listOwn(OutboundChannel channel) {
    if (channel.fromAddress != null) {
      suppressions.list(channel.fromAddress, Suppression.OWN_ADDRESS, Actor.SYSTEM);
    }
  }

  private void serve(OutboundChannel channel, OwnServers.Account account) {
    channel.host = account.host();
    channel.port = account.port();
    channel.security = account.encryption().word();
    channel.username = account.login().map(OwnServers.Login::username).orElse(null);
    var password = account.login().map(OwnServers.Login::password);
    var kept = channel.secretId;
    if (password.isPresent() && kept != null) {
      secrets.replace(kept, password.get());
    } else if (password.isPresent()) {
      channel.secretId = secrets.keep(PASSWORD, password.get());
    } else if (kept != null) {
      channel.secretId = null;
      channels.flush();
      secrets.forget(kept);
    }
  }

  /// @throws Refusal 422 where the channel has no address for it, or one that has no room for a signature
  private static void answers(OutboundChannel channel, AnswersTo wanted) {
    if (wanted == null || wanted == channel.answersTo()) {
      return;
    }
    if (wanted != AnswersTo.TEAM && channel.fromAddress == null) {
      throw Refusal.unprocessable("/answersTo", "Mail comes from the sender of the ticket's team here: that is where answers go.");
    }
    if (wanted == AnswersTo.SIGNED_ADDRESS && Address.of(channel.fromAddress).localPart().length() > ReplyAddresses.MAX_BASE) {
      throw Refusal.unprocessable("/answersTo", "The name before the @ leaves no room for a signature.");
    }
    channel.answersTo = wanted.word();
  }

  void remove(UUID id) {
    var channel = existing(id);
    var tenant = tenant();
    preconditions.check(view(channel, tenant));
    if (channel.mailboxId != null) {
      throw Refusal.conflict("It belongs to a mailbox: disconnect that.");
    }
    if (channel.id.equals(channels.platformRelay().id)) {
      throw Refusal.conflict("This is the platform's relay, the last way out that there always is.");
    }
    if (channel.id.equals(tenant.defaultOutboundChannelId)) {
      throw Refusal.conflict("This is the default channel: make another one the default first.");
    }
    Removal.of("channel", () -> {
      channels.delete(channel);
      channels.flush();
      Optional.ofNullable(channel.secretId).ifPresent(secrets::forget);
    });
  }

  /// Nobody sends in another's name: by the platform's relay a tenant sends from its own forwarding addresses, and from
  /// domains that it has proven to be its own.
  private String relayFrom(String address) {
    if (address == null) {
      return null;
    }
    var parsed = Address.of(address);
    var normalized = parsed.normalized();
    if (addresses.among(List.of(normalized)).isEmpty() && (isOfThePlatform(normalized) || !proven.include(domain(normalized)))) {
      throw Refusal.unprocessable("/fromAddress",
          "This is none of the tenant's forwarding addresses, and its domain is none of the tenant's verified sending domains.");
    }
    return normalized;
  }

  private boolean isOfThePlatform(String normalized) {
    var domain = domain(normalized);
    return domain.equals(platform) || domain.endsWith("." + platform);
  }

  private static String domain(String normalized) {
    return normalized.substring(normalized.lastIndexOf('@') + 1);
  }

  /// A mailbox that lets us in no more says so here too.
  private OutboundChannelView view(OutboundChannel channel, Tenant tenant) {
    boolean closed = channel.mailboxId != null && pulls.findById(channel.mailboxId).state.equals(MailboxPull.NEEDS_REAUTHORIZATION);
    var state = closed ? MailboxPull.NEEDS_REAUTHORIZATION : channel.lastError != null ? MailboxPull.FAILING : MailboxPull.CONNECTED;
    return OutboundChannelView.of(channel, tenant, state);
  }

  private OutboundChannel existing(UUID id) {
    return channels.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("outbound channel"));
  }

  private Tenant tenant() {
    return tenants.findById(current.value());
  }
}
