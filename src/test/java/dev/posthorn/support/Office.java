package dev.posthorn.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// A tenant's administrator at some node's HTTP door, as any program outside would be.
///
/// @param address the forwarding address that the tenant was given
public record Office(String adminKey, String address) {
  /// The key of the platform's operator on every node of the tests.
  static final String OPERATOR = "the-operator-of-the-nodes-0123456789";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What a node answered.
  public record Answer(int status, JsonNode body) {}

  /// Founds a tenant, as the operator does.
  public static Office found(Node node, String slug) {
    var founded = expect(201, call(node, OPERATOR, "POST", "/api/v1/tenants", Map.of("slug", slug, "name", slug), slug));
    var key = founded.get("adminKey").asText();
    var channels = expect(200, call(node, key, "GET", "/api/v1/inbound-channels", null, null));
    return new Office(key, channels.at("/items/0/address").asText());
  }

  public JsonNode get(Node node, String path) {
    return expect(200, call(node, adminKey, "GET", path, null, null));
  }

  /// Makes something.
  public JsonNode post(Node node, String path, Map<String, Object> body) {
    return expect(201, call(node, adminKey, "POST", path, body, null));
  }

  /// Answers a ticket.
  ///
  /// @param once the Idempotency-Key: with the same one it is the same reply
  /// @throws DeadLine the node went away before it had answered: nobody knows
  public Answer reply(Node node, String ticketId, String text, String once) {
    return call(node, adminKey, "POST", "/api/v1/tickets/" + ticketId + "/replies", Map.of("text", text), once);
  }

  /// Changes something, or asks for something to be done.
  public Answer call(Node node, String method, String path, Map<String, Object> body) {
    return call(node, adminKey, method, path, body, null);
  }

  /// Asks for something to be done that needs no body.
  public Answer send(Node node, String method, String path) {
    return call(node, adminKey, method, path, null, null);
  }

  /// Pushes a mail by HTTP.
  public Answer push(Node node, String channelId, byte[] mail) {
    return call(node, adminKey, "POST", "/api/v1/inbound-channels/" + channelId + "/mails", "message/rfc822", mail, null);
  }

  /// The connection ended before an answer came.
  public static final class DeadLine extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadLine(IOException why) {
      super(why);
    }
  }

  private static JsonNode expect(int status, Answer answer) {
    if (answer.status != status) {
      throw new AssertionError("Expected " + status + " but it was " + answer);
    }
    return answer.body;
  }

  private static Answer call(Node node, String key, String method, String path, Map<String, Object> body, String once) {
    try {
      return call(node, key, method, path, "application/json", body == null ? null : JSON.writeValueAsBytes(body), once);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer call(Node node, String key, String method, String path, String type, byte[] body, String once) {
    try {
      var request = HttpRequest.newBuilder(URI.create(node.http() + path)).timeout(Duration.ofSeconds(60))
          .header("Authorization", "Bearer " + key)
          .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      if (body != null) {
        request.header("Content-Type", type);
      }
      if (once != null) {
        request.header("Idempotency-Key", once);
      }
      var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new DeadLine(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
