package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Entity tags, preconditions, merge patches.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ChangesTest {
  private static final String THING = "/api/v1/test-manners/things/" + UUID.randomUUID();
  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void aResourceHasAStrongTagAndIsNotSentAgainToWhomeverKnowsIt() {
    var tag = tag();

    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      var answer = tenant.asAdmin().header("If-None-Match", known).get(THING);
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.asString()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(tag);
    }
    tenant.asAdmin().header("If-None-Match", "\"other\"").get(THING).then().statusCode(200).body("name", equalTo("one"));
    tenant.asAdmin().head(THING).then().statusCode(200).header("ETag", tag);
  }

  @Test
  void aChangeHappensOnlyToWhatTheClientSaw() {
    var tag = tag();

    for (var fine : new String[] {tag, "*", "\"x\", " + tag}) {
      patch("{}", fine).then().statusCode(200).header("ETag", tag);
      tenant.asAdmin().header("If-Match", fine).delete(THING).then().statusCode(204);
    }
    for (var stale : new String[] {"\"other\"", "W/" + tag, ""}) {
      problem(patch("{}", stale), 412, "precondition-failed");
      problem(tenant.asAdmin().header("If-Match", stale).delete(THING), 412, "precondition-failed");
    }
  }

  @Test
  void theTagOfAChangeIsThatOfWhatItMade() {
    assertThat(patch("{\"name\":\"two\"}").header("ETag")).isNotNull().isNotEqualTo(tag());
  }

  @Test
  void bothMediaTypesArePatches() {
    for (var type : new String[] {"application/json", "application/merge-patch+json"}) {
      tenant.asAdmin().header("Content-Type", type).body("{\"name\":\"two\",\"labels\":{\"a\":null,\"c\":\"d\"}}").patch(THING)
          .then().statusCode(200).body("name", equalTo("two")).body("shared", equalTo(true)).body("labels.c", equalTo("d")).body("labels", not(hasKey("a")));
    }
  }

  @Test
  void nullEmptiesAField() {
    patch("{\"count\":null,\"labels\":null}").then().statusCode(200).body("count", nullValue()).body("labels", nullValue());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{'nick':'x'}                       | /nick",
    "{'inner':{'colour':'RED'}}         | /inner/colour",
    "{'count':'7'}                      | /count",
    "{'labels':{'a':1}}                 | /labels/a",
    "{'name':null}                      | /name",
    "{'shared':null}                    | /shared",
    "{'name':'much too long for a name'} | /name",
    "{'inner':{'number':11}}            | /inner/number",
    "[]                                 | ''",
    "null                               | ''"
  })
  void whatCannotBeSetIsNamedByItsPointer(String patch, String pointer) {
    problem(patch(patch.replace('\'', '"')), 400, "invalid-request").body("errors[0].pointer", equalTo(pointer));
  }

  @Test
  void noPatchAtAllIsRefused() {
    problem(tenant.asAdmin().contentType("application/json").patch(THING), 400, "invalid-request");
  }

  private String tag() {
    return tenant.asAdmin().get(THING).header("ETag");
  }

  private Response patch(String patch) {
    return tenant.asAdmin().contentType("application/json").body(patch).patch(THING);
  }

  private Response patch(String patch, String ifMatch) {
    return tenant.asAdmin().header("If-Match", ifMatch).contentType("application/json").body(patch).patch(THING);
  }
}
