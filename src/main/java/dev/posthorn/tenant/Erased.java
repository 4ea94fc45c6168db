package dev.posthorn.tenant;

/// A tenant is being erased with everything it has, in the running transaction: what is remembered of it elsewhere is to be
/// forgotten when that ends.
public record Erased(TenantId tenant) {}
