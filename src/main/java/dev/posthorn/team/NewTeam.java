package dev.posthorn.team;

import dev.posthorn.web.Line;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/// A team that is wanted.
///
/// @param displayName what customers see in the From line; the name where it is left out
/// @param emailHubEnabled on where it is left out
/// @param useDisplayNameInAutoReplies on where it is left out; what else is left out is off
/// @param defaultQueueId the tenant's first queue where it is left out
record NewTeam(
  @NotNull @Line String name,
  @Line String displayName,
  Boolean emailHubEnabled,
  Boolean joinOpenTicket,
  Boolean acceptOnlyKnownContacts,
  Boolean useDisplayNameInAutoReplies,
  Boolean autoConfirm,
  UUID defaultQueueId,
  @Size(max = 1000) List<@NotNull UUID> leadIds,
  @Size(max = 1000) List<@NotNull UUID> memberIds) {}
