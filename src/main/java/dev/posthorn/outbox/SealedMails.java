package dev.posthorn.outbox;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.Spool;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.UUID;

/// Where the bytes of mails wait: among all others, or sealed as secrets are, where nobody is to read them in a copy of the database or of the
/// bucket. What is sealed is small, and in memory. Every method belongs to the running transaction.
@ApplicationScoped
class SealedMails {
  private static final String PURPOSE = "mail";

  private final Secrets secrets;
  private final Blobs blobs;

  SealedMails(Secrets secrets, Blobs blobs) {
    this.secrets = secrets;
    this.blobs = blobs;
  }

  /// Seals one.
  ///
  /// @return by which it is read
  UUID keep(RawMail mail) {
    try (var bytes = mail.open()) {
      return secrets.keep(PURPOSE, Secret.of(Base64.getEncoder().encodeToString(bytes.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param memoryBytes of it in memory, the rest in a temporary file
  RawMail read(OutboundMail mail, int memoryBytes) {
    if (mail.sealedId != null) {
      return RawMail.of(Base64.getDecoder().decode(secrets.open(mail.sealedId).reveal()));
    }
    try (var bytes = blobs.open(Sha256.of(mail.sha256)); var spool = new Spool(mail.size, memoryBytes)) {
      bytes.transferTo(spool);
      return spool.toRawMail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// It came to its end: what was sealed is gone.
  void forget(OutboundMail mail) {
    if (mail.sealedId != null) {
      secrets.forget(mail.sealedId);
      mail.sealedId = null;
    }
  }
}
