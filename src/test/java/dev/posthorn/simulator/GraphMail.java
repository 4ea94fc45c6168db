package dev.posthorn.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The messages of a mailbox: read, changed, made, sent.
final class GraphMail {
  private static final int LARGEST_REQUEST = 4 << 20;
  /// From here on MIME is accepted, and lost on its way (P-51).
  private static final int LOST_MIME = 2_200_000;
  private static final int SMALL_FILE = 3 << 20;
  private static final int SESSION_FILE = 3_000_000;

  private final GraphUploads uploads;
  private final Consumer<String> complaints;
  private final AtomicInteger cut = new AtomicInteger();

  GraphMail(GraphUploads uploads, Consumer<String> complaints) {
    this.uploads = uploads;
    this.complaints = complaints;
  }

  void cut(int count) {
    cut.set(count);
  }

  Optional<Reply> answer(Call call, GraphMailbox mailbox, List<String> path) {
    if (path.equals(List.of("sendMail")) && call.method().equals("POST")) {
      return Optional.of(sendAtOnce(call, mailbox));
    }
    if (!path.getFirst().equals("messages")) {
      return Optional.empty();
    }
    if (path.size() == 1) {
      return switch (call.method()) {
        case "GET" -> Optional.of(search(call, mailbox));
        case "POST" -> Optional.of(create(call, mailbox));
        default -> Optional.empty();
      };
    }
    var item = mailbox.item(path.get(1));
    if (item.isEmpty()) {
      return Optional.of(GraphRealm.error(404, "ErrorItemNotFound", "The specified object was not found in the store."));
    }
    var what = call.method() + " " + String.join("/", path.subList(2, path.size()));
    return switch (what) {
      case "GET " -> Optional.of(Reply.json(200, item.get().json()));
      case "GET $value" -> Optional.of(mime(item.get()));
      case "PATCH " -> Optional.of(change(call.json(), mailbox, item.get()));
      case "DELETE " -> {
        mailbox.move(item.get(), GraphMailbox.BIN);
        yield Optional.of(Reply.empty(204));
      }
      case "POST move" -> Optional.of(move(call.json(), mailbox, item.get()));
      case "POST send" -> Optional.of(send(mailbox, item.get()));
      case "GET attachments" -> Optional.of(Reply.json(200, Map.of("value", item.get().files.stream().map(file -> Map.of("id", file.name())).toList())));
      case "POST attachments" -> Optional.of(attach(call, item.get()));
      case "POST attachments/createUploadSession" -> Optional.of(session(call.json().path("AttachmentItem"), item.get()));
      default -> Optional.empty();
    };
  }

  private static Reply search(Call call, GraphMailbox mailbox) {
    var wanted = call.query("$filter").orElse("").replaceFirst("internetMessageId eq '(.*)'", "$1").replace("''", "'");
    return Reply.json(200, Map.of("value", mailbox.withMessageId(wanted).stream().map(GraphItem::json).toList()));
  }

  private Reply mime(GraphItem item) {
    boolean half = cut.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    return Reply.bytes("text/plain", half ? Arrays.copyOf(item.mime, item.mime.length / 2) : item.mime);
  }

  private Reply change(JsonNode wanted, GraphMailbox mailbox, GraphItem item) {
    if (wanted.has("isRead")) {
      mailbox.read(item, wanted.path("isRead").asBoolean());
    }
    if (wanted.has("toRecipients") || wanted.has("ccRecipients") || wanted.has("bccRecipients")) {
      if (!item.draft) {
        return GraphRealm.error(400, "ErrorInvalidPropertySet", "The recipients of what was sent cannot be changed.");
      }
      item.recipients(wanted.has("toRecipients") ? addresses(wanted.path("toRecipients")) : item.to,
          wanted.has("ccRecipients") ? addresses(wanted.path("ccRecipients")) : item.cc,
          wanted.has("bccRecipients") ? addresses(wanted.path("bccRecipients")) : item.bcc);
    }
    return Reply.json(200, item.json());
  }

  private static List<String> addresses(JsonNode recipients) {
    var addresses = new ArrayList<String>();
    recipients.forEach(one -> addresses.add(one.path("emailAddress").path("address").asText()));
    return addresses;
  }

