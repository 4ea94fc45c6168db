package dev.posthorn.ticket;

import dev.posthorn.mail.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An upload as the API shows it.
///
/// @param name clean: no path, nothing invisible
/// @param size in bytes
/// @param sha256 of the bytes, in hexadecimal digits
@Schema(name = "Upload")
public record UploadView(UUID id, String name, String contentType, long size, String sha256, Instant createdAt) {
  static UploadView of(Upload row) {
    return new UploadView(row.id, row.name, row.contentType, row.size, Sha256.of(row.sha256).hex(), row.createdAt);
  }
}
