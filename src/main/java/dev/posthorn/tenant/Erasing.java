package dev.posthorn.tenant;

/// A tenant is gone for everybody who asks, in the running transaction; what it has is to be deleted step by step from now on.
public record Erasing(TenantId tenant) {}
