package dev.posthorn.team;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A team as HTTP shows it.
///
/// @param useDisplayNameInAutoReplies whether automatic replies are From the display name, or from the company
/// @param autoConfirm whether whoever opens a ticket by mail is told so
/// @param replyViaId the outbound channel that answers where neither the way in nor the queue names one
/// @param signatureHtml stands under mail of agents who have no signature of their own, cleaned of what may not be sent
/// @param memberIds everybody in the team, its leads too
record TeamView(
    UUID id,
    String name,
    String displayName,
    boolean emailHubEnabled,
    boolean joinOpenTicket,
    boolean acceptOnlyKnownContacts,
    boolean useDisplayNameInAutoReplies,
    boolean autoConfirm,
    UUID senderAddressId,
    UUID defaultQueueId,
    UUID replyViaId,
    String signatureHtml,
    List<UUID> leadIds,
    List<UUID> memberIds,
    Instant createdAt,
    Instant updatedAt) {
  static TeamView of(Team team, List<TeamMember> people) {
    return new TeamView(team.id, team.name, team.displayName, team.emailHubEnabled, team.joinOpenTicket, team.acceptOnlyKnownContacts,
        team.useDisplayNameInAutoReplies, team.autoConfirm, team.senderAddressId, team.defaultQueueId, team.replyViaId, team.signatureHtml, ids(people, true), ids(people, false),
        team.createdAt, team.updatedAt);
  }

  private static List<UUID> ids(List<TeamMember> people, boolean leadsOnly) {
    return people.stream().filter(member -> member.lead || !leadsOnly).map(member -> member.agentId).sorted().toList();
  }
}
