package dev.posthorn.connector.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a token endpoint says when it gives no tokens (RFC 6749, section 5.2). Pure.
final class TokenWords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AADSTS = Pattern.compile("AADSTS\\d{3,10}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BROKEN = 500;

  private TokenWords() {}

  /// @param retryAfter seconds; a date is not read, no token endpoint sends one
  static TokenReply read(int status, Optional<String> retryAfter, String body) {
    var after = retryAfter.map(String::strip).filter(text -> SECONDS.matcher(text).matches()).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    var error = error(body);
    if (status == TOO_MANY_REQUESTS || status >= BROKEN || error.isEmpty() || error.get().equals("temporarily_unavailable")) {
      return new TokenReply.Trouble("the token endpoint answered " + status + error.map(word -> " " + word).orElse(""), after);
    }
    var words = field(body, "error_description").orElse(error.get());
    var code = AADSTS.matcher(words);
    return new TokenReply.Refused(error.get(), code.find() ? code.group() : error.get(), withoutTraces(words));
  }

  /// What follows the sentence is for Microsoft's own support: numbers that differ each time.
  private static String withoutTraces(String words) {
    int traces = words.indexOf("Trace ID:");
    return (traces < 0 ? words : words.substring(0, traces)).strip();
  }

  private static Optional<String> error(String body) {
    return field(body, "error").filter(word -> !word.isBlank());
  }

  private static Optional<String> field(String body, String name) {
    try {
      var tree = JSON.readTree(body);
      return tree == null ? Optional.empty() : Optional.ofNullable(tree.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
