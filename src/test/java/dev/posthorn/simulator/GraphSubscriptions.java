package dev.posthorn.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// Change notifications: who subscribed, and what they are told. Both addresses are tried before a subscription is given.
public final class GraphSubscriptions {
  private static final Duration LONGEST = Duration.ofMinutes(10_080);

  /// @param inbox of which mailbox
  record Subscription(String id, GraphMailbox inbox, String url, String lifecycleUrl, String clientState, Instant until) {}

  private final Clock clock;
  private final Consumer<String> complaints;
  private final Map<String, Subscription> live = new ConcurrentHashMap<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final AtomicInteger dropping = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private volatile int times = 1;

  GraphSubscriptions(Clock clock, Consumer<String> complaints) {
    this.clock = clock;
    this.complaints = complaints;
  }

  /// The next so many notifications are lost.
  public void lose(int count) {
    dropping.set(count);
  }

  /// Each notification comes so many times.
  public void repeat(int count) {
    times = count;
  }

  /// Ids of those that are alive.
  public List<String> live() {
    return live.values().stream().filter(one -> one.until.isAfter(clock.instant())).map(Subscription::id).sorted().toList();
  }

  /// How many were ever made.
  public int made() {
    return made.get();
  }

  /// All of them are gone, and nobody is told.
  public void vanish() {
    live.clear();
  }

  /// What notifications were answered with.
  public List<Integer> answers() {
    return List.copyOf(answers);
  }

  /// Everybody is told of an event in the life of the subscription: `reauthorizationRequired`, `subscriptionRemoved`, `missed`.
  public void lifecycle(String event) {
    live.values().forEach(one -> tell(one.lifecycleUrl, Map.of("value", List.of(Map.of("subscriptionId", one.id, "clientState", one.clientState,
        "lifecycleEvent", event, "resource", "users/" + one.inbox.user, "subscriptionExpirationDateTime", one.until.toString())))));
  }

  void created(GraphMailbox mailbox, String messageId) {
    for (var one : live.values()) {
      if (one.inbox == mailbox && one.until.isAfter(clock.instant()) && dropping.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        for (int time = 0; time < times; time++) {
          Thread.startVirtualThread(() -> tell(one.url, Map.of("value", List.of(Map.of("subscriptionId", one.id, "clientState", one.clientState,
              "changeType", "created", "resource", "Users/" + mailbox.user + "/Messages/" + messageId, "resourceData", Map.of("id", messageId))))));
        }
      }
    }
  }

  private void tell(String url, Map<String, Object> what) {
    try {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(what))).build();
      answers.add(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      answers.add(-1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param inboxes the mailbox of a resource, if the caller may subscribe to it
  Optional<Reply> answer(Call call, List<String> path, Function<String, Optional<GraphMailbox>> inboxes) {
    if (path.size() == 1 && call.method().equals("POST")) {
      return Optional.of(make(call.json(), inboxes));
    }
    if (path.size() == 2 && call.method().equals("PATCH")) {
      return Optional.of(renew(path.get(1), call.json()));
    }
    if (path.size() == 2 && call.method().equals("DELETE")) {
      return Optional.of(live.remove(path.get(1)) == null ? gone() : Reply.empty(204));
    }
    return Optional.empty();
  }

  private Reply make(JsonNode wanted, Function<String, Optional<GraphMailbox>> inboxes) {
    var resource = wanted.path("resource").asText();
    if (!resource.matches("users/[^/]+/mailFolders\\('[^']+'\\)/messages")) {
      complaints.accept("a subscription to " + resource);
      return GraphRealm.error(400, "ExtensionError", "Resource not found.");
    }
    if (wanted.path("clientState").asText().length() > 128) {
      complaints.accept("a clientState of more than 128 characters");
    }
    var inbox = inboxes.apply(resource);
    if (inbox.isEmpty()) {
      return GraphRealm.error(403, "ErrorAccessDenied", "Access is denied.");
    }
    var until = Instant.parse(wanted.path("expirationDateTime").asText());
    if (until.isAfter(clock.instant().plus(LONGEST).plusSeconds(60)) || until.isBefore(clock.instant())) {
      return GraphRealm.error(400, "ExtensionError", "Subscription expiration can only be 10080 minutes in the future.");
    }
    var one = new Subscription(IssuedTokens.random(), inbox.get(), wanted.path("notificationUrl").asText(),
        wanted.path("lifecycleNotificationUrl").asText(), wanted.path("clientState").asText(), until);
    if (!isValid(one.url) || !isValid(one.lifecycleUrl)) {
      return GraphRealm.error(400, "ValidationError", "Subscription validation request failed.");
    }
    live.put(one.id, one);
    made.incrementAndGet();
    return Reply.json(201, json(one));
  }

  private boolean isValid(String url) {
    var token = "Validation: Testing client application reachability for subscription Request-Id: " + IssuedTokens.random();
    try {
      var request = HttpRequest.newBuilder(URI.create(url + "?validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
          .timeout(Duration.ofSeconds(10)).POST(HttpRequest.BodyPublishers.noBody()).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().equals(token)
          && answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Reply renew(String id, JsonNode wanted) {
    var old = live.get(id);
    if (old == null || old.until.isBefore(clock.instant())) {
      return gone();
    }
    var renewed = new Subscription(id, old.inbox, old.url, old.lifecycleUrl, old.clientState, Instant.parse(wanted.path("expirationDateTime").asText()));
    live.put(id, renewed);
    return Reply.json(200, json(renewed));
  }

  private static Reply gone() {
    return GraphRealm.error(404, "ResourceNotFound", "The object was not found.");
  }

  private static Map<String, Object> json(Subscription one) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", one.id);
    json.put("changeType", "created");
    json.put("notificationUrl", one.url);
    json.put("expirationDateTime", one.until.toString());
    return json;
  }
}
