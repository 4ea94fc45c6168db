package dev.posthorn.triage;

import dev.posthorn.intake.Explanation;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.Parsed;
import dev.posthorn.routing.Facts;
import dev.posthorn.routing.Facts.Circumstances;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.routing.Facts.Place;
import dev.posthorn.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/// Makes of a mail what rules may know of it. Pure.
final class RuleFacts {
  private RuleFacts() {}

  /// @param envelopeTo the address that it was delivered to, as the channel told it
  static Facts of(Reading reading, String envelopeTo, Circumstances circumstances) {
    var mail = reading.mail();
    return new Facts(mail.receivedAt(), mail.subject(), mail.text(), mail.sender(), normalized(mail.to()), normalized(mail.cc()),
        reading.parsed() instanceof Parsed.Readable(Mail read) ? normalized(read.bcc()) : List.of(),
        Address.parse(envelopeTo).map(Address::normalized).orElse(""), headers(reading.parsed()), reading.channel().id,
        Optional.ofNullable(reading.channel().mailboxId),
        mail.attachments().stream().map(file -> new Facts.File(file.name(), file.contentType(), file.inline())).toList(), mail.size(),
        reading.screened().classification(), circumstances);
  }

  /// How things stand before a mail is filed where it was placed.
  static Circumstances circumstances(Reading reading, Placement placement, Evidence evidence) {
    var continued = placement instanceof Placement.Continues(var ticket, String _) ? evidence.ticket(ticket) : Optional.<Ticket>empty();
    return new Circumstances(person(reading, evidence), reading.sender(), continued.isPresent(),
        continued.map(ticket -> new Place(ticket.teamId, ticket.queueId)).orElseGet(() -> start(reading)), reading.released());
  }

  /// A forger is nobody known (P-56).
  private static Optional<Person> person(Reading reading, Evidence evidence) {
    return reading.sender().isForged() ? Optional.empty()
        : evidence.contact(reading.mail().sender().normalized())
            .map(contact -> evidence.person(contact).orElse(new Person(Optional.empty(), Optional.empty(), false, false)));
  }

  /// Where a ticket goes that nobody sends elsewhere.
  static Place start(Reading reading) {
    return new Place(reading.team().id, reading.channel().queueId != null ? reading.channel().queueId : reading.team().defaultQueueId);
  }

  /// As it is kept with the mail.
  static Explanation.Circumstances kept(Circumstances now) {
    var person = now.person();
    var sender = now.authentication();
    return new Explanation.Circumstances(person.isPresent(), person.flatMap(Person::type).orElse(null), person.flatMap(Person::ownerId).orElse(null),
        person.filter(Person::vip).isPresent(), person.filter(Person::registered).isPresent(), sender.spf().word(), sender.dkim().word(),
        sender.dmarc().word(), sender.arc().word(), sender.senderVerified(), now.continues(), now.start().teamId(), now.start().queueId());
  }

  private static List<String> normalized(List<Address> addresses) {
    return addresses.stream().map(Address::normalized).distinct().toList();
  }

  private static List<Header> headers(Parsed parsed) {
    return parsed instanceof Parsed.Readable(Mail mail) ? mail.headers() : List.of();
  }
}
