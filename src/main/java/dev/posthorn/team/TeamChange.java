package dev.posthorn.team;

import dev.posthorn.web.Line;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// What of a team may be changed.
///
/// @param senderAddressId one of the team's own addresses (EH-21)
record TeamChange(
    @NotNull @Line String name,
    @NotNull @Line String displayName,
    boolean emailHubEnabled,
    boolean joinOpenTicket,
    boolean acceptOnlyKnownContacts,
    boolean useDisplayNameInAutoReplies,
    boolean autoConfirm,
    @NotNull UUID senderAddressId,
    @NotNull UUID defaultQueueId,
    UUID replyViaId,
    @Size(max = 50_000) String signatureHtml,
    @NotNull @Size(max = 1000) List<@NotNull UUID> leadIds,
    @NotNull @Size(max = 1000) List<@NotNull UUID> memberIds) {
  static TeamChange of(TeamView view) {
    return new TeamChange(view.name(), view.displayName(), view.emailHubEnabled(), view.joinOpenTicket(), view.acceptOnlyKnownContacts(),
        view.useDisplayNameInAutoReplies(), view.autoConfirm(), view.senderAddressId(), view.defaultQueueId(), view.replyViaId(), view.signatureHtml(),
        view.leadIds(), view.memberIds());
  }

  /// Whether it leaves alone what only admins decide: what the team is called inside, who is in it, and by which way it answers.
  boolean isForLeads(TeamChange current) {
    return name.equals(current.name) && Objects.equals(replyViaId, current.replyViaId) && leadIds.equals(current.leadIds) && memberIds.equals(current.memberIds);
  }
}
