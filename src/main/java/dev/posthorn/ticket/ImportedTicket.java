package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A ticket as another system had it.
///
/// @param statusKind as [Status] names kinds
/// @param requester whose concern it is
/// @param entries in the order of time
public record ImportedTicket(String subject, String statusKind, Instant createdAt, Address requester, Set<String> tags, List<Entry> entries) {
  /// What stands in it.
  public sealed interface Entry {
    Instant at();
  }

  /// A mail.
  ///
  /// @param raw its bytes, opened when they are needed: of many mails one at a time is here
  /// @param outbound whether somebody of ours wrote it
  public record Letter(Source raw, boolean outbound, Instant at) implements Entry {}

  /// Where the bytes of a mail are.
  public interface Source {
    /// @throws IllegalArgumentException saying why they cannot be had
    RawMail open() throws IOException;
  }

  /// What was said among agents.
  public record Note(String author, String text, Instant at) implements Entry {}

  @Override
  public String toString() {
    return "ImportedTicket[" + entries.size() + " entries]";
  }
}
