package dev.posthorn.triage;

import dev.posthorn.mail.Address;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Participant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Who takes part in a ticket because of a mail: its sender, and everybody in To and Cc but ourselves. Pure.
final class Participants {
  /// More than this in one mail are kept in its headers only.
  private static final int MOST = 500;

  private Participants() {}

  /// Somebody whose concern an agent forwards.
  record Requester(Address address, UUID contactId) {}

  /// @param requester whose concern a new ticket is, if it is not the sender's, with their contact
  static List<Participant> of(Incoming mail, UUID ticketId, UUID contactId, Evidence evidence, boolean starts, Optional<Requester> requester) {
    Map<String, Participant> found = new LinkedHashMap<>();
    requester.ifPresent(one -> {
      var inferred = row(one.address, ticketId, Participant.REQUESTER, mail);
      inferred.contactId = one.contactId;
      inferred.inferred = true;
      found.put(inferred.address, inferred);
    });
    var sender = row(mail.sender(), ticketId, starts && requester.isEmpty() ? Participant.REQUESTER : Participant.PARTICIPANT, mail);
    sender.contactId = contactId;
    found.putIfAbsent(sender.address, sender);
    Stream.concat(mail.to().stream(), mail.cc().stream())
        .filter(address -> !evidence.isOwn(withoutDetail(address.normalized())))
        .limit(MOST)
        .forEach(address -> found.putIfAbsent(address.normalized(), row(address, ticketId, Participant.PARTICIPANT, mail)));
    return new ArrayList<>(found.values());
  }

  private static Participant row(Address address, UUID ticketId, String role, Incoming mail) {
    var row = new Participant();
    row.ticketId = ticketId;
    row.address = address.normalized();
    row.name = address.name();
    row.role = role;
    row.createdAt = mail.receivedAt();
    return row;
  }

  static String withoutDetail(String address) {
    int plus = address.indexOf('+');
    int at = address.lastIndexOf('@');
    return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
  }
}
