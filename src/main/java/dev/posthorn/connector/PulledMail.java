package dev.posthorn.connector;

import dev.posthorn.mail.RawMail;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// One mail of a mailbox, as it was pulled.
///
/// @param reference by which the source finds it again, as long as it is where it is
/// @param sourceKey what makes it the same mail within its mailbox for ever, whatever folder numbers change; empty where
///     nothing could be read
/// @param receivedAt when the mailbox got it
/// @param content what could be had of it; closed with this
/// @param conversation what the provider calls the conversation that it belongs to, the same for all its mails in this mailbox
public record PulledMail(String reference, String sourceKey, Instant receivedAt, Content content, Optional<String> conversation)
    implements AutoCloseable {
  /// A mail of a provider that knows no conversations.
  public PulledMail(String reference, String sourceKey, Instant receivedAt, Content content) {
    this(reference, sourceKey, receivedAt, content, Optional.empty());
  }

  /// What could be had of a mail.
  public sealed interface Content {
    /// All of it.
    record Whole(RawMail mail) implements Content {}

    /// It is larger than what is taken; its beginning holds the header and some of the body.
    ///
    /// @param size in bytes, as the server says
    record TooLarge(long size, RawMail beginning) implements Content {}

    /// The server does not hand it out, although it says that it is there.
    ///
    /// @param why in the server's words, or in ours
    record Unreadable(String why) implements Content {
      /// Bounds the words.
      public Unreadable {
        why = ServerWords.line(why);
      }
    }
  }

  /// All are there.
  public PulledMail {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(sourceKey, "sourceKey");
    Objects.requireNonNull(receivedAt, "receivedAt");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(conversation, "conversation");
  }

  /// The bytes of it that were fetched.
  public long octets() {
    return switch (content) {
      case Content.Whole(var mail) -> mail.size();
      case Content.TooLarge(_, var beginning) -> beginning.size();
      case Content.Unreadable _ -> 0;
    };
  }

  /// Deletes the temporary file, if there is one.
  @Override
  public void close() {
    switch (content) {
      case Content.Whole(var mail) -> mail.close();
      case Content.TooLarge(_, var beginning) -> beginning.close();
      case Content.Unreadable _ -> {
        // holds nothing
      }
    }
  }
}
