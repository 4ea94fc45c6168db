package dev.posthorn.connector.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Attachment;
import dev.posthorn.mail.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes a draft of a mail: as it is while it is small, else without its files, which are then uploaded to it one by one. Then its
/// recipients are those of the envelope, for Graph knows no other envelope than the header.
final class GraphDraft {
  private static final String MESSAGES = "/users/{user}/messages";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final GraphLine line;

  GraphDraft(GraphLine line) {
    this.line = line;
  }

  /// The text alone is larger than Graph takes.
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /// @return its immutable id
  String make(Dispatch dispatch, Mail mail) throws ApiTrouble, TooLarge {
    boolean whole = dispatch.mail().size() <= line.door().config().mimeBytes();
    var mime = whole ? bytes(dispatch) : Skeleton.of(dispatch.mail(), mail);
    if (mime.length > line.door().config().mimeBytes()) {
      throw new TooLarge();
    }
    var id = line.ask(Ask.post(Base64.getEncoder().encode(mime), "text/plain", MESSAGES)).path("id").asText();
    try {
      if (!whole) {
        upload(id, mail);
      }
      var recipients = recipients(dispatch.recipients(), mail);
      if (recipients.isPresent()) {
        line.ask(Ask.patch(recipients.get(), MESSAGES + "/{id}", "id", id));
      }
      return id;
    } catch (ApiTrouble | RuntimeException e) {
      forget(id);
      throw e;
    }
  }

  /// Deletes a draft that will not be sent; if that fails, the next try finds it by its Message-ID.
  void forget(String id) {
    try {
      line.ask(Ask.delete(MESSAGES + "/{id}", "id", id));
    } catch (ApiTrouble e) {
      // it is looked for again
    }
  }

  private static byte[] bytes(Dispatch dispatch) {
    try (var in = dispatch.mail().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void upload(String draft, Mail mail) throws ApiTrouble {
    // What lies inside of another file goes with that one.
    var files = mail.attachments().stream().filter(file -> !file.path().contains("/")).toList();
    var session = new UploadSession(line, draft);
    for (int at = 0; at < files.size(); at++) {
      var file = files.get(at);
      if (file.size() <= line.door().config().fileBytes()) {
        line.ask(Ask.post(small(file), MESSAGES + "/{id}/attachments", "id", draft));
      } else {
        session.upload(file, at);
      }
    }
  }

  private static ObjectNode small(Attachment file) {
    try (var in = file.open()) {
      var json = JSON.objectNode().put("@odata.type", "#microsoft.graph.fileAttachment").put("name", file.name())
          .put("contentType", file.contentType()).put("isInline", file.inline())
          .put("contentBytes", Base64.getEncoder().encodeToString(in.readAllBytes()));
      file.contentId().ifPresent(id -> json.put("contentId", id));
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @return nothing where the header says already what the envelope says
  private static Optional<JsonNode> recipients(List<Address> envelope, Mail mail) {
    var wanted = envelope.stream().map(Address::normalized).collect(Collectors.toSet());
    var to = mail.to().stream().filter(one -> wanted.contains(one.normalized())).toList();
    var cc = mail.cc().stream().filter(one -> wanted.contains(one.normalized())).toList();
    var seen = List.of(to, cc).stream().flatMap(List::stream).map(Address::normalized).collect(Collectors.toSet());
    var hidden = envelope.stream().filter(one -> !seen.contains(one.normalized())).toList();
    if (to.size() == mail.to().size() && cc.size() == mail.cc().size() && hidden.isEmpty() && mail.bcc().isEmpty()) {
      return Optional.empty();
    }
    var json = JSON.objectNode();
    json.set("toRecipients", list(to));
    json.set("ccRecipients", list(cc));
    json.set("bccRecipients", list(hidden));
    return Optional.of(json);
  }

  private static JsonNode list(List<Address> addresses) {
    var list = JSON.arrayNode();
    var seen = new HashSet<String>();
    addresses.stream().filter(one -> seen.add(one.normalized())).forEach(one -> {
      var address = JSON.objectNode().put("address", one.address());
      if (!one.name().isEmpty()) {
        address.put("name", one.name());
      }
      list.add(JSON.objectNode().set("emailAddress", address));
    });
    return list;
  }
}
