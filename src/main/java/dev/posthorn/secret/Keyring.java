package dev.posthorn.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Seals and opens. Envelope encryption: each text has a data key of its own, which the configured key encrypts (both
/// AES-256-GCM, NIST SP 800-38D), so that a key management service can take the place of the configured one.
final class Keyring {
  private static final int KEY_BYTES = 32;

  /// A sealed text, and the id of the key that opens it.
  record Sealed(String keyId, byte[] bytes) {
    @Override
    public String toString() {
      return "Sealed[" + bytes.length + " bytes under " + keyId + "]";
    }
  }

  private final Map<String, Aead> keys = new LinkedHashMap<>();
  private final String current;

  /// @param configured `<id>:<base64>`, the first seals
  /// @throws IllegalArgumentException saying what is wrong, never what was configured
  Keyring(List<String> configured) {
    for (var key : configured) {
      int colon = key.indexOf(':');
      var id = colon < 0 ? "" : key.substring(0, colon).strip();
      if (!id.matches("[A-Za-z0-9._-]{1,40}")) {
        throw new IllegalArgumentException("needs keys of the form <id>:<32 bytes in base64>");
      }
      if (keys.put(id, aead(bytes(key.substring(colon + 1).strip()))) != null) {
        throw new IllegalArgumentException("has two keys with the id " + id);
      }
    }
    current = keys.keySet().stream().findFirst().orElseThrow(() -> new IllegalArgumentException("needs at least one key"));
  }

  private static byte[] bytes(String base64) {
    try {
      var bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == KEY_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Its message shows a part of the key.
    }
    throw new IllegalArgumentException("needs keys of exactly " + KEY_BYTES + " bytes in base64");
  }

  private static Aead aead(byte[] bytes) {
    try {
      AeadConfig.register();
      var parameters = AesGcmParameters.builder().setKeySizeBytes(KEY_BYTES).setIvSizeBytes(12).setTagSizeBytes(16)
          .setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
      var key = AesGcmKey.builder().setParameters(parameters)
          .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get())).build();
      var handle = KeysetHandle.newBuilder().addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary()).build();
      return KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  /// The id of the key that seals.
  String current() {
    return current;
  }

  Set<String> ids() {
    return keys.keySet();
  }

  /// @param context what the text is bound to: it opens under the same alone
  Sealed seal(Secret secret, String context) {
    try {
      return new Sealed(current, keys.get(current).encrypt(utf8(secret.reveal()), utf8(context)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A secret could not be sealed", e);
    }
  }

  /// @throws IllegalStateException the key is not here, the context is another, or somebody changed a bit
  Secret open(Sealed sealed, String context) {
    var key = keys.get(sealed.keyId);
    if (key == null) {
      throw new IllegalStateException("The key " + sealed.keyId + " is not among posthorn.secret.keys");
    }
    try {
      return Secret.of(new String(key.decrypt(sealed.bytes, utf8(context)), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A sealed secret does not open under the key " + sealed.keyId, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
