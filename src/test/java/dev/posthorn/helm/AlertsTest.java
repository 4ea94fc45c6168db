package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What wakes somebody.
class AlertsTest {
  private static final Pattern SELECTOR = Pattern.compile("\\b(?:posthorn|http_server)_[a-z_]+(\\{[^}]*})?");

  @Test
  void alertsAskForMetricsThatExist() throws IOException {
    var documented = Pattern.compile("`(posthorn\\.[a-z.]+)`").matcher(Files.readString(Path.of("docs/operating.md"))).results()
        .map(found -> found.group(1).replace('.', '_')).collect(Collectors.toSet());
    var asked = alerts().stream().flatMap(rule -> Pattern.compile("posthorn_[a-z_]+").matcher(rule.getExpr().getStrVal()).results())
        .map(found -> found.group().replaceFirst("_total$", "")).collect(Collectors.toSet());

    assertThat(asked).isNotEmpty().isSubsetOf(documented);
  }

  /// Several installations are watched by one Prometheus.
  @Test
  void everyAlertIsAboutThisInstallationAlone() {
    assertThat(alerts()).allSatisfy(alert -> assertThat(SELECTOR.matcher(alert.getExpr().getStrVal()).results().map(found -> String.valueOf(found.group(1))))
        .as(alert.getAlert()).isNotEmpty().allMatch(selector -> selector.startsWith("{job=\"posthorn-metrics\",namespace=\"support\"")));
  }

  @Test
  void whoeverFindsPodsAnotherWaySaysTheirJob() {
    assertThat(alerts("monitoring.alerts.job=pods")).allSatisfy(alert -> assertThat(alert.getExpr().getStrVal()).contains("{job=\"pods\",namespace=\"support\""));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "PosthornNothingLeaves|critical|'outcome=~\"deferred|failed\"'|nothing-leaves",
    "PosthornMailIsRefused|warning|posthorn_mail_sent_total|mail-is-refused",
    "PosthornTokensAreRefused|warning|outcome=\"token\"|a-sign-in-or-a-secret-has-ended",
    "PosthornAnswersUnavailable|critical|status=\"503\"|the-database-fails-over",
    "PosthornDatabaseIsAway|critical|posthorn_mail_inbound_figures_age_seconds|the-database-fails-over",
    "PosthornBucketIsAway|warning|posthorn_blob_moves_total|the-bucket-is-away"
  })
  void troubleWakesSomebodyAndSaysWhatToDo(String alert, String severity, String asked, String section) {
    var found = alerts().stream().filter(one -> one.getAlert().equals(alert)).findFirst().orElseThrow(() -> new AssertionError("No alert " + alert));

    assertThat(found.getLabels()).containsEntry("severity", severity);
    assertThat(found.getExpr().getStrVal()).contains(asked);
    assertThat(found.getAnnotations().get("runbook_url")).endsWith("#" + section);
  }

  static List<Rule> alerts(String... more) {
    return Manifests.of("split.yaml", more).of(PrometheusRule.class).getFirst().getSpec().getGroups().getFirst().getRules();
  }
}
