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
import java.util.ArrayList;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class PagingTest {
  private static final String NUMBERS = "/api/v1/test-manners/numbers";
  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void pagesFollowEachOtherWithoutGapAndWithoutDouble() {
    var seen = new ArrayList<String>();
    String after = null;
    do {
      var request = tenant.asAdmin().queryParam("limit", 2);
      var page = (after == null ? request : request.queryParam("after", after)).get(NUMBERS).then().statusCode(200).extract().jsonPath();
      seen.addAll(page.getList("items.name"));
      after = page.getString("next");
    } while (after != null);

    assertThat(seen).containsExactly("n1", "n2", "n3", "n4", "n5", "n6", "n7");
  }

  @Test
  void aPageThatEndsTheListHasNoNext() {
    tenant.asAdmin().queryParam("limit", 7).get(NUMBERS).then().body("items.size()", equalTo(7)).body("next", nullValue()).body("$", hasKey("next"));
    tenant.asAdmin().get(NUMBERS).then().body("items.size()", equalTo(7));
  }

  @Test
  void theTotalIsToldOnlyWhereItIsAskedFor() {
    tenant.asAdmin().queryParam("count", true).queryParam("limit", 1).get(NUMBERS).then().body("total", equalTo(7));
    tenant.asAdmin().get(NUMBERS).then().body("$", not(hasKey("total"))).header("ETag", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "####", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void garbageIsNoCursor(String after) {
    problem(tenant.asAdmin().queryParam("after", after).get(NUMBERS), 400, "invalid-request").body("errors[0].pointer", equalTo("after"));
  }

  @Test
  void aCursorWorksOnlyWhereItComesFrom() {
    String next = tenant.asAdmin().queryParam("limit", 1).queryParam("size", 5).get(NUMBERS).path("next");

    tenant.asAdmin().queryParam("after", next).queryParam("size", 5).get(NUMBERS).then().statusCode(200).body("items[0].name", equalTo("n2"));
    problem(tenant.asAdmin().queryParam("after", next).queryParam("size", 6).get(NUMBERS), 400, "invalid-request");
    problem(tenant.asAdmin().queryParam("after", next).get("/api/v1/test-manners/others"), 400, "invalid-request");
    problem(TestTenant.create().asAdmin().queryParam("after", next).queryParam("size", 5).get(NUMBERS), 400, "invalid-request");
  }

  @Test
  void aCursorWhoseKeyWasChangedByHandIsRefused() {
    String next = tenant.asAdmin().queryParam("limit", 1).get(NUMBERS).path("next");
    var bytes = Base64.getUrlDecoder().decode(next);
    bytes[bytes.length - 1] = 'x';

    problem(tenant.asAdmin().queryParam("after", Base64.getUrlEncoder().encodeToString(bytes)).get(NUMBERS), 400, "invalid-request");
  }
}
