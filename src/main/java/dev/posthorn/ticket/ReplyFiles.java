package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.DraftPart;
import dev.posthorn.mail.Sha256;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files that go along with a mail.
@ApplicationScoped
class ReplyFiles {
  private final Uploads uploads;
  private final Blobs blobs;
  private final TicketConfig config;

  ReplyFiles(Uploads uploads, Blobs blobs, TicketConfig config) {
    this.uploads = uploads;
    this.blobs = blobs;
    this.config = config;
  }

  /// @param contentId set for a file that the HTML shows in its place (EH-13)
  record File(String name, String contentType, long size, byte[] sha256, Optional<String> contentId, DraftPart part) {}

  record Attached(List<File> files) {
    List<DraftPart> inline() {
      return files.stream().filter(file -> file.contentId.isPresent()).map(File::part).toList();
    }

    List<DraftPart> attached() {
      return files.stream().filter(file -> file.contentId.isEmpty()).map(File::part).toList();
    }

    void attach(UUID messageId, Messages messages) {
      IntStream.range(0, files.size()).forEach(index -> messages.attach(row(messageId, index, files.get(index))));
    }

    private static Attachment row(UUID messageId, int index, File file) {
      var row = new Attachment();
      row.id = Ids.next();
      row.messageId = messageId;
      row.position = index;
      row.name = file.name;
      row.contentType = file.contentType;
      row.size = file.size;
      row.sha256 = file.sha256;
      row.inline = file.contentId.isPresent();
      row.contentId = file.contentId.orElse(null);
      row.path = String.valueOf(index + 1);
      return row;
    }
  }

  /// @param html what is shown; null for text alone
  /// @param more files that go along anyhow
  Attached of(Body body, String html, List<File> more) {
    var ids = body.files().stream().distinct().toList();
    if (ids.size() + more.size() > config.maxAttachments()) {
      throw Refusal.unprocessable("/attachmentIds", "At most " + config.maxAttachments() + " files.");
    }
    var found = uploads.byIds(ids);
    var files = Stream.concat(ids.stream().map(id -> file(id, found, body, html)), more.stream()).toList();
    if (files.stream().mapToLong(File::size).sum() > config.maxReplyBytes()) {
      throw Refusal.unprocessable("/attachmentIds", "At most " + config.maxReplyBytes() + " bytes together.");
    }
    return new Attached(files);
  }

  private File file(UUID id, Map<UUID, Upload> found, Body body, String html) {
    var upload = found.get(id);
    if (upload == null) {
      throw Refusal.unprocessable("/attachmentIds/" + body.files().indexOf(id), "There is no such upload.");
    }
    var shown = html != null && html.contains("cid:" + id);
    var contentId = shown ? Optional.of(id.toString()) : Optional.<String>empty();
    return file(upload.name, upload.contentType, upload.size, upload.sha256, contentId);
  }

  private File file(String name, String contentType, long size, byte[] sha256, Optional<String> contentId) {
    return new File(name, contentType, size, sha256, contentId, new DraftPart(name, contentType, contentId, () -> blobs.open(Sha256.of(sha256))));
  }

  /// A file of a message that is there.
  ///
  /// @param shown whether it is to be shown in its place again
  File again(Attachment row, boolean shown) {
    return file(row.name, row.contentType, row.size, row.sha256, Optional.ofNullable(row.contentId).filter(_ -> shown));
  }
}
