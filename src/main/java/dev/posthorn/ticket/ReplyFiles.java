package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.DraftPart;
import dev.posthorn.mail.Sha256;
import dev.posthorn.team.Agents;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// The files and the signature that go along with a reply.
@ApplicationScoped
class ReplyFiles {
  private final Uploads uploads;
  private final Blobs blobs;
  private final Agents agents;
  private final TicketConfig config;

  ReplyFiles(Uploads uploads, Blobs blobs, Agents agents, TicketConfig config) {
    this.uploads = uploads;
    this.blobs = blobs;
    this.agents = agents;
    this.config = config;
  }

  /// @param contentId set for a file that the HTML shows in its place (EH-13)
  record File(Upload upload, Optional<String> contentId, DraftPart part) {}

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
      row.name = file.upload.name;
      row.contentType = file.upload.contentType;
      row.size = file.upload.size;
      row.sha256 = file.upload.sha256;
      row.inline = file.contentId.isPresent();
      row.contentId = file.contentId.orElse(null);
      row.path = String.valueOf(index + 1);
      return row;
    }
  }

  /// The agent's own signature, never another's (EH-15, EH-16).
  Optional<String> signature(UUID agentId) {
    return agents.findByIdOptional(agentId).map(agent -> agent.signatureHtml).filter(html -> !html.isBlank());
  }

  Attached of(ReplyRequest request) {
    var ids = Optional.ofNullable(request.attachmentIds()).orElse(List.of()).stream().distinct().toList();
    if (ids.size() > config.maxAttachments()) {
      throw Refusal.unprocessable("/attachmentIds", "At most " + config.maxAttachments() + " files.");
    }
    var found = uploads.byIds(ids);
    var files = ids.stream().map(id -> file(id, found, request)).toList();
    if (files.stream().mapToLong(file -> file.upload.size).sum() > config.maxReplyBytes()) {
      throw Refusal.unprocessable("/attachmentIds", "At most " + config.maxReplyBytes() + " bytes together.");
    }
    return new Attached(files);
  }

  private File file(UUID id, Map<UUID, Upload> found, ReplyRequest request) {
    var upload = found.get(id);
    if (upload == null) {
      throw Refusal.unprocessable("/attachmentIds/" + request.attachmentIds().indexOf(id), "There is no such upload.");
    }
    var shown = request.html() != null && request.html().contains("cid:" + id);
    var contentId = shown ? Optional.of(id.toString()) : Optional.<String>empty();
    return new File(upload, contentId,
        new DraftPart(upload.name, upload.contentType, contentId, () -> blobs.open(Sha256.of(upload.sha256))));
  }
}
