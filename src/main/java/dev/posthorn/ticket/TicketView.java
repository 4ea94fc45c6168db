package dev.posthorn.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthorn.contact.Contact;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A ticket as the API shows it.
///
/// @param number what people say on the phone, counted per tenant from 1
/// @param status name of a status; `statusKind` is its kind
/// @param claimsTicketId the ticket that the first mail claimed to concern, without proof (P-23)
/// @param followsTicketId the ticket that this one follows, because the answer came late, changed its subject or was a forward
/// @param mergedIntoId the ticket in which this one goes on (P-26)
/// @param unanswered whether the last public message came from the customer (TH-45)
/// @param tags words to find it by
/// @param interrupted what it came by was deleted, and nothing is sent in it (WX-13); null where that is not so
/// @param sla its clocks
/// @param participants everybody in it, hidden ones included; only where a single ticket is shown
@Schema(name = "Ticket")
public record TicketView(
    UUID id,
    long number,
    String subject,
    String status,
    String statusKind,
    UUID priorityId,
    UUID categoryId,
    UUID typeId,
    UUID queueId,
    UUID teamId,
    UUID assigneeId,
    List<String> tags,
    Requester requester,
    UUID inboundChannelId,
    UUID claimsTicketId,
    UUID followsTicketId,
    UUID mergedIntoId,
    Instant lastMessageAt,
    boolean unanswered,
    Interrupted interrupted,
    SlaView sla,
    Instant closedAt,
    Instant createdAt,
    Instant updatedAt,
    long version,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<ParticipantView> participants) {

  /// Whose concern it is.
  ///
  /// @param email the address that the first mail came from
  /// @param registered whether the tenant knows them as one of its own (AT-02)
  /// @param inferred whether it was read out of a mail that an agent forwarded (P-48); only where a single ticket is shown
  @Schema(name = "Requester")
  public record Requester(UUID contactId, String name, String email, boolean registered, @JsonInclude(JsonInclude.Include.NON_NULL) Boolean inferred) {}

  /// @param by `mailbox` or `text-account`
  @Schema(name = "Interrupted")
  public record Interrupted(String by, Instant at) {
    static Interrupted of(Ticket ticket) {
      return ticket.interruptedAt == null ? null : new Interrupted(ticket.interruptedBy, ticket.interruptedAt);
    }
  }

  /// Somebody whose mail belongs into the ticket.
  ///
  /// @param role `requester`, `participant` or `hidden` (from a reply's Bcc)
  @Schema(name = "Participant")
  public record ParticipantView(String address, String name, String role, boolean inferred, UUID contactId) {
    static ParticipantView of(Participant row) {
      return new ParticipantView(row.address, row.name, row.role, row.inferred, row.contactId);
    }
  }

  /// The same without what agents keep to themselves: whose it is among them, its tags and clocks, and who is in it in secret.
  TicketView forRequester() {
    return new TicketView(id, number, subject, status, statusKind, priorityId, categoryId, typeId, queueId, teamId, null, List.of(), requester,
        inboundChannelId, null, followsTicketId, mergedIntoId, lastMessageAt, unanswered, null, null, closedAt, createdAt, updatedAt, version,
        participants == null ? null : participants.stream().filter(one -> !one.role().equals(Participant.HIDDEN)).toList());
  }

  private static Boolean inferred(List<ParticipantView> participants) {
    return participants == null ? null : participants.stream().anyMatch(one -> one.role().equals(Participant.REQUESTER) && one.inferred());
  }

  static TicketView of(Ticket ticket, SlaView sla, List<String> tags, Contact requester, String requesterEmail, List<ParticipantView> participants) {
    return new TicketView(ticket.id, ticket.number, ticket.subject, ticket.status, ticket.statusKind, ticket.priorityId, ticket.categoryId, ticket.typeId,
        ticket.queueId, ticket.teamId, ticket.assigneeId, tags, new Requester(ticket.contactId, requester.name, requesterEmail, requester.registered, inferred(participants)),
        ticket.inboundChannelId, ticket.claimsTicketId, ticket.followsTicketId, ticket.mergedIntoId, ticket.lastMessageAt, ticket.unanswered, Interrupted.of(ticket), sla, ticket.closedAt,
        ticket.createdAt, ticket.updatedAt, ticket.version, participants);
  }
}
