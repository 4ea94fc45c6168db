package dev.posthorn.login;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Somebody whom a provider has vouched for, and who has not said yet what to do. Travels in a sealed cookie.
///
/// @param provider its name in the configuration
/// @param issuer with the subject, who it is
/// @param email the address that the provider says; null for none
/// @param verified whether the provider says that the address is theirs
/// @param name null for none
/// @param endSessionUrl where one signs out there; null for nowhere
record Arrival(String provider, String issuer, String subject, String email, boolean verified, String name, String endSessionUrl, Instant until) {
  /// The domain of an address that counts.
  Optional<String> domain() {
    return verified && email != null ? Optional.of(email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /// What to call them.
  String called() {
    return name != null && !name.isBlank() ? name : email != null ? email : "Somebody";
  }

  /// Never who.
  @Override
  public String toString() {
    return "Arrival[" + provider + "]";
  }
}
