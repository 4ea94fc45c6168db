package dev.posthorn.ticket;

import dev.posthorn.channel.Mailboxes;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.contact.Contacts;
import dev.posthorn.mail.Address;
import dev.posthorn.team.Agents;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who a reply goes to. Nobody gets it twice, and we never write to ourselves (P-45).
@ApplicationScoped
class ReplyPeople {
  private final ForwardingAddresses own;
  private final Mailboxes mailboxes;
  private final OutboundChannels channels;
  private final Agents agents;
  private final Contacts contacts;
  private final TicketConfig config;

  ReplyPeople(ForwardingAddresses own, Mailboxes mailboxes, OutboundChannels channels, Agents agents, Contacts contacts,
      TicketConfig config) {
    this.own = own;
    this.mailboxes = mailboxes;
    this.channels = channels;
    this.agents = agents;
    this.contacts = contacts;
    this.config = config;
  }

  record Recipients(List<Address> to, List<Address> cc, List<Address> bcc) {}

  /// @param author who writes: nobody is mailed what they wrote themselves (OD-29)
  Recipients of(Message answered, ReplyRequest request, Optional<UUID> author) {
    var to = request.to() != null ? parsed(request.to(), "/to") : author(answered);
    var cc = new ArrayList<>(parsed(request.cc(), "/cc"));
    if (Boolean.TRUE.equals(request.replyAll())) {
      Stream.concat(answered.parties.to().stream(), answered.parties.cc().stream())
          .flatMap(party -> Address.parse(party.address()).map(address -> new Address(party.name(), address.address())).stream())
          .forEach(cc::add);
    }
    var bcc = parsed(request.bcc(), "/bcc");
    var recipients = bounded(to, cc, bcc, author);
    if (recipients.to.isEmpty()) {
      throw request.to() == null
          ? Refusal.of(ProblemKind.CONTACT_HAS_NO_EMAIL, "The message that is answered names nobody to write to.")
          : Refusal.unprocessable("/to", "At least one recipient that is not an address of your own is needed.");
    }
    return recipients;
  }

  /// The same where no mail is answered: to the ticket's requester, where nobody is named.
  Recipients first(Ticket ticket, ReplyRequest request, Optional<UUID> author) {
    return request.to() != null ? named(request.to(), request.cc(), request.bcc(), author)
        : toRequester(ticket, request.cc(), request.bcc(), author);
  }

  /// @throws Refusal 422 where nobody knows an address of theirs (EH-03)
  Recipients toRequester(Ticket ticket, List<ReplyRequest.Recipient> cc, List<ReplyRequest.Recipient> bcc, Optional<UUID> author) {
    var to = contacts.addresses(ticket.contactId).stream().limit(1)
        .flatMap(address -> Address.parse(address).stream())
        .map(address -> new Address(contacts.names(List.of(ticket.contactId)).getOrDefault(ticket.contactId, ""), address.address())).toList();
    var recipients = bounded(to, parsed(cc, "/cc"), parsed(bcc, "/bcc"), author);
    if (recipients.to.isEmpty()) {
      throw Refusal.of(ProblemKind.CONTACT_HAS_NO_EMAIL, "Nobody knows an address of the requester.");
    }
    return recipients;
  }

  /// The same for a letter that answers nobody.
  ///
  /// @throws Refusal 422 where nobody is left
  Recipients named(List<ReplyRequest.Recipient> to, List<ReplyRequest.Recipient> cc, List<ReplyRequest.Recipient> bcc, Optional<UUID> author) {
    var recipients = bounded(parsed(to, "/to"), parsed(cc, "/cc"), parsed(bcc, "/bcc"), author);
    if (recipients.to.isEmpty()) {
      throw Refusal.unprocessable("/to", "At least one recipient that is not an address of your own is needed.");
    }
    return recipients;
  }

  private Recipients bounded(List<Address> to, List<Address> cc, List<Address> bcc, Optional<UUID> author) {
    if (to.size() + cc.size() + bcc.size() > config.maxRecipients()) {
      throw Refusal.unprocessable("/to", "At most " + config.maxRecipients() + " recipients.");
    }
    return withoutDoubles(to, cc, bcc, author);
  }

  /// Whoever wrote it, at the address where answers are wanted; for one of ours, those it went to.
  private static List<Address> author(Message answered) {
    var wanted = answered.direction.equals(Message.OUTBOUND) ? answered.parties.to()
        : answered.parties.replyTo().isEmpty() ? List.of(new Message.Party(answered.fromName, answered.fromAddress))
        : answered.parties.replyTo();
    return wanted.stream()
        .flatMap(party -> Address.parse(party.address()).map(address -> new Address(party.name(), address.address())).stream())
        // RFC 6761, section 6.4: what stands in for "nobody".
        .filter(address -> !address.domain().endsWith(".invalid"))
        .toList();
  }

  static List<Address> parsed(List<ReplyRequest.Recipient> wanted, String pointer) {
    if (wanted == null) {
      return List.of();
    }
    var parsed = new ArrayList<Address>();
    for (int index = 0; index < wanted.size(); index++) {
      var one = wanted.get(index);
      var at = pointer + "/" + index;
      if (one == null || one.address() == null) {
        throw Refusal.badRequest(at + "/address", "An address is needed.");
      }
      if (one.name() != null && one.name().codePoints().anyMatch(Character::isISOControl)) {
        throw Refusal.badRequest(at + "/name", "A name is one line without control characters.");
      }
      var address = Address.parse(one.address()).filter(found -> found.address().equals(one.address().strip()))
          .orElseThrow(() -> Refusal.badRequest(at + "/address", "That is no mail address."));
      parsed.add(new Address(one.name() == null ? "" : one.name(), address.address()));
    }
    return parsed;
  }

  private Recipients withoutDoubles(List<Address> to, List<Address> cc, List<Address> bcc, Optional<UUID> author) {
    var all = Stream.of(to, cc, bcc).flatMap(List::stream).map(address -> base(address.normalized())).collect(Collectors.toSet());
    var seen = new HashSet<>(own.among(all));
    seen.addAll(mailboxes.among(all));
    seen.addAll(channels.among(all));
    author.flatMap(agents::findByIdOptional).flatMap(agent -> Address.parse(agent.email)).map(address -> base(address.normalized())).ifPresent(seen::add);
    return new Recipients(fresh(to, seen), fresh(cc, seen), fresh(bcc, seen));
  }

  private static List<Address> fresh(List<Address> addresses, Set<String> seen) {
    return addresses.stream()
        .filter(address -> !seen.contains(base(address.normalized())) && seen.add(address.normalized()))
        .toList();
  }

  private static String base(String address) {
    int plus = address.indexOf('+');
    int at = address.lastIndexOf('@');
    return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
  }

  /// Everybody written to takes part from now on; those of Bcc hidden (EH-11).
  List<Participant> participants(Ticket ticket, Recipients recipients, Instant now) {
    Map<String, Participant> rows = new LinkedHashMap<>();
    Stream.concat(recipients.to.stream(), recipients.cc.stream())
        .forEach(address -> rows.putIfAbsent(address.normalized(), row(ticket, address, Participant.PARTICIPANT, now)));
    recipients.bcc.forEach(address -> rows.putIfAbsent(address.normalized(), row(ticket, address, Participant.HIDDEN, now)));
    return List.copyOf(rows.values());
  }

  private static Participant row(Ticket ticket, Address address, String role, Instant now) {
    var row = new Participant();
    row.ticketId = ticket.id;
    row.address = address.normalized();
    row.name = address.name();
    row.role = role;
    row.createdAt = now;
    return row;
  }
}
