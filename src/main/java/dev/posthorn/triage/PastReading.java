package dev.posthorn.triage;

import dev.posthorn.contact.Contact;
import dev.posthorn.contact.Contacts;
import dev.posthorn.intake.Explanation;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.routing.Facts;
import dev.posthorn.routing.Facts.Circumstances;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.routing.Facts.Place;
import dev.posthorn.routing.PastMails;
import dev.posthorn.ticket.Messages;
import dev.posthorn.trust.Authentication;
import dev.posthorn.trust.Verdict;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Facts of a past mail: its bytes read again, and how things stood as it was kept. Of mail that is older than that, what can
/// still be found out.
@ApplicationScoped
class PastReading implements PastMails {
  private final MailReader reader;
  private final Contacts contacts;
  private final Messages messages;

  PastReading(MailReader reader, Contacts contacts, Messages messages) {
    this.reader = reader;
    this.contacts = contacts;
    this.messages = messages;
  }

  @Override
  public Optional<Facts> facts(UUID inboundMailId) {
    return reader.fetchFiled(inboundMailId).map(fetched -> {
      try (var reading = reader.readAgain(fetched)) {
        return RuleFacts.of(reading, fetched.row().envelopeTo, circumstances(fetched.row(), reading));
      }
    });
  }

  private Circumstances circumstances(InboundMail row, Reading reading) {
    var kept = row.explanation == null ? null : row.explanation.circumstances();
    return kept == null ? QuarkusTransaction.requiringNew().call(() -> found(row, reading))
        : new Circumstances(person(kept), authentication(kept), kept.continues(), new Place(kept.teamId(), kept.queueId()), row.releasedAt != null);
  }

  private static Optional<Person> person(Explanation.Circumstances kept) {
    return kept.contactKnown()
        ? Optional.of(new Person(Optional.ofNullable(kept.contactType()), Optional.ofNullable(kept.contactOwnerId()), kept.contactVip(), kept.contactRegistered()))
        : Optional.empty();
  }

  private static Authentication authentication(Explanation.Circumstances kept) {
    var dmarc = verdict(kept.dmarc());
    boolean verified = kept.senderVerified() == null ? dmarc == Verdict.PASS : kept.senderVerified();
    return new Authentication(verdict(kept.spf()), verdict(kept.dkim()), dmarc, verdict(kept.arc()), null, List.of(), null, null, null, verified);
  }

  private static Verdict verdict(String word) {
    return Optional.ofNullable(word).flatMap(Verdict::read).orElse(Verdict.NONE);
  }

  /// Whoever was met by this very mail was not known when it came.
  private Circumstances found(InboundMail row, Reading reading) {
    var sender = reading.mail().sender().normalized();
    var authentication = Optional.ofNullable(row.messageId).flatMap(messages::findByIdOptional)
        .flatMap(message -> Optional.ofNullable(message.authentication)).orElse(Authentication.NONE);
    var person = contacts.byIds(contacts.byAddresses(List.of(sender)).values()).values().stream()
        .filter(contact -> contact.createdAt.isBefore(row.receivedAt) && !authentication.isForged()).findFirst().map(PastReading::person);
    return new Circumstances(person, authentication, row.state.equals("threaded"), RuleFacts.start(reading), row.releasedAt != null);
  }

  private static Person person(Contact contact) {
    return new Person(Optional.ofNullable(contact.type), Optional.ofNullable(contact.ownerId), contact.vip, contact.registered);
  }
}
