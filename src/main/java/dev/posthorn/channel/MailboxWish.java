package dev.posthorn.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Encryption;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What may be said of a mailbox. Passwords come in and never go out again.
final class MailboxWish {
  private MailboxWish() {}

  /// A server.
  ///
  /// @param security `tls` (from the first octet), `starttls`, or `none` where the operator allows it
  record Server(@NotNull @Line String host, @NotNull @Min(1) @Max(65_535) Integer port, @NotNull Encryption security) {}

  /// A mailbox that is wanted.
  ///
  /// @param appPassword for `gmail`: its 16 letters, with or without blanks (OD-11)
  /// @param serviceAccountKey for `gmail-api`: the key file (JSON) of a service account that the domain's administrator trusts;
  ///   people sign in with POST /mailboxes/authorizations instead
  /// @param username for `imap`; the address where none is said
  /// @param teamId whose mail it is; the oldest team where none is said
  /// @param afterImport `mark-read` where nothing is said
  /// @param moveTo the folder for `move`
  /// @param unreadOnly passes over what somebody has read before: mail may be missed that way (TH-28)
  /// @param keepSent whether replies are to be found in the mailbox (TH-11); `true` where nothing is said
  /// @param sentFolder null for the one that is marked as `\Sent` (TH-12)
  /// @param historyDays how many days of mail that is there already become tickets, without automatic answers
  /// @param confirmPersonal that an address which looks like somebody's own is meant (OD-08)
  record New(
      @Schema(enumeration = {"imap", "gmail", "gmail-api"}) @NotNull String kind,
      @NotNull @MailAddress String address,
      @Line String name,
      UUID teamId,
      @JsonProperty(access = JsonProperty.Access.READ_WRITE) @Line String appPassword,
      @Size(max = 20_000) String serviceAccountKey,
      @Line String username,
      @Line String password,
      @Valid Server imap,
      @Valid Server smtp,
      @Line String folder,
      Boolean processIncoming,
      AfterImport afterImport,
      @Line String moveTo,
      Boolean unreadOnly,
      Boolean keepSent,
      @Line String sentFolder,
      @Min(0) @Max(36_500) Integer historyDays,
      Boolean confirmPersonal) {
    /// Never a password.
    @Override
    public String toString() {
      return "New[" + kind + " " + address + "]";
    }
  }

  /// What of a mailbox may be changed.
  ///
  /// @param appPassword a new one; null leaves the old one in force
  /// @param password the same for `imap`
  record Change(
      @NotNull @Line String name,
      @Line String appPassword,
      @Line String username,
      @Line String password,
      @Valid Server imap,
      @Valid Server smtp,
      @NotNull @Line String folder,
      boolean processIncoming,
      @NotNull AfterImport afterImport,
      @Line String moveTo,
      boolean unreadOnly,
      boolean keepSent,
      @Line String sentFolder) {
    /// Whether both directions are to be tried again before it holds.
    boolean touchesTheLine(Change before) {
      return appPassword != null || password != null || !Objects.equals(username, before.username) || !Objects.equals(imap, before.imap)
          || !Objects.equals(smtp, before.smtp) || !folder.equals(before.folder) || !Objects.equals(moveTo, before.moveTo)
          || keepSent != before.keepSent || !Objects.equals(sentFolder, before.sentFolder) || afterImport != before.afterImport;
    }

    /// Never a password.
    @Override
    public String toString() {
      return "Change[" + name + "]";
    }
  }
}
