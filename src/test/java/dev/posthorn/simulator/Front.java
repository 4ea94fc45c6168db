package dev.posthorn.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What stands before the service under test and hands calls on: providers are told its address before the service has one.
public final class Front extends Realm {
  private final Supplier<String> service;
  private final HttpClient http = HttpClient.newHttpClient();

  /// @param service where it is by now, without a slash at the end
  public Front(Supplier<String> service) {
    super("front");
    this.service = service;
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    var request = HttpRequest.newBuilder(URI.create(service.get() + call.path() + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery())))
        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.header("Content-Type").ifPresent(type -> request.header("Content-Type", type));
    call.header("Authorization").ifPresent(shown -> request.header("Authorization", shown));
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      var reply = new Reply(answer.statusCode(), Map.of(), answer.body());
      return Optional.of(answer.headers().firstValue("Content-Type").map(type -> reply.with("Content-Type", type)).orElse(reply));
    } catch (IOException e) {
      return Optional.of(Reply.empty(502));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Reply.empty(503));
    }
  }
}
