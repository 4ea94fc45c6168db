package dev.posthorn.web;

/// A key at the one moment when it can be shown.
///
/// @param key the whole key, `ph_<id>_<secret>`
public record IssuedKey(ApiKey row, String key) {
  @Override
  public String toString() {
    return "IssuedKey[" + row.keyId + "]";
  }
}
