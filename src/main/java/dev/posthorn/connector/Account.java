package dev.posthorn.connector;

import dev.posthorn.secret.Secret;
import java.util.Objects;

/// A tenant's own mailbox somewhere, as it is connected to. Only the room `channel` asks which kind it is, to choose the ways
/// in and out of it.
public sealed interface Account {
  /// The mailbox's own address: what customers write to, and the From of what leaves by it.
  String address();

  /// Any mailbox that speaks IMAP, and the SMTP server that takes its mail.
  record Imap(String address, ServerAccount imap, ServerAccount smtp) implements Account {
    /// All are there.
    public Imap {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(imap, "imap");
      Objects.requireNonNull(smtp, "smtp");
    }
  }

  /// A mailbox of Gmail or Google Workspace, by an app password: it opens IMAP and SMTP, and nothing else.
  record Gmail(String address, Secret appPassword) implements Account {
    /// Both are there.
    public Gmail {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(appPassword, "appPassword");
    }
  }

  /// A mailbox of Microsoft 365, by Graph.
  ///
  /// @param user whose mailbox it is, as Graph's path says it after `/users/`: an object id, or the principal name of a shared
  ///   mailbox. Never `me`: a token of the application itself has none
  record Microsoft365(String address, String user, AccessTokens tokens) implements Account {
    /// All are there.
    public Microsoft365 {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  /// A mailbox of Gmail or Google Workspace, by the Gmail API.
  record GmailApi(String address, AccessTokens tokens) implements Account {
    /// Both are there.
    public GmailApi {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(tokens, "tokens");
    }
  }
}
