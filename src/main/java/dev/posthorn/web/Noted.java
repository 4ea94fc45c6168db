package dev.posthorn.web;

import java.util.UUID;

/// Something to be remembered in the audit that is no write of the API: a sign-in, what a worker does on somebody's wish. Fired as
/// an event, inside of the transaction that does it where there is one, and inside of the tenancy that it concerns.
///
/// @param action a name, as operations have one: `SignIn_completed`
/// @param resource a path, without `/api/v1`
/// @param detail a few words, neither content nor secrets; null for none
/// @param role of whoever did it
/// @param agentId null for nobody's
/// @param keyId what they are known by where there is no key
/// @param requestId the same for everything that one request did
/// @param remoteAddress empty where nobody asked
public record Noted(String action, String resource, String detail, Role role, UUID agentId, String keyId, UUID requestId, String remoteAddress) {}
