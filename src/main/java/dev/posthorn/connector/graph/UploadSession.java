package dev.posthorn.connector.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.mail.Attachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// Uploads one large file to a draft, piece by piece in order, to whatever host Graph names, and without a token: the address is
/// the right to use it (P-51).
///
/// After a piece whose answer was not heard, or that came to the wrong place (416), the server is asked what it waits for. A session
/// that is gone (404) either had expired, and the file is begun again, or had just ended, which the draft itself tells.
final class UploadSession {
  private static final MediaType OCTETS = MediaType.get("application/octet-stream");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXPIRED = 404;
  private static final int WRONG_RANGE = 416;

  private final GraphLine line;
  private final String draft;

  UploadSession(GraphLine line, String draft) {
    this.line = line;
    this.draft = draft;
  }

  /// @param before how many files the draft has already
  void upload(Attachment file, int before) throws ApiTrouble {
    ApiTrouble last = null;
    for (int round = 0; round < line.door().config().uploads(); round++) {
      var url = open(file);
      try {
        pieces(file, url);
        return;
      } catch (ApiTrouble trouble) {
        if (trouble.status() != EXPIRED) {
          throw trouble;
        }
        if (files() > before) {
          return;
        }
        last = trouble;
      }
    }
    throw last == null ? ApiTrouble.closed() : last;
  }

  private String open(Attachment file) throws ApiTrouble {
    var item = JsonNodeFactory.instance.objectNode().put("attachmentType", "file").put("name", file.name()).put("size", file.size())
        .put("contentType", file.contentType()).put("isInline", file.inline());
    file.contentId().ifPresent(id -> item.put("contentId", id));
    var body = JsonNodeFactory.instance.objectNode();
    body.set("AttachmentItem", item);
    var url = line.ask(Ask.post(body, "/users/{user}/messages/{id}/attachments/createUploadSession", "id", draft).repeatable())
        .path("uploadUrl").asText();
    try {
      if (line.door().mayUploadTo(new URI(url))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw GraphAnswers.trouble(502, "", "Graph named no place to upload to", Optional.empty());
  }

  private int files() throws ApiTrouble {
    return line.ask(Ask.get("/users/{user}/messages/{id}/attachments?$select=id", "id", draft)).path("value").size();
  }

  private void pieces(Attachment file, String url) throws ApiTrouble {
    long at = 0;
    int stuck = 0;
    while (at < file.size()) {
      long next;
      try {
        next = put(file, url, at);
      } catch (ApiTrouble trouble) {
        if (++stuck > line.door().config().uploads()) {
          throw trouble;
        }
        if (trouble.asksForPause()) {
          var pause = line.gate().refused(trouble.after());
          if (pause.compareTo(line.door().config().waitAtMost()) > 0) {
            throw trouble.after(pause);
          }
          line.pause(pause);
        } else if (trouble.status() != WRONG_RANGE && !trouble.leavesDoubt() || line.isClosed()) {
          throw trouble;
        }
        next = expected(url, file.size());
      }
      stuck = next > at ? 0 : stuck;
      at = next;
    }
  }

  /// @return where the next piece begins
  private long put(Attachment file, String url, long from) throws ApiTrouble {
    var piece = piece(file, from);
    long to = from + piece.length;
    var request = new Request.Builder().url(url).header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.size())
        .put(RequestBody.create(piece, OCTETS)).build();
    return line.exchange(request, response -> next(json(response), to));
  }

  /// @return what the server waits for
  private long expected(String url, long size) throws ApiTrouble {
    return line.exchange(new Request.Builder().url(url).get().build(), response -> next(json(response), size));
  }

  private static long next(JsonNode answer, long otherwise) {
    var range = answer.path("nextExpectedRanges").path(0).asText("");
    var start = range.split("-", 2)[0];
    return start.matches("\\d{1,18}") ? Long.parseLong(start) : otherwise;
  }

  private byte[] piece(Attachment file, long from) {
    try (var in = file.open()) {
      in.skipNBytes(from);
      return in.readNBytes(line.door().config().pieceBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Response response) throws IOException {
    var body = response.body();
    if (body == null) {
      return MissingNode.getInstance();
    }
    try (var in = body.byteStream()) {
      var bytes = in.readNBytes(65_536);
      return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
