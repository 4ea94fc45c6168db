package dev.posthorn.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ProblemsTest {
  private static final String BASE = "/api/v1/test-manners";
  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void malformedJsonIsToldByLineAndColumn() {
    problem(post("{\n  \"name\": oops}"), 400, "malformed-json").body("detail", containsString("line 2, column 11"));
  }

  @Test
  void textAfterTheJsonIsRefused() {
    problem(post("{\"name\":\"a\",\"shared\":true} {}"), 400, "invalid-request");
  }

  @Test
  void aFieldGivenTwiceIsRefused() {
    problem(post("{\"name\":\"a\",\"name\":\"b\"}"), 400, "malformed-json");
  }

  @Test
  void jsonNestedTooDeeplyIsRefused() {
    var answer = tenant.asAdmin().contentType("application/json").body("{\"name\":" + "[".repeat(5000)).patch(BASE + "/things/" + UUID.randomUUID());
    problem(answer, 400, "malformed-json");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    var answer = tenant.asAdmin().contentType("application/json").body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', '}'}).post(BASE + "/things");
    problem(answer, 400, "malformed-json");
  }

  @Test
  void anUnknownFieldIsNamedWithThoseThatExist() {
    problem(post("{\"name\":\"a\",\"shared\":true,\"inner\":{\"colour\":\"RED\"}}"), 400, "invalid-request")
        .body("errors[0].pointer", equalTo("/inner/colour"))
        .body("errors[0].detail", equalTo("Unknown field. Known are: color, number."));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{'name':5}                                  | /name           | Expected a string.",
    "{'name':['a']}                              | /name           | Expected a string.",
    "{'name':'a','shared':'true'}                | /shared         | Expected true or false.",
    "{'name':'a','shared':null}                  | /shared         | Expected true or false.",
    "{'name':'a','shared':1}                     | /shared         | Expected true or false.",
    "{'name':'a','count':'5'}                    | /count          | Expected a whole number in range.",
    "{'name':'a','count':5.5}                    | /count          | Expected a whole number in range.",
    "{'name':'a','count':99999999999}            | /count          | Expected a whole number in range.",
    "{'name':'a','owner':'nobody'}               | /owner          | Expected an id (a UUID).",
    "{'name':'a','owner':''}                     | /owner          | Expected an id (a UUID).",
    "{'name':'a','due':'tomorrow'}               | /due            | Expected a time (RFC 3339).",
    "{'name':'a','inner':{'color':'BLUE'}}       | /inner/color    | Expected one of: RED, GREEN.",
    "{'name':'a','inner':'x'}                    | /inner          | Expected an object.",
    "{'name':'a','inners':{}}                    | /inners         | Expected an array.",
    "{'name':'a','inners':[{},{'number':true}]}  | /inners/1/number | Expected a whole number in range.",
    "{'name':'a','labels':{'a/b~c':7}}           | /labels/a~1b~0c | Expected a string.",
    "[]                                          | ''              | Expected an object.",
    "5                                           | ''              | Expected an object."
  })
  void aWrongTypeIsNamedByItsPointer(String body, String pointer, String detail) {
    problem(post(body.replace('\'', '"')), 400, "invalid-request")
        .body("errors.size()", equalTo(1))
        .body("errors[0].pointer", equalTo(pointer))
        .body("errors[0].detail", equalTo(detail));
  }

  @Test
  void everyViolatedConstraintIsNamedByItsPointer() {
    problem(post("{\"name\":\" \",\"shared\":true,\"inner\":{\"number\":11},\"inners\":[{\"number\":1},null,{\"number\":12}]}"), 400, "invalid-request")
        .body("errors.pointer", equalTo(java.util.List.of("/inner/number", "/inners/1", "/inners/2/number", "/name")));
  }

  @Test
  void noBodyAtAllIsRefused() {
    problem(tenant.asAdmin().contentType("application/json").post(BASE + "/things"), 400, "invalid-request").body("errors[0].pointer", equalTo(""));
    problem(post("null"), 400, "invalid-request").body("errors[0].pointer", equalTo(""));
  }

  @ParameterizedTest
  @CsvSource({"limit,0", "limit,201", "limit,many", "limit,-1", "count,perhaps", "owner,me", "size,101", "size,x"})
  void aWrongQueryParameterIsNamed(String name, String value) {
    problem(tenant.asAdmin().queryParam(name, value).get(BASE + "/numbers"), 400, "invalid-request").body("errors[0].pointer", equalTo(name));
  }

  @Test
  void anIdThatIsNoneIsNotFound() {
    problem(tenant.asAdmin().get(BASE + "/things/nobody"), 404, "not-found");
  }

  @Test
  void withoutAKeyNothingIsToldNotEvenWhichPathsThereAre() {
    problem(given().get(BASE + "/caller"), 401, "unauthorized").header("WWW-Authenticate", "Bearer");
    problem(given().get("/api/v1/no-such-thing"), 401, "unauthorized").header("WWW-Authenticate", "Bearer");
    problem(given().body("{").contentType("application/json").post(BASE + "/things"), 401, "unauthorized");
    problem(given().delete("/api/v1/tickets"), 401, "unauthorized");
  }

  @ParameterizedTest
  @CsvSource({"ph_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "ph_1_2", "nonsense", "''"})
  void aKeyThatDoesNotExistIsRefused(String key) {
    problem(TestTenant.as(key).get(BASE + "/caller"), 401, "unauthorized").header("WWW-Authenticate", "Bearer");
    problem(given().header("Authorization", "Basic " + key).get(BASE + "/caller"), 401, "unauthorized");
  }

  @Test
  void aRoleThatMayNotIsForbidden() {
    problem(tenant.asAdmin().get(BASE + "/operator"), 403, "forbidden");
  }

  @Test
  void unknownPathsAreNotFound() {
    problem(tenant.asAdmin().get("/api/v1/no-such-thing"), 404, "not-found").body("instance", equalTo("/api/v1/no-such-thing"));
    problem(given().accept("text/html").get("/nowhere"), 404, "not-found");
    problem(given().accept("text/html").get("/q/nowhere"), 404, "not-found");
    problem(given().get("/docs/nowhere"), 404, "not-found");
  }

  @Test
  void aMethodThatIsNotThereIsAnsweredWithThoseThatAre() {
    var answer = tenant.asAdmin().put(BASE + "/things/" + UUID.randomUUID());
    problem(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder("DELETE", "GET", "HEAD", "PATCH");
  }

  @Test
  void mediaTypesThatAreNotServedAreRefused() {
    problem(tenant.asAdmin().accept("image/png").get(BASE + "/caller"), 406, "not-acceptable");
    problem(tenant.asAdmin().contentType("text/plain").body("x").post(BASE + "/things"), 415, "unsupported-media-type");
    problem(tenant.asAdmin().header("Content-Type", "nonsense").body(new byte[] {'x'}).post(BASE + "/things"), 415, "unsupported-media-type");
  }

  @Test
  void refusalsTellWhatTheyAreTold() {
    problem(mishap("conflict"), 409, "conflict").body("detail", equalTo("The name is taken.")).body("instance", equalTo(BASE + "/mishaps/conflict"));
    problem(mishap("locked"), 412, "precondition-failed");
    problem(mishap("trouble"), 503, "unavailable").header("Retry-After", "2");
    problem(mishap("duplicate"), 409, "conflict");
  }

  @Test
  void aBugTellsItsIncidentAndNothingElse() {
    for (var kind : new String[] {"bug", "checked"}) {
      Map<String, Object> told = problem(mishap(kind), 500, "internal-error").extract().jsonPath().getMap("");
      assertThat(told).containsOnlyKeys("type", "title", "status", "incident");
      assertThat(UUID.fromString((String) told.get("incident"))).isNotNull();
    }
  }

  @Test
  void whatFailsOutsideOfRestIsAnsweredAlike() {
    problem(given().accept("text/html").get("/test-failing/bug"), 500, "internal-error");
    problem(given().get("/test-failing/status"), 415, "unsupported-media-type");
    problem(given().get("/test-failing/teapot"), 500, "internal-error");
    problem(given().header("Host", "not a host").get("/nowhere"), 400, "invalid-request");
  }

  @Test
  void aKindOfProblemIsExplainedWhereItsTypeLeads() {
    given().get("/problems/not-found").then().statusCode(200).body("status", equalTo(404)).body("type", equalTo("/problems/not-found"));
    problem(given().get("/problems/nonsense"), 404, "not-found");
  }

  @Test
  void answersCarryHeadersThatKeepThemFromBeingPages() {
    tenant.asAdmin().get(BASE + "/caller").then()
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Server", nullValue());
    given().get("/api/v1/teams").then().statusCode(401).header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-store");
    given().get("/docs/").then().header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    assertThat(tenant.asAdmin().get(BASE + "/unannotated-cache").headers().getValues("Cache-Control")).containsExactly("private, max-age=60");
  }

  private Response post(String body) {
    return tenant.asAdmin().contentType("application/json").body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)).post(BASE + "/things");
  }

  private Response mishap(String kind) {
    return tenant.asAdmin().get(BASE + "/mishaps/" + kind);
  }

  /// Whatever the error: one shape, and no word of how we are built.
  static ValidatableResponse problem(Response answer, int status, String slug) {
    return answer.then()
        .statusCode(status)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", equalTo("/problems/" + slug))
        .body("status", equalTo(status))
        .body("title", equalTo(ProblemKind.bySlug(slug).orElseThrow().title()))
        .body(not(containsString("posthorn.web")))
        .body(not(containsString("java.")))
        .body(not(containsString("jackson")));
  }
}
