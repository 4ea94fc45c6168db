package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// How pods reach the database, who migrates it, and the databases of the examples.
class ChartDatabaseTest {
  @Test
  void aBucketAndAPoolerAreSaidToEveryPod() {
    var split = Manifests.of("split.yaml");

    assertThat(Pods.settings(split.named(Deployment.class, "posthorn-api"))).containsEntry("posthorn.blob.s3.bucket", "posthorn-blobs")
        .containsEntry("posthorn.blob.s3.endpoint", "https://objects.example.com").containsEntry("posthorn.blob.s3.path-style", "true")
        .containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.prepareThreshold", "0")
        .containsEntry("quarkus.flyway.jdbc-url", "jdbc:postgresql://posthorn-db-direct.databases.svc:5432/posthorn?sslmode=require");
    assertThat(Pods.settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn")))
        .doesNotContainKeys("posthorn.blob.s3.bucket", "quarkus.flyway.jdbc-url");
  }

  @Test
  void onlyTheMigrationKnowsTheOwnersPassword() throws IOException {
    var manifests = Manifests.of("split.yaml");

    var job = manifests.named(Job.class, "posthorn-migration");
    assertThat(Pods.names(job.getSpec().getTemplate().getSpec().getContainers().getFirst())).contains("quarkus.flyway.password", "quarkus.init-and-exit");
    assertThat(Files.readString(Path.of("helm/templates/migration.yaml"))).contains("helm.sh/hook: pre-install,pre-upgrade");
    for (var deployment : manifests.of(Deployment.class)) {
      assertThat(Pods.names(Pods.container(deployment))).doesNotContain("quarkus.flyway.password");
      assertThat(Pods.settings(deployment)).containsEntry("quarkus.flyway.migrate-at-start", "false");
    }
  }

  @Test
  void withoutTheJobPodsMigrateThemselves() {
    var manifests = Manifests.of("minimal.yaml", "migrations.job=false");

    assertThat(manifests.of(Job.class)).isEmpty();
    assertThat(Pods.names(Pods.container(manifests.named(Deployment.class, "posthorn")))).contains("quarkus.flyway.password").doesNotContain("quarkus.flyway.migrate-at-start");
  }

  @Test
  void theEvaluationDatabaseComesWithItsRolesAndIsMigratedByThePods() {
    var manifests = Manifests.of("evaluation.yaml");

    assertThat(manifests.of(StatefulSet.class)).hasSize(1);
    assertThat(manifests.of(Job.class)).isEmpty();
    assertThat(manifests.of(Secret.class)).isEmpty();
    assertThat(Pods.settings(manifests.named(Deployment.class, "posthorn"))).containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://posthorn-database:5432/posthorn");
    assertThat(Pods.led(manifests, "posthorn-database")).isEmpty();
  }

  @Test
  void theEvaluationDatabaseListensWhereItsImageDoes() {
    var manifests = Manifests.of("evaluation.yaml", "database.port=6543");

    assertThat(manifests.of(StatefulSet.class).getFirst().getSpec().getTemplate().getSpec().getContainers().getFirst().getPorts())
        .extracting(port -> port.getContainerPort()).containsExactly(5432);
    assertThat(manifests.named(Service.class, "posthorn-database").getSpec().getClusterIP()).as("a headless service maps no ports").isNotEqualTo("None");
    assertThat(manifests.named(Service.class, "posthorn-database").getSpec().getPorts()).extracting(port -> port.getPort()).containsExactly(6543);
    assertThat(Pods.settings(manifests.named(Deployment.class, "posthorn"))).containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://posthorn-database:6543/posthorn");
  }

  private static JsonNode example(String kind) throws IOException {
    return Manifests.parse(Files.readString(Path.of("helm/examples/cloudnative-pg.yaml"))).all().stream()
        .filter(document -> document.path("kind").asText().equals(kind)).findFirst().orElse(MissingNode.getInstance());
  }

  /// What was acknowledged is in two places, or a failover loses it; and in a third, or the loss of the cluster does.
  @Test
  void theExampleOfADatabaseWithCopiesLosesNoAcknowledgedMail() throws IOException {
    assertThat(example("Cluster").at("/spec/postgresql/synchronous/number").asInt()).isEqualTo(1);
    assertThat(example("Cluster").at("/spec/plugins/0/isWALArchiver").asBoolean()).isTrue();
    assertThat(example("Cluster").at("/spec/plugins/0/parameters/barmanObjectName").asText()).isEqualTo(example("ObjectStore").at("/metadata/name").asText());
    assertThat(example("ScheduledBackup").at("/spec/cluster/name").asText()).isEqualTo(example("Cluster").at("/metadata/name").asText());
  }

  @Test
  void theExampleOfADatabaseHasConnectionsForTheLargestInstallationOfTheExamples() throws IOException {
    var split = Manifests.of("split.yaml");
    var pods = split.of(Deployment.class).stream().mapToInt(deployment -> split.all().stream()
        .filter(scaler -> scaler.at("/spec/scaleTargetRef/name").asText().equals(deployment.getMetadata().getName()))
        .map(scaler -> scaler.path("spec")).mapToInt(spec -> spec.path("maxReplicas").asInt(spec.path("maxReplicaCount").asInt()))
        .findFirst().orElseGet(() -> deployment.getSpec().getReplicas()) + 1).sum();

    assertThat(example("Cluster").at("/spec/postgresql/parameters/max_connections").asInt()).isGreaterThan(pods * 20);
  }
}
