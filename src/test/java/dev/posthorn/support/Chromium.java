package dev.posthorn.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real browser without a window, where the machine has one (Debian: `apt-get install chromium chromium-driver`), driven by the
/// WebDriver protocol (W3C).
public final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process driver;
  private final String session;

  /// Whether there is one.
  public static boolean isThere() {
    return driver().isPresent();
  }

  private static Optional<Path> driver() {
    return Stream.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver").map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /// Starts one.
  ///
  /// @param hosts names that it finds here: host to `127.0.0.1:port`
  public static Chromium start(Map<String, String> hosts) throws IOException {
    int port = FreePort.find();
    var process = new ProcessBuilder(driver().orElseThrow().toString(), "--port=" + port).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    var base = "http://127.0.0.1:" + port;
    try {
      await().atMost(Duration.ofSeconds(30)).ignoreExceptionsInstanceOf(ConnectException.class).until(() -> isReady(base));
      var arguments = new ArrayList<>(List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
          "--disable-background-networking", "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable"));
      arguments.add("--host-resolver-rules=" + String.join(",", hosts.entrySet().stream().map(one -> "MAP " + one.getKey() + " " + one.getValue()).toList()));
      var made = say(base + "/session", Map.of("capabilities", Map.of("alwaysMatch",
          Map.of("goog:chromeOptions", Map.of("args", arguments)))));
      return new Chromium(process, base + "/session/" + made.get("sessionId").asText());
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static boolean isReady(String base) throws IOException, InterruptedException {
    var answer = CLIENT.send(HttpRequest.newBuilder(URI.create(base + "/status")).build(), BodyHandlers.ofString());
    return JSON.readTree(answer.body()).at("/value/ready").asBoolean();
  }

  private Chromium(Process driver, String session) {
    this.driver = driver;
    this.session = session;
  }

  /// Goes there.
  public void open(String url) {
    say(session + "/url", Map.of("url", url));
  }

  /// Clicks on what has this id, once it is there.
  public void click(String id) {
    var element = await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
        .until(() -> say(session + "/element", Map.of("using", "css selector", "value", "[id='" + id + "']")).elements().next().asText(), text -> true);
    say(session + "/element/" + element + "/click", Map.of());
  }

  /// Writes into the field of this name, once it is there, in place of what is in it.
  public void write(String field, String text) {
    var element = await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
        .until(() -> say(session + "/element", Map.of("using", "css selector", "value", "[name='" + field + "']")).elements().next().asText(), found -> true);
    say(session + "/element/" + element + "/clear", Map.of());
    say(session + "/element/" + element + "/value", Map.of("text", text));
  }

  /// Sends the page's form, the only one.
  public void send() {
    say(session + "/execute/sync", Map.of("script", "document.querySelector('form').requestSubmit()", "args", List.of()));
  }

  /// Where it is.
  public String address() {
    return get(session + "/url").asText();
  }

  /// What its page says to whoever reads it.
  public String text() {
    return say(session + "/execute/sync", Map.of("script", "return document.body.innerText", "args", List.of())).asText();
  }

  private static JsonNode say(String url, Map<String, ?> words) {
    try {
      return answer(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(JSON.writeValueAsString(words))).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode get(String url) {
    try {
      return answer(HttpRequest.newBuilder(URI.create(url)).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode answer(HttpRequest request) throws IOException {
    try {
      var answer = CLIENT.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("The browser says: " + answer.body());
      }
      return JSON.readTree(answer.body()).get("value");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      answer(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
    } catch (IOException | RuntimeException e) {
      // What does not close is ended below.
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }
}
