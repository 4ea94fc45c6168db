package dev.posthorn.archive;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.HtmlSanitizer;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.MessageId;
import dev.posthorn.ticket.ImportedTicket.Letter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes mails anew of which only the words are left: each answers the one before it.
final class Letters {
  /// Whoever is not named (RFC 6761, section 6.4: a domain that never exists).
  static final Address NOBODY = new Address("", "unknown@import.invalid");

  private final List<MessageId> written = new ArrayList<>();

  /// @param messageId the one that it had; made of `name` where that is not known
  /// @param name what it is known by elsewhere
  Letter write(Optional<MessageId> messageId, String name, boolean outbound, Address from, List<Address> to, List<Address> cc, String subject, Instant at, String text,
      Optional<String> html) {
    var id = messageId.orElseGet(() -> new MessageId(name.replaceAll("[^A-Za-z0-9.-]", "-") + "@import.invalid"));
    var draft = new Draft(from, to, cc, Optional.empty(), subject, id, written.isEmpty() ? Optional.empty() : Optional.of(written.getLast()), List.copyOf(written), at,
        text, html.map(HtmlSanitizer::sanitize), List.of(), List.of(), List.of());
    written.add(id);
    return new Letter(() -> MailComposer.compose(draft), outbound, at);
  }

  /// A mail that is there as it is comes between.
  void passes(Optional<MessageId> messageId) {
    messageId.ifPresent(written::add);
  }
}
