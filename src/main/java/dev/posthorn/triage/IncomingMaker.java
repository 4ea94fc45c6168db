package dev.posthorn.triage;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.BaseSubject;
import dev.posthorn.mail.ForwardedSender;
import dev.posthorn.mail.HtmlSanitizer;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.QuoteSplitter;
import dev.posthorn.mail.ReplyAddresses;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.ThreadClues;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.SignedReplies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes what a ticket can hold out of what was read. A mail that could not be read becomes a message too: it says so, and
/// its original hangs on it.
@ApplicationScoped
class IncomingMaker {
  private static final String NO_SUBJECT = "(no subject)";

  /// RFC 6761, section 6.4: a domain that never exists. Nobody can answer a mail that does not say who wrote it.
  private static final Address NOBODY = new Address("Unknown sender", "unknown@sender.invalid");

  private final SignedReplies signedReplies;

  IncomingMaker(SignedReplies signedReplies) {
    this.signedReplies = signedReplies;
  }

  /// @param senderVerified whether the sender is proven
  Incoming make(MailReader.Fetched fetched, Parsed parsed, boolean senderVerified) {
    return switch (parsed) {
      case Parsed.Readable(Mail mail) -> readable(fetched, mail, senderVerified);
      case Parsed.Unreadable(String why) -> unreadable(fetched, why);
    };
  }

  private Incoming readable(MailReader.Fetched fetched, Mail mail, boolean senderVerified) {
    var row = fetched.row();
    var sender = mail.from().or(() -> Address.parse(row.envelopeFrom)).orElse(NOBODY);
    var clues = ThreadClues.of(mail, List.of(row.envelopeTo));
    return new Incoming(row.id, Sha256.of(row.sha256), row.size, row.receivedAt, sender, mail.replyTo(), mail.to(), mail.cc(),
        mail.subject().isBlank() ? NO_SUBJECT : mail.subject(), mail.messageId(), mail.inReplyTo(), mail.references(), mail.threadIndex(), mail.date(),
        mail.text(), mail.html().map(HtmlSanitizer::sanitize), QuoteSplitter.split(mail.text(), mail.html()), mail.attachments(),
        mail.flaws().stream().map(flaw -> flaw.code()).sorted().toList(),
        forwardedFrom(mail), senderVerified, signedNumber(clues.tokens()),
        Optional.ofNullable(row.conversation).map(name -> row.channelId + " " + name));
  }

  /// Who wrote what is forwarded: the header in the text says it, else a mail that is attached does.
  private static Optional<Address> forwardedFrom(Mail mail) {
    return !BaseSubject.isForward(mail.subject()) ? Optional.empty()
        : ForwardedSender.of(mail.text()).or(() -> mail.attachments().stream()
            .filter(file -> file.contentType().equals("message/rfc822")).findFirst().flatMap(ForwardedSender::of));
  }

  private Incoming unreadable(MailReader.Fetched fetched, String why) {
    var row = fetched.row();
    var original = new Attachment("original.eml", "message/rfc822", false, Optional.empty(), "0", fetched.raw().content());
    var text = "This mail could not be read (" + why + "). The original is attached.";
    return new Incoming(row.id, Sha256.of(row.sha256), row.size, row.receivedAt, Address.parse(row.envelopeFrom).orElse(NOBODY),
        List.of(), List.of(), List.of(), "(unreadable mail)", Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), text,
        Optional.empty(), new QuoteSplitter.Split(text, QuoteSplitter.Confidence.HIGH), List.of(original), List.of("unreadable"), Optional.empty(), false,
        signedNumber(Address.parse(row.envelopeTo).flatMap(ReplyAddresses::token).stream().toList()), Optional.empty());
  }

  private Optional<Long> signedNumber(List<String> tokens) {
    return tokens.stream().map(signedReplies::verify).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong).findFirst();
  }
}
