package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Where the images of a message are that its page shows: attachments behind the key, or bytes in the page itself.
@ApplicationScoped
class PageImages {
  /// Pixels alone: a browser decodes them and finds nothing to run.
  private static final Set<String> PIXELS = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private final Blobs blobs;
  private final TicketConfig config;

  PageImages(Blobs blobs, TicketConfig config) {
    this.blobs = blobs;
    this.config = config;
  }

  /// By Content-ID. What is no image for a browser is none here.
  ///
  /// @param embedded whether the bytes are put into the page, as far as the limit goes
  Function<String, Optional<String>> of(List<Attachment> files, boolean embedded) {
    long[] left = {embedded ? config.maxEmbeddedBytes() : 0};
    return contentId -> files.stream()
        .filter(file -> contentId.equals(file.contentId) && file.contentType.startsWith("image/"))
        .findFirst()
        .map(file -> {
          if (!PIXELS.contains(file.contentType) || file.size > left[0]) {
            return "/api/v1/attachments/" + file.id;
          }
          left[0] -= file.size;
          return "data:" + file.contentType + ";base64," + bytes(file);
        });
  }

  private String bytes(Attachment file) {
    try (var in = blobs.open(Sha256.of(file.sha256))) {
      return Base64.getEncoder().encodeToString(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
