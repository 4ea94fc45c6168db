package dev.posthorn.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Gives a kept answer once more, marked with `Idempotent-Replay: true`.
class ReplayMapper {
  private final ETags tags;

  ReplayMapper(ETags tags) {
    this.tags = tags;
  }

  @ServerExceptionMapper
  Response answer(OnceOnly.Replay replay) {
    var answer = replay.answer();
    var response = Response.status(answer.status()).header("Idempotent-Replay", "true");
    if (answer.location() != null) {
      response.header(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.body() != null) {
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      response.entity(body).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON).header(HttpHeaders.ETAG, tags.of(body));
    }
    return response.build();
  }
}
