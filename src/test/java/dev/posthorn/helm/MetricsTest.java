package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is asked for is told, and from nothing on: an alarm on the first failure needs the figure to be there before it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class MetricsTest {
  /// Told of somebody who lags behind, so of nobody where nobody does.
  private static final Pattern BY_NAME = Pattern.compile("posthorn_(channel|queue)_.*|posthorn_mailbox_success_age_seconds");

  @Test
  void everyMetricOfAlertsAndDashboardIsThereBeforeAnythingHappens() {
    RestAssured.get("/openapi").then().statusCode(200);
    var told = RestAssured.get("/q/metrics").asString();

    assertThat(DashboardTest.metrics()).filteredOn(metric -> !BY_NAME.matcher(metric).matches()).isNotEmpty().allSatisfy(metric -> assertThat(told).containsPattern("(?m)^" + Pattern.quote(metric) + "[{ ]"));
  }

  @Test
  void whatMayFailIsCountedFromNothingOn() {
    var told = RestAssured.get("/q/metrics").asString();

    for (var series : List.of("posthorn_mail_filed_total{outcome=\"failed\"", "posthorn_mail_sent_total{outcome=\"unknown\"",
        "posthorn_smtp_messages_total{outcome=\"failed\"", "posthorn_mailbox_pulls_total{outcome=\"token\"", "posthorn_blob_moves_total{outcome=\"failed\"", "posthorn_mail_received_total{outcome=\"too-large\"", "posthorn_mail_mishaps_total")) {
      assertThat(told).contains(series);
    }
  }
}
