package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = NameServerResource.class, scope = TestResourceScope.GLOBAL)
class DiscoveryResourceTest {
  private FoundedTenant tenant;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  private JsonPath searched(String address) {
    var id = tenant.post("mailbox-discoveries", Map.of("address", address)).statusCode(202).extract().<String>path("id");
    return await().atMost(Duration.ofSeconds(60)).until(() -> tenant.get("mailbox-discoveries/" + id).statusCode(200).extract().jsonPath(),
        view -> !view.getString("state").equals("pending"));
  }

  @Test
  void theServersOfAnAddressAreFoundAndNothingIsSaved() { // TH-04, TH-05
    var found = searched("support@published.example");

    assertThat(found.getString("state")).isEqualTo("found");
    assertThat(found.getString("source")).isEqualTo("srv");
    assertThat(found.getString("kind")).isEqualTo("imap");
    assertThat(found.getString("imap.host") + " " + found.getInt("imap.port") + " " + found.getString("imap.security")).isEqualTo("imap.published.example 993 tls");
    assertThat(found.getString("smtp.host") + " " + found.getInt("smtp.port")).isEqualTo("smtp.published.example 465");
    tenant.get("mailboxes").body("items", hasSize(0));
  }

  @Test
  void aCustomerOfGoogleIsToldByItsMailServer() { // TH-04
    var found = searched("support@google-customer.example");

    assertThat(found.getString("kind")).isEqualTo("gmail");
    assertThat(found.getString("source")).isEqualTo("provider");
    assertThat(found.getList("tried.source")).containsSubsequence("srv", "autoconfig", "provider");
  }

  @Test
  void whatWasTriedIsSaidWhenNothingIsFound() { // TH-06
    var nothing = searched("support@unknown.example");

    assertThat(nothing.getString("state")).isEqualTo("not-found");
    assertThat(nothing.getString("imap")).isNull();
    assertThat(nothing.getList("tried.source")).contains("srv", "autoconfig", "provider", "guess");
    assertThat(nothing.getList("tried.detail", String.class)).anyMatch(detail -> detail.startsWith("imap.unknown.example:993"))
        .anyMatch(detail -> detail.startsWith("https://autoconfig.unknown.example/"));
    assertThat(nothing.getList("tried.outcome", String.class)).allMatch(outcome -> !outcome.isBlank());
  }

  @Test
  void anotherTenantsSearchIsNotFound() {
    var id = searched("support@published.example").getString("id");

    FoundedTenant.found().get("mailbox-discoveries/" + id).statusCode(404);
    tenant.post("mailbox-discoveries", Map.of("address", "nobody")).statusCode(400);
  }
}
