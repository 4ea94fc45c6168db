package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A ticket as another system had it.
///
/// @param statusKind as [Status] names kinds
/// @param requester whose concern it is
/// @param entries in the order of time
public record ImportedTicket(String subject, String statusKind, Instant createdAt, Address requester, Set<String> tags, List<Entry> entries) implements AutoCloseable {
  /// What stands in it.
  public sealed interface Entry {
    Instant at();
  }

  /// A mail.
  ///
  /// @param raw its bytes
  /// @param outbound whether somebody of ours wrote it
  public record Letter(RawMail raw, boolean outbound, Instant at) implements Entry {}

  /// What was said among agents.
  public record Note(String author, String text, Instant at) implements Entry {}

  @Override
  public void close() {
    entries.stream().filter(Letter.class::isInstance).map(Letter.class::cast).forEach(letter -> letter.raw.close());
  }

  @Override
  public String toString() {
    return "ImportedTicket[" + entries.size() + " entries]";
  }
}
