package dev.posthorn.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a mail itself says about the conversation that it belongs to. Clues, not proof: whether a token is valid and
/// whether the sender takes part is for others to find out.
///
/// @param ids         mails that this one answers or follows, the strongest first: In-Reply-To, then References from the
///                    latest to the oldest (RFC 5322, section 3.6.4)
/// @param tokens      tokens of signed reply addresses, in lower case, envelope recipients before those in the header
/// @param baseSubject the subject without answer marks
public record ThreadClues(List<MessageId> ids, List<String> tokens, BaseSubject baseSubject) {

  /// Fields that may name the address at which a mail came in, if the envelope is not known any more.
  private static final List<String> DELIVERED = List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To");

  public ThreadClues {
    ids = List.copyOf(ids);
    tokens = List.copyOf(tokens);
  }

  /// The clues in a mail.
  ///
  /// @param envelopeRecipients addresses of RCPT TO, as far as they are known
  public static ThreadClues of(Mail mail, List<String> envelopeRecipients) {
    Set<MessageId> ids = new LinkedHashSet<>(mail.inReplyTo());
    ids.addAll(mail.references().reversed());
    mail.messageId().ifPresent(ids::remove);

    Stream<Address> envelope = envelopeRecipients.stream().map(Address::parse).flatMap(Optional::stream);
    Stream<Address> delivered = DELIVERED.stream().flatMap(name -> mail.headers(name).stream())
        .map(Address::parseList).flatMap(List::stream);
    Stream<Address> addressed = Stream.of(mail.to(), mail.cc(), mail.bcc()).flatMap(List::stream);
    List<String> tokens = Stream.of(envelope, delivered, addressed).flatMap(s -> s)
        .map(ReplyAddresses::token).flatMap(Optional::stream).distinct().toList();

    return new ThreadClues(List.copyOf(ids), tokens, BaseSubject.of(mail.subject()));
  }
}
