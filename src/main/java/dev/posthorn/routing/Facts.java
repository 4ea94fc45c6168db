package dev.posthorn.routing;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Header;
import dev.posthorn.trust.Authentication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What rules may know of a mail: what it says, how it came, and how things stood when it was decided about.
///
/// @param body           the text to read, with LF line ends
/// @param to             normalised addresses, as `cc` and `bcc`
/// @param envelopeTo     the normalised address that it was delivered to; "" where nobody told it
/// @param files          what hangs on it
/// @param size           of the whole mail, in bytes
/// @param circumstances  what a later reading of the same mail could not find out any more
public record Facts(
    Instant receivedAt,
    String subject,
    String body,
    Address sender,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    String envelopeTo,
    List<Header> headers,
    UUID inboundChannelId,
    Optional<UUID> mailboxId,
    List<File> files,
    long size,
    Classification classification,
    Circumstances circumstances) {

  /// @param inline whether the text itself shows it
  public record File(String name, String contentType, boolean inline) {}

  /// @param person     who wrote it, if that is somebody known; nobody is whose address is forged
  /// @param continues  whether it belongs to a ticket that is there already
  /// @param start      where the ticket is, or would be if there were no rules
  /// @param released   somebody has let it in already: no rule keeps it out
  public record Circumstances(Optional<Person> person, Authentication authentication, boolean continues, Place start, boolean released) {}

  /// A contact.
  ///
  /// @param type    the tenant's own word
  /// @param ownerId the agent who looks after them
  public record Person(Optional<String> type, Optional<UUID> ownerId, boolean vip, boolean registered) {}

  /// Where a ticket is.
  public record Place(UUID teamId, UUID queueId) {}

  /// Says nothing of what was written.
  @Override
  public String toString() {
    return "Facts[" + size + " bytes]";
  }
}
