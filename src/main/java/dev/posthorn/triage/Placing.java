package dev.posthorn.triage;

import dev.posthorn.intake.Explanation.Finding;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.BaseSubject;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.SubjectTag;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Decides where a mail belongs, in the order of evidence: a signed reply address; In-Reply-To and References that name a
/// message we hold; a conversation as Outlook counts it; an id that a message we hold refers to, which may be
/// the mail's own if its answer was faster; the conversation as the mailbox's provider counts it; the tag in the subject; the contact's open ticket where the team asks for it;
/// else a new ticket. Each step but the first demands that the sender takes part in the ticket; a mail that only names one
/// is linked to it, not joined. What belongs to a merged ticket belongs to the one in which that goes on.
///
/// Pure over what [Evidence] holds, and says what it looked at.
final class Placing {
  /// The reason of mail that a team does not take from strangers.
  static final String UNKNOWN_CONTACT = "unknown-contact";

  /// @param findings what was looked at, in order, up to what decided
  record Verdict(Placement placement, List<Finding> findings) {}

  /// Why a mail is ignored that was deleted with its ticket.
  static final String DELETED = "ticket-deleted";

  private final Reading reading;
  private final Incoming mail;
  private final Evidence evidence;
  private final String sender;
  private final List<Finding> findings = new ArrayList<>();

  private Placing(Reading reading, Evidence evidence) {
    this.reading = reading;
    this.mail = reading.mail();
    this.evidence = evidence;
    this.sender = mail.sender().normalized();
  }

  static Verdict place(Reading reading, Evidence evidence) {
    var placing = new Placing(reading, evidence);
    var placement = placing.alreadyHere().or(placing::deleted).or(placing::joined).orElseGet(placing::starts);
    return new Verdict(placement, List.copyOf(placing.findings));
  }

  /// A mail we sent, or one that this team has: same id, same sender, same subject. The same id may rightly reach two teams
  /// (P-14), and some senders use one id for everything, so the id alone proves nothing.
  private Optional<Placement> alreadyHere() {
    return mail.messageId().flatMap(id -> evidence.messagesWith(id).stream()
        .flatMap(known -> known.isOutbound()
            ? Stream.<Placement>of(new Placement.OwnEcho(known.ticketId(), known.messageId()))
            : Stream.<Placement>of(new Placement.AlreadyFiled(known.ticketId(), known.messageId()))
                .filter(_ -> known.isSameAs(reading) && evidence.ticket(known.ticketId()).filter(this::ofTeam).isPresent()))
        .findFirst());
  }

  /// A mail that was deleted with its ticket stays deleted (P-15).
  private Optional<Placement> deleted() {
    return evidence.isDeleted(reading) ? Optional.of(new Placement.Ignored(DELETED)) : Optional.empty();
  }

  private Optional<Placement> joined() {
    return bySignedAddress()
        .or(() -> byRefs("references", refs(ids()), true))
        .or(() -> byRefs("conversation", mail.outlookConversation().stream().map(ThreadRefs::conversation).toList(), true))
        .or(() -> byRefs("known-reference", refs(ids()), false))
        .or(() -> byRefs("answered-before", refs(mail.messageId().stream().toList()), false))
        .or(this::byProvider)
        .or(this::bySubjectTag)
        .or(this::byOpenTicket);
  }

  private Optional<Placement> bySignedAddress() {
    var named = mail.signedNumber().flatMap(evidence::ticketNumbered);
    if (named.isEmpty()) {
      return absent("reply-address");
    }
    return Optional.of(held("reply-address", evidence.goesOn(named.get())));
  }

  private Optional<Placement> byRefs(String by, List<UUID> refs, boolean own) {
    var named = refs.stream().flatMap(ref -> evidence.ticketsKnowing(ref, own).stream()).distinct().toList();
    return named.isEmpty() ? absent(by) : firstOf(by, named);
  }

  /// What the provider of the mailbox takes for one conversation, a colleague's answer from there among it (P-17). Two mails with one
  /// subject are one to some; so only an answer is sought there.
  private Optional<Placement> byProvider() {
    var named = mail.providerConversation().filter(_ -> mail.isAnswer());
    return named.isEmpty() ? Optional.empty() : byRefs("provider-conversation", List.of(ThreadRefs.conversation(named.get())), true);
  }

  private Optional<Placement> bySubjectTag() {
    var word = evidence.policies().subjectTag();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    var named = SubjectTag.number(mail.subject(), word.get()).flatMap(evidence::ticketNumbered);
    return named.isEmpty() ? absent("subject-tag") : firstOf("subject-tag", List.of(named.get()));
  }

  private Optional<Placement> byOpenTicket() {
    if (!reading.team().joinOpenTicket) {
      return Optional.empty();
    }
    var open = evidence.openTicketOf(sender, reading.team().id);
    if (open.isEmpty()) {
      return absent("open-ticket");
    }
    if (reading.sender().isForged()) {
      findings.add(new Finding("open-ticket", Finding.IGNORED, "sender-forged", open.get()));
      return Optional.empty();
    }
    findings.add(new Finding("open-ticket", Finding.HELD, null, open.get()));
    return Optional.of(new Placement.Continues(open.get(), "open-ticket"));
  }

