package dev.posthorn.mail;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A mail to be composed. It has no Bcc: those recipients are in the envelope alone (EH-09).
///
/// @param from        who it is from
/// @param to          may be empty, if all recipients are hidden
/// @param cc          who sees it too
/// @param replyTo     where answers go, if not to `from`
/// @param subject     control characters become spaces
/// @param messageId   final: it is the one that is sent, in every attempt
/// @param inReplyTo   the mail that is answered
/// @param references  its conversation, oldest first; trimmed when composed
/// @param date        when it was written
/// @param text        plain text; if blank, it is made from the HTML (EH-12)
/// @param html        already clean, see [OutgoingHtml]
/// @param inline      images that the HTML shows by content id (EH-13)
/// @param attachments files
/// @param extra       further header fields, such as Auto-Submitted
public record Draft(Address from, List<Address> to, List<Address> cc, Optional<Address> replyTo, String subject,
          MessageId messageId, Optional<MessageId> inReplyTo, List<MessageId> references, Instant date,
          String text, Optional<String> html, List<DraftPart> inline, List<DraftPart> attachments,
          List<Header> extra) {

  private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]{1,70}");
  private static final Set<String> OWN = Set.of("from", "to", "cc", "bcc", "sender", "reply-to", "subject", "message-id",
      "in-reply-to", "references", "date", "mime-version");

  /// @throws IllegalArgumentException if an extra field has no proper name, or one that the composer writes itself
  public Draft {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    references = List.copyOf(references);
    inline = List.copyOf(inline);
    attachments = List.copyOf(attachments);
    extra = List.copyOf(extra);
    Objects.requireNonNull(from);
    Objects.requireNonNull(messageId);
    Objects.requireNonNull(date);
    for (Header header : extra) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!FIELD_NAME.matcher(name).matches() || OWN.contains(name) || name.startsWith("content-")
          || name.startsWith("resent-")) {
        throw new IllegalArgumentException("not an extra header field: " + name);
      }
    }
  }

  @Override
  public String toString() {
    return "Draft[" + messageId + ", " + attachments.size() + " attachments]";
  }
}
