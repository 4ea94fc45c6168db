package dev.posthorn.ingress;

import java.util.UUID;

/// Where a recipient leads.
///
/// @param tenantId  whose it is
/// @param channelId the inbound channel that the mail is taken in by
/// @param recipient the address as the sender wrote it in RCPT, detail and all (a signed reply address keeps its token)
record Door(UUID tenantId, UUID channelId, String recipient) {}
