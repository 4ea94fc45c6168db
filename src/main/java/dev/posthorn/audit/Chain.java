package dev.posthorn.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// How deeds hang together: each link is the SHA-256 (FIPS 180-4) of the link before, its own number, and everything that the deed
/// says, each part with its length before it, so that no two deeds are written alike.
final class Chain {
  static final int BYTES = 32;

  /// The form of what is hashed. Another form gets another word.
  private static final String FORM = "posthorn-audit-1";

  private Chain() {}

  /// What stands before the first link.
  static byte[] beginning() {
    return new byte[BYTES];
  }

  /// @param previous the link before
  /// @param sequence counted from 1
  static byte[] link(byte[] previous, long sequence, UUID chain, Deed deed) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      text(out, FORM);
      out.write(previous);
      out.writeLong(sequence);
      id(out, chain);
      id(out, deed.id());
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, deed.at()));
      text(out, deed.role());
      id(out, deed.agentId());
      id(out, deed.contactId());
      text(out, deed.keyId());
      id(out, deed.requestId());
      text(out, deed.remoteAddress());
      text(out, deed.action());
      text(out, deed.resource());
      text(out, deed.detail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sha256(bytes.toByteArray());
  }

  private static void id(DataOutputStream out, UUID id) throws IOException {
    text(out, id == null ? null : id.toString());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    var octets = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(octets.length);
    out.write(octets);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
