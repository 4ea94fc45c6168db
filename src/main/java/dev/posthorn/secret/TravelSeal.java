package dev.posthorn.secret;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals what leaves the house and comes back, as cookies do: nobody on the way reads it or changes a bit. Under the keys that
/// seal secrets at rest, so that every node opens what another has sealed, and an old key opens as long as it is configured.
@ApplicationScoped
public class TravelSeal {
  private static final int DERIVED_BYTES = 32;

  private final Keyring keys;
  private final String root;

  TravelSeal(SecretConfig config) {
    try {
      this.keys = new Keyring(config.keys());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("posthorn.secret.keys " + e.getMessage());
    }
    this.root = config.keys().getFirst();
  }

  /// @param purpose what it is for: it opens for the same alone
  /// @return of letters, digits, `.`, `-` and `_` alone
  public String seal(String text, String purpose) {
    var sealed = keys.seal(Secret.of(text), purpose);
    return sealed.keyId() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.bytes());
  }

  /// @return nothing for what was never sealed here, for another purpose, under a key that is gone, or was changed on its way
  public Optional<String> open(String sealed, String purpose) {
    int dot = sealed.lastIndexOf('.');
    if (dot < 1 || !keys.ids().contains(sealed.substring(0, dot))) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      return Optional.of(keys.open(new Keyring.Sealed(sealed.substring(0, dot), bytes), purpose).reveal());
    } catch (IllegalStateException | IllegalArgumentException e) {
      // It is somebody else's, or nobody's.
      return Optional.empty();
    }
  }

  /// A secret of its own for a purpose, the same on every node (HKDF, RFC 5869).
  public String derived(String purpose) {
    try {
      var derivation = HKDFParameterSpec.ofExtract().addIKM(root.getBytes(StandardCharsets.UTF_8))
          .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(KDF.getInstance("HKDF-SHA256").deriveData(derivation));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HKDF", e);
    }
  }
}
