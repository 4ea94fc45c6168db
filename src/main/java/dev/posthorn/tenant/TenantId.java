package dev.posthorn.tenant;

import java.util.UUID;

/// Which company a row belongs to.
public record TenantId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
