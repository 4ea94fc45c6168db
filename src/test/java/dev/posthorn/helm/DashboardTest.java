package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What the chart brings for whoever watches: the dashboard, the alerts, and where each says what to do.
class DashboardTest {
  private static final Pattern METRIC = Pattern.compile("\\b(?:posthorn|http_server|process)_[a-z_]+");
  private static final String PAGE = "docs/operating.md";

  @Test
  void theDashboardIsOneThatGrafanaReads() {
    var dashboard = dashboard();

    assertThat(dashboard.path("title").asText()).isEqualTo("Posthorn");
    var panels = panels();
    assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).hasSizeGreaterThan(15).allSatisfy(panel -> {
      assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> assertThat(target.path("expr").asText()).contains("$namespace"));
      assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt()).isLessThanOrEqualTo(24);
    });
  }

  @Test
  void whoLagsBehindIsInATable() {
    var tables = panels().stream().filter(panel -> panel.path("type").asText().equals("table")).toList();

    assertThat(tables).flatExtracting(table -> table.path("targets").findValuesAsText("expr"))
        .anyMatch(query -> query.contains("max by (tenant, mailbox) (posthorn_mailbox_success_age_seconds"))
        .anyMatch(query -> query.contains("max by (tenant, channel) (posthorn_channel_oldest_seconds"))
        .anyMatch(query -> query.contains("max by (tenant, queue) (posthorn_queue_waiting"));
  }

  @Test
  void theDashboardIsMadeOnlyWhereItIsAskedFor() {
    var asked = Manifests.of("split.yaml").named(ConfigMap.class, "posthorn-dashboard");

    assertThat(asked.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(Manifests.of("minimal.yaml").of(ConfigMap.class)).noneMatch(map -> map.getMetadata().getName().endsWith("dashboard"));
  }

  @Test
  void everyAlertNamesASectionThatSaysWhatToDo() {
    assertThat(AlertsTest.alerts()).hasSizeGreaterThan(8).allSatisfy(alert -> {
      var runbook = alert.getAnnotations().get("runbook_url");
      assertThat(runbook).startsWith(PAGE + "#");
      assertThat(anchors()).as(alert.getAlert()).contains(runbook.substring(PAGE.length() + 1));
      assertThat(alert.getLabels()).containsKey("severity");
    });
  }

  @Test
  void runbooksAreReadWhereOnesPeopleReadThem() {
    var alerts = AlertsTest.alerts("monitoring.alerts.runbooks=https://wiki.example.com/posthorn");

    assertThat(alerts).allMatch(alert -> alert.getAnnotations().get("runbook_url").startsWith("https://wiki.example.com/posthorn#"));
  }

  /// What alerts and the dashboard ask for, as Prometheus names it.
  static Set<String> metrics() {
    var asked = AlertsTest.alerts().stream().map(alert -> alert.getExpr().getStrVal()).collect(Collectors.toSet());
    panels().forEach(panel -> panel.path("targets").forEach(target -> asked.add(target.path("expr").asText())));
    return asked.stream().flatMap(query -> METRIC.matcher(query).results()).map(found -> found.group()).collect(Collectors.toSet());
  }

  private static JsonNode dashboard() {
    try {
      return new ObjectMapper().readTree(Manifests.of("split.yaml").named(ConfigMap.class, "posthorn-dashboard").getData().get("posthorn.json"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> panels() {
    return StreamSupport.stream(dashboard().path("panels").spliterator(), false).toList();
  }

  /// The headings of the page, as links name them.
  private static Set<String> anchors() {
    try (var lines = Files.lines(Path.of(PAGE))) {
      return lines.filter(line -> line.startsWith("#")).map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT)
          .replaceAll("[^a-z0-9 -]", "").replace(' ', '-')).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
