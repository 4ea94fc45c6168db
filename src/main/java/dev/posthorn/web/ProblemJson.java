package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/// Writes problems, for REST and for what happens outside of it.
@ApplicationScoped
class ProblemJson {
  private final ObjectMapper json;

  ProblemJson(ObjectMapper json) {
    this.json = json;
  }

  byte[] write(Problem problem) {
    try {
      return json.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem cannot be written as JSON", e);
    }
  }
}
