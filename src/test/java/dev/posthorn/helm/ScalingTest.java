package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many pods there are, and how many may be missing.
class ScalingTest {
  @Test
  void everyDeploymentMayLoseOnePodAtATimeAndSpreadsItsPods() {
    var manifests = Manifests.of("split.yaml");

    assertThat(manifests.of(PodDisruptionBudget.class)).extracting(budget -> budget.getMetadata().getName())
        .containsExactlyInAnyOrder("posthorn-api", "posthorn-smtp", "posthorn-pull", "posthorn-triage", "posthorn-send");
    assertThat(manifests.of(Deployment.class)).allSatisfy(deployment -> assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
        .extracting(spread -> spread.getTopologyKey()).containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone"));
  }

  @Test
  void whoeverScalesADeploymentIsAloneInDoingSo() {
    var manifests = Manifests.of("split.yaml");

    assertThat(manifests.of(HorizontalPodAutoscaler.class)).extracting(scaler -> scaler.getSpec().getScaleTargetRef().getName()).containsExactly("posthorn-api");
    for (var scaled : List.of("api", "triage", "send")) {
      assertThat(manifests.named(Deployment.class, "posthorn-" + scaled).getSpec().getReplicas()).as(scaled).isNull();
    }
    assertThat(manifests.named(Deployment.class, "posthorn-smtp").getSpec().getReplicas()).isEqualTo(2);
    assertThat(manifests.all()).filteredOn(document -> document.path("kind").asText().equals("ScaledObject"))
        .extracting(document -> document.at("/spec/triggers/0/metadata/query").asText())
        .containsExactlyInAnyOrder("select coalesce(extract(epoch from now() - oldest), 0)::int from inbound_mail_backlog()",
            "select coalesce(extract(epoch from now() - oldest), 0)::int from outbound_mail_backlog()");
  }

  private static JsonNode trigger(Manifests manifests) {
    return manifests.all().stream().filter(document -> document.path("kind").asText().equals("ScaledObject")).findFirst().orElseThrow()
        .at("/spec/triggers/0/metadata");
  }

  /// Whoever scales asks from its own namespace, and the pooler is not for strangers.
  @Test
  void whoeverScalesAsksTheDatabaseItselfByItsWholeName() {
    assertThat(trigger(Manifests.of("split.yaml")).path("host").asText()).isEqualTo("posthorn-db-direct.databases.svc");
    assertThat(trigger(Manifests.of("split.yaml", "database.direct.host=", "database.port=6432")).path("host").asText()).isEqualTo("posthorn-db-rw.databases.svc");
    assertThat(trigger(Manifests.of("split.yaml", "database.direct.host=", "database.port=6432")).path("port").asText()).isEqualTo("6432");
    assertThat(trigger(Manifests.of("split.yaml", "database.direct.host=", "evaluationDatabase.enabled=true")).path("host").asText())
        .isEqualTo("posthorn-database.support.svc");
  }

  @Test
  void aHostThatOnlyOurNamespaceKnowsIsNothingToScaleBy() {
    assertThatThrownBy(() -> Manifests.of("split.yaml", "database.direct.host=", "database.host=db")).hasMessageContaining("database.host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "30", "130%%"})
  void aBudgetIsANumberOrAShare(String wrong) {
    assertThatThrownBy(() -> Manifests.saying("minimal.yaml", "podDisruptionBudget: {maxUnavailable: '" + wrong + "'}")).hasMessageContaining("maxUnavailable");
    assertThat(Manifests.saying("minimal.yaml", "podDisruptionBudget: {maxUnavailable: 25%}").of(PodDisruptionBudget.class)).hasSize(1);
  }
}
