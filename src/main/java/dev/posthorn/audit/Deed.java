package dev.posthorn.audit;

import java.time.Instant;
import java.util.UUID;

/// One thing that somebody did.
///
/// @param at to the microsecond
/// @param role of whoever did it, as [dev.posthorn.web.Role#word] says it
/// @param agentId null where the key stands for no agent
/// @param contactId null where it stands for no contact
/// @param keyId the public part of the key
/// @param requestId the same for everything that one request did
/// @param remoteAddress of whoever asked, as far as the service sees it
/// @param action the operation, by the name that it has in the OpenAPI document
/// @param resource the path, without `/api/v1`
/// @param detail a few words; null for none
record Deed(UUID id, Instant at, String role, UUID agentId, UUID contactId, String keyId, UUID requestId, String remoteAddress, String action,
    String resource, String detail) {}