  /// The first of them that the sender takes part in.
  private Optional<Placement> firstOf(String by, List<Ticket> named) {
    for (var ticket : named) {
      var on = evidence.goesOn(ticket);
      if (!ofTeam(ticket)) {
        findings.add(new Finding(by, Finding.IGNORED, "another-team", ticket.id));
      } else if (reading.sender().isForged()) {
        findings.add(new Finding(by, Finding.IGNORED, "sender-forged", ticket.id));
      } else if (!evidence.takesPart(sender, ticket.id) && !evidence.takesPart(sender, on.id)) {
        findings.add(new Finding(by, Finding.IGNORED, "sender-takes-no-part", ticket.id));
      } else {
        return Optional.of(held(by, on));
      }
    }
    return Optional.empty();
  }

  private Optional<Placement> absent(String by) {
    findings.add(new Finding(by, Finding.ABSENT, null, null));
    return Optional.empty();
  }

  /// The mail belongs to the ticket; whether it continues it is for the tenant's policies to say.
  private Placement held(String by, Ticket ticket) {
    var instead = tooLate(ticket) ? "reopen-window-over" : aboutSomethingElse(ticket) ? "subject-changed"
        : forwardedToUsAlone(by, ticket) ? "forwarded" : null;
    findings.add(new Finding(by, Finding.HELD, instead, ticket.id));
    return instead == null ? new Placement.Continues(ticket.id, by)
        : new Placement.Starts(Optional.empty(), Optional.of(ticket.id), Optional.empty(), instead);
  }

  /// P-27.
  private boolean tooLate(Ticket ticket) {
    return ticket.isClosed()
        && evidence.policies().reopenWindow().filter(window -> mail.receivedAt().isAfter(ticket.closedAt.plus(window))).isPresent();
  }

  /// P-22. A subject that any message of the ticket has is not another one, nor is none.
  private boolean aboutSomethingElse(Ticket ticket) {
    var subject = base(mail.subject());
    return evidence.policies().splitOnSubjectChange() && !subject.isEmpty()
        && evidence.subjects(ticket.id).stream().map(this::base).noneMatch(subject::equals);
  }

  private BaseSubject base(String subject) {
    return BaseSubject.of(evidence.policies().subjectTag().map(word -> SubjectTag.without(subject, word)).orElse(subject));
  }

  /// P-25. Whoever is written to beside us was in it: then it is an answer, whatever its subject says.
  private boolean forwardedToUsAlone(String by, Ticket ticket) {
    return evidence.policies().splitOnForward() && !by.equals("reply-address") && BaseSubject.isForward(mail.subject())
        && Stream.concat(mail.to().stream(), mail.cc().stream())
            .noneMatch(address -> evidence.takesPart(address.normalized(), ticket.id) && !evidence.isOwn(Participants.withoutDetail(address.normalized())));
  }

  private Placement starts() {
    var claims = ids().stream().flatMap(id -> evidence.ticketsKnowing(ThreadRefs.ref(id), true).stream()).map(ticket -> ticket.id).findFirst();
    var team = reading.team();
    if (team.acceptOnlyKnownContacts && !reading.released() && !isKnown()) {
      return new Placement.Held(UNKNOWN_CONTACT);
    }
    var requester = originalSender();
    return new Placement.Starts(claims, Optional.empty(), requester,
        requester.isPresent() ? "forwarded-by-agent" : claims.isPresent() ? "linked-not-joined" : "new");
  }

  /// Whether it is somebody we know, as far as one can believe that. An agent is one only if that is certain (P-56).
  private boolean isKnown() {
    return isKnown(reading, evidence);
  }

  static boolean isKnown(Reading reading, Evidence evidence) {
    var sender = reading.mail().sender().normalized();
    return !reading.sender().isForged() && (evidence.contact(sender).isPresent() || reading.mail().senderVerified() && evidence.isAgent(sender));
  }

  /// An agent who forwards a customer's mail opens the customer's ticket, if it is certain that it is the agent (P-48).
  private Optional<Address> originalSender() {
    return mail.forwardedFrom().filter(address -> mail.senderVerified() && evidence.isAgent(sender) && BaseSubject.isForward(mail.subject())
        && !evidence.isAgent(address.normalized()) && !evidence.isOwn(Participants.withoutDetail(address.normalized())));
  }

  private List<MessageId> ids() {
    return Messages.bounded(mail.inReplyTo(), mail.references());
  }

  private static List<UUID> refs(List<MessageId> ids) {
    return ids.stream().map(ThreadRefs::ref).toList();
  }

  /// A ticket is the team's if it lies with it or came in by the same channel; else two teams that both got a mail would
  /// share one ticket by accident.
  private boolean ofTeam(Ticket ticket) {
    return ticket.teamId.equals(reading.team().id) || ticket.inboundChannelId.equals(reading.channel().id);
  }
}
