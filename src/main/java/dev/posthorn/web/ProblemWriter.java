package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes what went wrong, for REST and for what happens outside of it: a problem, or, where a browser opens a page, a page.
@ApplicationScoped
class ProblemWriter {
  private static final String PAGE = "text/html; charset=utf-8";

  private final ObjectMapper json;
  private final List<ProblemPages> pages;

  ProblemWriter(ObjectMapper json, @All List<ProblemPages> pages) {
    this.json = json;
    this.pages = pages;
  }

  /// What is sent.
  record Written(String type, byte[] body, Map<String, String> headers) {}

  /// @param path that was asked; null where the request has none
  /// @param accept what the client reads; null for whatever there is
  Written write(Answer answer, String path, String accept) {
    boolean browsed = path != null && accept != null && accept.contains("text/html");
    return pages.stream().filter(one -> browsed && one.has(path)).findFirst().map(one -> page(answer, one)).orElseGet(() -> problem(answer));
  }

  private static Written page(Answer answer, ProblemPages pages) {
    var problem = answer.problem();
    var detail = problem.incident() != null ? "Incident " + problem.incident() : problem.detail() == null ? "" : problem.detail();
    var shown = pages.of(problem.title(), detail);
    var headers = new HashMap<>(shown.headers());
    headers.putAll(answer.headers());
    return new Written(PAGE, shown.html().getBytes(StandardCharsets.UTF_8), headers);
  }

  private Written problem(Answer answer) {
    try {
      return new Written(Problem.MEDIA_TYPE, json.writeValueAsBytes(answer.problem()), answer.headers());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem cannot be written as JSON", e);
    }
  }
}
