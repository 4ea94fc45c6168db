package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemWriterTest {
  private static final String PAGES = "text/html";
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  /// A room whose pages lie under `/door`.
  private static final class Door implements ProblemPages {
    @Override
    public boolean has(String path) {
      return path.startsWith("/door");
    }

    @Override
    public Shown of(String title, String detail) {
      return new Shown("<h1>" + title + "</h1>" + detail, Map.of("Content-Security-Policy", "default-src 'none'"));
    }
  }

  private final ProblemWriter writer = new ProblemWriter(new ObjectMapper(), List.of(new Door()));
  private final Answer refused = Answer.of(Refusal.of(ProblemKind.NOT_INVITED, "Ask an admin."), "/door");

  private static String text(ProblemWriter.Written written) {
    return new String(written.body(), StandardCharsets.UTF_8);
  }

  @Test
  void aBrowserThatOpensAPageIsToldOnOne() {
    var written = writer.write(refused, "/door/back", BROWSER);

    assertThat(written.type()).isEqualTo("text/html; charset=utf-8");
    assertThat(text(written)).isEqualTo("<h1>There is no way in</h1>Ask an admin.");
    assertThat(written.headers()).containsOnlyKeys("Content-Security-Policy");
  }

  @ParameterizedTest
  @CsvSource(nullValues = "null", value = {"/door,application/json", "/door,*/*", "/door,null", "/api/v1/tickets," + PAGES, "null," + PAGES})
  void everybodyElseIsToldByAProblem(String path, String accept) {
    var written = writer.write(refused, path, accept);

    assertThat(written.type()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(text(written)).contains("\"type\":\"/problems/not-invited\"", "\"status\":403");
  }

  @Test
  void whenToTryAgainIsSaidOnAPageToo() {
    var trouble = Answer.of(Trouble.unavailable("It does not answer.", Duration.ofSeconds(17)), "/door");

    assertThat(writer.write(trouble, "/door", BROWSER).headers()).containsEntry("Retry-After", "17").containsKey("Content-Security-Policy");
  }

  @Test
  void ofABugOfOursNothingButItsNumberIsSaid() {
    var incident = UUID.randomUUID();

    assertThat(text(writer.write(Answer.of(Problem.bug(incident)), "/door", BROWSER))).isEqualTo("<h1>Something went wrong on our side</h1>Incident " + incident);
  }
}
