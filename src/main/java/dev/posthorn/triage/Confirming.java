package dev.posthorn.triage;

import dev.posthorn.channel.Mailboxes;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.channel.Suppressions;
import dev.posthorn.mail.Reason;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.ticket.Confirmation;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.trust.Budget;
import dev.posthorn.trust.BudgetConfig;
import dev.posthorn.trust.Budgets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides who is told that his mail arrived, and has it told (AT-04): people whose mail opened a ticket, never programs,
/// never ourselves, nobody whose address is forged, and nobody more often than the budget allows.
@ApplicationScoped
class Confirming {
  /// The budget of all whose address is not proven; no address is called so.
  private static final String UNPROVEN = "unproven";

  private final Confirmation confirmation;
  private final ForwardingAddresses own;
  private final Mailboxes mailboxes;
  private final OutboundChannels channels;
  private final Suppressions suppressions;
  private final Budgets budgets;
  private final BudgetConfig config;
  private final Clock clock;

  Confirming(Confirmation confirmation, ForwardingAddresses own, Mailboxes mailboxes, OutboundChannels channels, Suppressions suppressions, Budgets budgets,
      BudgetConfig config, Clock clock) {
    this.confirmation = confirmation;
    this.own = own;
    this.mailboxes = mailboxes;
    this.channels = channels;
    this.suppressions = suppressions;
    this.budgets = budgets;
    this.config = config;
    this.clock = clock;
  }

  /// A mail and the ticket that it opened.
  ///
  /// @param template what a rule wants it to be answered by
  record Opening(Reading reading, Ticket ticket, Optional<UUID> template) {
    boolean isAnswered() {
      return reading.team().autoConfirm || template.isPresent();
    }

    String address() {
      return reading.mail().sender().normalized();
    }
  }

  /// Confirms what may be confirmed, in the running transaction.
  void confirm(List<Opening> openings) {
    var wanted = openings.stream().filter(opening -> opening.isAnswered() && silence(opening.reading).isEmpty()).toList();
    if (wanted.isEmpty()) {
      return;
    }
    var refused = refused(wanted);
    var allowed = wanted.stream().filter(opening -> !refused.contains(opening.address())).toList();
    var held = budgets.hold(Budget.CONFIRMATION, allowed.stream().flatMap(Confirming::keys).distinct().toList());
    for (var opening : allowed) {
      if (keys(opening).allMatch(key -> held.get(key).take(clock.instant(), most(key), config.confirmationWindow()))) {
        confirmation.send(opening.ticket, opening.reading.team(), opening.reading.mail(), opening.template);
      }
    }
    budgets.keep(held.values());
  }

  /// Why the mail itself asks for silence.
  static List<Reason> silence(Reading reading) {
    var forged = reading.sender().isForged() ? Stream.of(new Reason("forged-sender", "DMARC failed")) : Stream.<Reason>empty();
    return Stream.concat(reading.screened().silence().stream(), forged).toList();
  }

  /// Addresses of our own, and those where nothing is sent.
  private Set<String> refused(List<Opening> wanted) {
    var addresses = wanted.stream().map(Opening::address).distinct().toList();
    var named = addresses.stream().flatMap(address -> Stream.of(address, Participants.withoutDetail(address))).distinct().toList();
    var ours = Stream.of(own.among(named), mailboxes.among(named), channels.among(named)).flatMap(Collection::stream).collect(Collectors.toSet());
    return Stream.concat(suppressions.among(addresses).stream(),
        addresses.stream().filter(address -> ours.contains(address) || ours.contains(Participants.withoutDetail(address))))
        .collect(Collectors.toSet());
  }

  private static Stream<String> keys(Opening opening) {
    return opening.reading.sender().senderVerified() ? Stream.of(opening.address()) : Stream.of(opening.address(), UNPROVEN);
  }

  private int most(String key) {
    return key.equals(UNPROVEN) ? config.confirmationsUnproven() : config.confirmationsPerAddress();
  }
}
