package dev.posthorn.web;

import java.util.Optional;

/// Whether what somebody called with is still good, and for what: each room that lets callers in has a bean of this type, and [Standings]
/// asks them all.
public interface Standing {
  /// @param keyId as [Caller#keyId] said it; of the current tenant, within the running transaction
  /// @return nothing where it is not good any more, or is none of this room's
  Optional<Role> roleOf(String keyId);
}
