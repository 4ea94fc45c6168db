package dev.posthorn.web;

/// Whether what somebody called with is still good: asked by whoever goes on later with what a caller began. Each room that lets
/// callers in has a bean of this type.
public interface Standing {
  /// @param keyId as [Caller#keyId] said it; of the current tenant, within the running transaction
  boolean stands(String keyId);
}
