package dev.posthorn.channel;

import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What may be said of a way out. Passwords come in and never go out again.
final class OutboundWish {
  private OutboundWish() {}

  /// A way out that is wanted.
  ///
  /// @param fromAddress what the customer sees; needed for `smtp`
  /// @param displayName null for the display name of the ticket's team
  /// @param smtp the server, for `smtp`
  /// @param username for `smtp`; null where the server lets us in without one
  /// @param password for `smtp`, with a user name
  /// @param answersTo where answers come in: `team` (a signed address of ours) where nothing is said
  @Schema(name = "NewOutboundChannel")
  record New(
      @Schema(enumeration = {"relay", "smtp"}) @NotNull String kind,
      @NotNull @Line String name,
      @MailAddress String fromAddress,
      @Line String displayName,
      @Valid MailboxWish.Server smtp,
      @Line String username,
      @Line String password,
      AnswersTo answersTo) {
    /// Never a password.
    @Override
    public String toString() {
      return "New[" + kind + " " + name + "]";
    }
  }

  /// What of a way out may be changed.
  ///
  /// @param isDefault whether it answers where nothing else was chosen
  /// @param smtp the server of one's own; null for every other kind
  /// @param password a new one; null leaves the old one in force
  @Schema(name = "OutboundChannelChange")
  record Change(
      @NotNull @Line String name,
      @MailAddress String fromAddress,
      @Line String displayName,
      boolean isDefault,
      @NotNull AnswersTo answersTo,
      @Valid MailboxWish.Server smtp,
      @Line String username,
      @Line String password) {
    /// Whether the server is to be tried again before it holds.
    boolean touchesTheLine(Change before) {
      return password != null || !Objects.equals(smtp, before.smtp) || !Objects.equals(username, before.username)
          || smtp != null && !Objects.equals(fromAddress, before.fromAddress);
    }

    /// Never a password.
    @Override
    public String toString() {
      return "Change[" + name + "]";
    }
  }
}
