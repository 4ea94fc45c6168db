package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.FileNames;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/// The files that agents brought, to go out with replies.
@ApplicationScoped
class Uploads implements PanacheRepositoryBase<Upload, UUID> {
  private final Blobs blobs;
  private final Clock clock;

  Uploads(Blobs blobs, Clock clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  /// Keeps a file.
  ///
  /// @param name as the client says it; what is kept is clean like the name of an attachment that came by mail
  /// @param contentType `type/subtype` in lower case
  /// @param bytes not mail, but bytes all the same: hashed, and in memory or in a temporary file
  @Transactional
  UploadView keep(String name, String contentType, RawMail bytes) {
    var clean = name == null ? "" : FileNames.clean(name);
    var upload = new Upload();
    upload.id = Ids.next();
    upload.name = clean.isEmpty() ? FileNames.forType(contentType, 1) : clean;
    upload.contentType = contentType;
    upload.size = bytes.size();
    upload.sha256 = bytes.sha256().bytes();
    upload.createdAt = clock.instant();
    blobs.put(bytes.sha256(), bytes.size(), bytes.open());
    persist(upload);
    return UploadView.of(upload);
  }

  @Transactional
  UploadView one(UUID id) {
    return findByIdOptional(id).map(UploadView::of).orElseThrow(() -> Refusal.notFound("upload"));
  }

  /// Those of these uploads that are there.
  Map<UUID, Upload> byIds(Collection<UUID> ids) {
    var wanted = ids.stream().filter(Objects::nonNull).toList();
    return wanted.isEmpty() ? Map.of() : find("id in ?1", wanted).stream().collect(Collectors.toMap(row -> row.id, row -> row));
  }
}
