package dev.posthorn.wire;

import dev.posthorn.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a receiver knows that a delivery is ours and is now: Standard Webhooks, version 1 (standardwebhooks.com, "Signature
/// scheme").
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private WebhookSignature() {}

  /// A key of its own for a receiver, as `whsec_…`.
  public static Secret newSecret() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /// @param timestamp seconds since 1970
  /// @return the header `webhook-signature`
  public static String of(Secret secret, String id, long timestamp, byte[] body) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length())), HMAC));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HMAC with SHA-256", e);
    }
  }
}
