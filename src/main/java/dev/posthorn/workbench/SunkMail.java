package dev.posthorn.workbench;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;

/// One mail that left Posthorn in development, as a server saw it and as a person would read it.
///
/// @param number counted from 1 since the application started
/// @param receivedAt when its data ended
/// @param envelopeFrom of MAIL FROM; `""` is the null sender
/// @param recipients of RCPT TO, Bcc included
/// @param raw the bytes as they came over the line
public record SunkMail(long number, Instant receivedAt, String envelopeFrom, List<String> recipients, String from, String to,
    String cc, String replyTo, String subject, String messageId, String inReplyTo, String references, String text,
    List<String> attachments, int size, @JsonIgnore byte[] raw) {

  private static final MailParser PARSER = new MailParser(MailLimits.DEFAULT);

  static SunkMail read(long number, Instant receivedAt, String envelopeFrom, List<String> recipients, byte[] raw) {
    try (var mail = RawMail.of(raw); var parsed = PARSER.parse(mail)) {
      return switch (parsed) {
        case Parsed.Readable(var readable) -> of(number, receivedAt, envelopeFrom, recipients, readable, raw);
        case Parsed.Unreadable(var why) -> new SunkMail(number, receivedAt, envelopeFrom, List.copyOf(recipients), "", "", "",
            "", "", "", "", "", "Unreadable: " + why, List.of(), raw.length, raw);
      };
    }
  }

  private static SunkMail of(long number, Instant receivedAt, String envelopeFrom, List<String> recipients, Mail mail, byte[] raw) {
    return new SunkMail(number, receivedAt, envelopeFrom, List.copyOf(recipients), names(mail.from().stream()),
        names(mail.to().stream()), names(mail.cc().stream()), names(mail.replyTo().stream()), mail.subject(),
        ids(mail.messageId().stream()), ids(mail.inReplyTo().stream()), ids(mail.references().stream()), mail.text(),
        mail.attachments().stream().map(SunkMail::described).toList(), raw.length, raw);
  }


  private static String names(Stream<Address> addresses) {
    return String.join(", ", addresses.map(address -> address.name().isEmpty() ? address.address()
        : address.name() + " <" + address.address() + ">").toList());
  }

  private static String ids(Stream<MessageId> ids) {
    return String.join(" ", ids.map(MessageId::value).toList());
  }

  private static String described(Attachment attachment) {
    return attachment.name() + " (" + attachment.contentType() + ", " + attachment.size() + " bytes"
        + (attachment.inline() ? ", inline" : "") + ")";
  }

  /// Never the content.
  @Override
  public String toString() {
    return "SunkMail[" + number + ", " + size + " bytes]";
  }
}
