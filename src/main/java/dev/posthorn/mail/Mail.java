package dev.posthorn.mail;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A mail, read. Everything in it is decoded, bounded and free of what cannot be stored; nothing in it is trusted.
///
/// @param from        the first address of From
/// @param replyTo     where answers are wanted, if not at `from`
/// @param to          To, also from several fields
/// @param cc          Cc
/// @param bcc         Bcc, which senders' copies and some gateways keep
/// @param subject     decoded, on one line, "" if there is none
/// @param messageId   Message-ID
/// @param inReplyTo   every id in In-Reply-To
/// @param references  every id in References, oldest first
/// @param threadIndex the conversation as Outlook and Exchange count it
/// @param threadTopic Thread-Topic: the subject that the conversation began with, "" if it is not said
/// @param date        Date as the sender says
/// @param text        the text to read: of the plain parts, else made from the HTML; LF line ends
/// @param html        the HTML to show, as it was sent: never shown unsanitised, see [HtmlSanitizer]
/// @param attachments everything else, attached mails and containers and what is inside them included, by path
/// @param headers     the header fields, in order, as far as [MailLimits] go
/// @param flaws       what was wrong or too much
/// @param parts       where the bytes of the attachments lie; ended by [#close()]
public record Mail(Optional<Address> from, List<Address> replyTo, List<Address> to, List<Address> cc, List<Address> bcc,
          String subject, Optional<MessageId> messageId, List<MessageId> inReplyTo, List<MessageId> references,
          Optional<ThreadIndex> threadIndex, String threadTopic, Optional<Instant> date, String text, Optional<String> html, List<Attachment> attachments,
          List<Header> headers, Set<Flaw> flaws, Closeable parts) implements AutoCloseable {

  public Mail {
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    attachments = List.copyOf(attachments);
    headers = List.copyOf(headers);
    flaws = Set.copyOf(flaws);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(threadTopic);
    Objects.requireNonNull(text);
  }

  /// The value of the first field of this name.
  public Optional<String> header(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
  }

  /// The values of all fields of this name, in order.
  public List<String> headers(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).toList();
  }

  /// Frees memory and disk; the attachments can no longer be read.
  @Override
  public void close() {
    try {
      parts.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "Mail[" + attachments.size() + " attachments, " + headers.size() + " headers, " + flaws + "]";
  }
}
