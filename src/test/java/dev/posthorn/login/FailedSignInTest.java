package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A sign-in that comes to nothing ends on a page that says so, and nobody is signed in.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class FailedSignInTest {
  @Inject Session rows;

  private Reception reception;
  private Visitor visitor;

  @BeforeEach
  void open() {
    reception = new Reception(new BelievingDoorkeeper(), rows);
    visitor = reception.visitor();
  }

  /// Says what the provider answers when it is asked for tokens the next time.
  private static void nextToken(int status, String body) {
    RestAssured.given().queryParam("status", status).body(body).post(System.getProperty("posthorn.test.provider-url") + Doorway.NEXT_TOKEN.substring(1))
        .then().statusCode(204);
  }

  private void assertPage(HttpResponse<String> page, int status, String... words) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.body()).contains("<h1>", "<a id=\"continue\" href=\"/login\">").contains(words)
        .doesNotContain("Exception", "io.quarkus", ProviderServer.SECRET, "<script>");
    assertThat(visitor.api("GET", "/session", null).statusCode()).isEqualTo(401);
  }

  /// Whatever came to nothing, the next try is as good as the first.
  private void assertAnotherTryWorks() {
    assertThat(visitor.signIn("acme").body()).contains("Begin anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "invalid_client", "unauthorized_client"})
  void aCodeThatTheProviderDoesNotTakeIsARefusalInItsWord(String word) {
    nextToken(400, "{\"error\":\"" + word + "\",\"error_description\":\"<script>alert(1)</script> of somebody\"}");

    assertPage(visitor.signIn("acme"), 422, "The sign-in came to nothing", "did not let you in: " + word);
    assertThat(visitor.cookies()).isEmpty();
    assertAnotherTryWorks();
  }

  @ParameterizedTest
  @CsvSource({"500, 17", "503, 17", "429, 17", "400, 17", Doorway.SILENCE + ", 30", Doorway.CUT + ", 30"})
  void aProviderThatCannotBeAskedIsTroubleAndSaysWhenToTryAgain(int status, String pause) {
    nextToken(status, status == 400 ? "<html><script>the hotel's network</script></html>" : "");

    var page = visitor.signIn("acme");

    assertPage(page, 503, "Not possible just now", "does not answer");
    assertThat(page.headers().firstValue("Retry-After")).contains(pause);
    assertAnotherTryWorks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"access_token\":\"x\",\"token_type\":\"Bearer\"}", "{\"id_token\":\"a.b.c\",\"access_token\":\"x\",\"token_type\":\"Bearer\"}"})
  void tokensThatAreNoneSignNobodyIn(String tokens) {
    nextToken(200, tokens);

    assertPage(visitor.signIn("acme"), 422, "could not be verified");
    assertAnotherTryWorks();
  }

  @ParameterizedTest
  @CsvSource({"access_denied, did not let you in: access_denied.", "login_required, did not let you in: login_required.", "%3Cscript%3E, did not let you in."})
  void whoeverSaysNoAtTheProviderIsToldSo(String error, String words) {
    var state = visitor.goTo("acme").uri().getQuery().replaceAll(".*\\bstate=([^&]+).*", "$1");

    var page = visitor.open("/login/with/acme/back?state=" + state + "&error=" + error + "&error_description=%3Cscript%3Ealert(1)%3C/script%3E");

    assertPage(page, 422, "The sign-in came to nothing", words);
    assertThat(page.body()).doesNotContain("alert");
    assertAnotherTryWorks();
  }

  @Test
  void anAnswerWithoutAQuestionSignsNobodyIn() {
    assertPage(visitor.open("/login/with/acme/back?code=abc&state=" + UUID.randomUUID()), 422, "has not asked for it");
    visitor.goTo("acme");
    assertPage(visitor.open("/login/with/acme/back?code=abc&state=" + UUID.randomUUID()), 422, "has not asked for it");
    visitor.goTo("acme");
    assertPage(visitor.open("/login/with/acme/back?code=abc"), 422, "has not asked for it");

    assertThat(visitor.cookie("posthorn-arrival")).isNull();
    assertPage(visitor.open("/login/with/nobody"), 404, "There is no such thing");
    assertThat(visitor.open("/login/entrance").uri().getPath()).isEqualTo("/login");
    assertAnotherTryWorks();
  }

  @Test
  void aProviderThatIsNotThereIsTroubleAndNoMistakeOfOurs() {
    assertPage(visitor.goTo("down"), 503, "Not possible just now");
  }

  @Test
  void aProgramIsToldByAProblem() {
    var answer = Visitor.asProgram("/login/with/acme/back?code=abc&state=" + UUID.randomUUID(), "application/json");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(Reception.json(answer).get("type").asText()).isEqualTo("/problems/sign-in-failed");
    assertThat(Reception.json(Visitor.asProgram("/login/with/nobody", "*/*")).get("type").asText()).isEqualTo("/problems/not-found");
  }

  @Test
  void aFormOfAnotherSiteDecidesNothing() {
    visitor.signIn("acme");

    assertPage(visitor.send("/login/entrance", Map.of("way", "found", "company", "Evil"), "https://evil.example"), 403, "a page that is not ours");
    assertPage(visitor.choose(Map.of("way", "found", "company", "x\r\ny")), 400, "One line of 1 to 200 characters");
    assertPage(visitor.choose(Map.of("way", "steal")), 400, "The request has the wrong shape");
    assertPage(reception.visitor().choose(Map.of("way", "found", "company", "Late")), 403, "It took too long");
  }
}
