package dev.posthorn.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A client of the stream of events, over a real connection.
final class Listener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// An event as it came.
  record Heard(String id, String name, JsonNode data) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpResponse<Stream<String>> response;
  private final Thread reading;
  private volatile boolean began;
  private volatile boolean over;

  /// @param lastEventId null for what comes from now on
  Listener(String key, String lastEventId) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/events")).header("Authorization", "Bearer " + key);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = client.send(request.build(), BodyHandlers.ofLines());
    reading = Thread.ofVirtual().start(this::read);
  }

  int status() {
    return response.statusCode();
  }

  boolean hasBegun() {
    return began;
  }

  /// Whether the service has ended it.
  boolean isOver() {
    return over;
  }

  List<Heard> heard() {
    return heard;
  }

  List<String> names() {
    return heard.stream().map(Heard::name).toList();
  }

  private void read() {
    var id = new String[1];
    var name = new String[1];
    try (var lines = response.body()) {
      lines.forEach(line -> {
        began = true;
        if (line.startsWith("id:")) {
          id[0] = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name[0] = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          heard.add(new Heard(id[0], name[0], json(line.substring(5))));
        }
      });
      over = true;
    } catch (RuntimeException e) {
      // Closed.
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    reading.interrupt();
  }
}