  private static Reply move(JsonNode wanted, GraphMailbox mailbox, GraphItem item) {
    var folder = mailbox.folderAt(wanted.path("destinationId").asText());
    if (folder.isEmpty()) {
      return GraphRealm.error(404, "ErrorItemNotFound", "The specified folder could not be found in the store.");
    }
    mailbox.move(item, folder.get());
    return Reply.json(201, item.json());
  }

  private Reply create(Call call, GraphMailbox mailbox) {
    if (call.body().length > LARGEST_REQUEST) {
      return GraphRealm.error(413, "RequestEntityTooLarge", "The maximum request length was exceeded.");
    }
    if (call.header("Content-Type").orElse("").startsWith("application/json")) {
      return fromJson(call.json(), mailbox);
    }
    try {
      return Reply.json(201, mailbox.put(GraphMailbox.DRAFTS, Base64.getDecoder().decode(call.body()), true).json());
    } catch (IllegalArgumentException e) {
      return GraphRealm.error(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
    }
  }

  private Reply fromJson(JsonNode wanted, GraphMailbox mailbox) {
    var headers = wanted.path("internetMessageHeaders");
    boolean foreign = headers.size() > 5;
    for (var header : headers) {
      foreign |= !header.path("name").asText().toLowerCase().startsWith("x-");
    }
    if (foreign) {
      return GraphRealm.error(400, "InvalidInternetMessageHeader", "The internet message header should start with 'x-' or 'X-'.");
    }
    var mime = "From: " + mailbox.address + "\r\nTo: " + String.join(", ", addresses(wanted.path("toRecipients"))) + "\r\nSubject: "
        + wanted.path("subject").asText() + "\r\nMessage-ID: <" + IssuedTokens.random() + "@exchange.example>\r\n\r\n"
        + wanted.path("body").path("content").asText() + "\r\n";
    return Reply.json(201, mailbox.put(GraphMailbox.DRAFTS, mime.getBytes(StandardCharsets.UTF_8), true).json());
  }

  private Reply sendAtOnce(Call call, GraphMailbox mailbox) {
    var made = create(call, mailbox);
    if (made.status() != 201) {
      return made;
    }
    var drafts = mailbox.idsIn(GraphMailbox.DRAFTS);
    return send(mailbox, mailbox.item(drafts.getLast()).orElseThrow());
  }

  private Reply send(GraphMailbox mailbox, GraphItem item) {
    if (!item.draft) {
      complaints.accept("a mail was sent twice: " + item.subject());
      return GraphRealm.error(400, "ErrorInvalidOperation", "The item is no draft.");
    }
    if (item.recipients().isEmpty()) {
      return GraphRealm.error(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
    }
    if (!mailbox.maySendFrom(item.from())) {
      return GraphRealm.error(403, "ErrorSendAsDenied", "The user account which was used to submit this request does not have the right to send mail"
          + " on behalf of the specified sending account.");
    }
    mailbox.send(item, item.mime.length > LOST_MIME);
    return Reply.empty(202);
  }

  private Reply attach(Call call, GraphItem item) {
    var wanted = call.json();
    var bytes = Base64.getDecoder().decode(wanted.path("contentBytes").asText());
    if (bytes.length > SMALL_FILE || call.body().length > LARGEST_REQUEST + SMALL_FILE / 3) {
      complaints.accept("a file of " + bytes.length + " bytes in one request");
      return GraphRealm.error(413, "RequestEntityTooLarge", "The maximum request length was exceeded.");
    }
    item.files.add(new GraphItem.File(wanted.path("name").asText(), wanted.path("contentType").asText(), wanted.path("isInline").asBoolean(), bytes));
    return Reply.json(201, Map.of("id", wanted.path("name").asText()));
  }

  private Reply session(JsonNode wanted, GraphItem item) {
    int size = wanted.path("size").asInt();
    if (!wanted.path("attachmentType").asText().equals("file") || size < SESSION_FILE || size > 150 << 20) {
      complaints.accept("an upload session for " + wanted);
    }
    var url = uploads.open(item, wanted.path("name").asText(), wanted.path("contentType").asText(), wanted.path("isInline").asBoolean(), size);
    return Reply.json(201, Map.of("uploadUrl", url, "nextExpectedRanges", List.of("0-")));
  }
}
