package dev.posthorn.triage;

import dev.posthorn.mail.MessageId;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Decides where a mail belongs, in the order of evidence: a signed reply address; In-Reply-To and References that name a
/// message we hold; an id that a message we hold refers to, which may be the mail's own if its answer was faster; the
/// contact's open ticket where the team asks for it; else a new ticket. Each step but the first demands that the sender
/// takes part in the ticket; a mail that only names one is linked to it, not joined. Pure over what [Evidence] holds.
final class Placing {
  private Placing() {}

  static Placement place(Reading reading, Evidence evidence) {
    return alreadyHere(reading, evidence)
        .or(() -> bySignedAddress(reading, evidence))
        .or(() -> byReferences(reading, evidence))
        .or(() -> byOpenTicket(reading, evidence))
        .orElseGet(() -> new Placement.Starts(named(reading, evidence).stream().findFirst()));
  }

  /// A mail we sent, or one that this team has: same id, same sender, same subject. The same id may rightly reach two teams
  /// (P-14), and some senders use one id for everything, so the id alone proves nothing.
  private static Optional<Placement> alreadyHere(Reading reading, Evidence evidence) {
    return reading.mail().messageId().flatMap(id -> evidence.messagesWith(id).stream()
        .flatMap(known -> known.isOutbound()
            ? Optional.<Placement>of(new Placement.OwnEcho(known.ticketId(), known.messageId())).stream()
            : Optional.<Placement>of(new Placement.AlreadyFiled(known.ticketId(), known.messageId()))
                .filter(_ -> known.isSameAs(reading) && ofTeam(evidence.ticket(known.ticketId()), reading)).stream())
        .findFirst());
  }

  private static Optional<Placement> bySignedAddress(Reading reading, Evidence evidence) {
    return reading.mail().signedNumber()
        .flatMap(evidence::ticketNumbered)
        .map(ticket -> new Placement.Continues(ticket.id, "reply-address"));
  }

  private static Optional<Placement> byReferences(Reading reading, Evidence evidence) {
    var ids = ids(reading);
    return byIds(ids, reading, evidence, true, "references")
        .or(() -> byIds(ids, reading, evidence, false, "known-reference"))
        .or(() -> byIds(reading.mail().messageId().stream().toList(), reading, evidence, false, "answered-before"));
  }

  private static Optional<Placement> byIds(List<MessageId> ids, Reading reading, Evidence evidence, boolean own, String by) {
    return ids.stream()
        .flatMap(id -> evidence.ticketsKnowing(ThreadRefs.ref(id), own).stream())
        .filter(ticket -> ofTeam(Optional.of(ticket), reading) && evidence.takesPart(reading.mail().sender().normalized(), ticket.id))
        .findFirst()
        .map(ticket -> new Placement.Continues(ticket.id, by));
  }

  private static Optional<Placement> byOpenTicket(Reading reading, Evidence evidence) {
    return reading.team().joinOpenTicket
        ? evidence.openTicketOf(reading.mail().sender().normalized(), reading.team().id)
            .map(ticket -> new Placement.Continues(ticket, "open-ticket"))
        : Optional.empty();
  }

  /// Tickets that the mail's ids name, whoever takes part in them.
  private static List<UUID> named(Reading reading, Evidence evidence) {
    return ids(reading).stream()
        .flatMap(id -> evidence.ticketsKnowing(ThreadRefs.ref(id), true).stream())
        .map(ticket -> ticket.id)
        .toList();
  }

  private static List<MessageId> ids(Reading reading) {
    return Messages.bounded(reading.mail().inReplyTo(), reading.mail().references());
  }

  /// A ticket is the team's if it lies with it or came in by the same channel; else two teams that both got a mail would
  /// share one ticket by accident.
  private static boolean ofTeam(Optional<Ticket> ticket, Reading reading) {
    return ticket.filter(row -> row.teamId.equals(reading.team().id) || row.inboundChannelId.equals(reading.channel().id)).isPresent();
  }
}
