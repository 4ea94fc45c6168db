package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  @Test
  void helmFindsNothingToBlame() {
    var lint = new Helm(Manifests.CHART).lint().strict().call();

    assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "evaluation.yaml", "split.yaml"})
  void everyFieldIsOneThatKubernetesKnows(String values) {
    var manifests = Manifests.of(values);

    manifests.checkStrictly();
    assertThat(manifests.of(Deployment.class)).isNotEmpty();
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowWouldBeFound() {
    var wrong = Manifests.parse("""
        apiVersion: v1
        kind: Service
        metadata: {name: a}
        spec: {prots: []}
        """);

    assertThatThrownBy(wrong::checkStrictly).isInstanceOf(AssertionError.class).hasMessageContaining("prots");
  }

  @Test
  void combinedPodsDoEverything() {
    var settings = settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn"));

    assertThat(settings).containsEntry("posthorn.smtp.enabled", "true").containsEntry("posthorn.triage.enabled", "true")
        .containsEntry("posthorn.outbox.enabled", "true").containsEntry("posthorn.pull.enabled", "true");
  }

  @ParameterizedTest
  @CsvSource({"api,false,false,false,false", "smtp,true,false,false,false", "pull,false,true,false,false", "triage,false,false,true,false", "send,false,false,false,true"})
  void splitPodsDoOneThing(String role, String smtp, String pull, String triage, String send) {
    var settings = settings(Manifests.of("split.yaml").named(Deployment.class, "posthorn-" + role));

    assertThat(settings).containsEntry("posthorn.smtp.enabled", smtp).containsEntry("posthorn.pull.enabled", pull)
        .containsEntry("posthorn.triage.enabled", triage).containsEntry("posthorn.outbox.enabled", send)
        .containsEntry("posthorn.sla.enabled", triage).containsEntry("posthorn.desk.enabled", triage).containsEntry("posthorn.search.enabled", triage)
        .containsEntry("posthorn.privacy.enabled", triage).containsEntry("posthorn.archive.enabled", triage)
        .containsEntry("posthorn.webhook.enabled", send);
  }

  @Test
  void aBucketAndAPoolerAreSaidToEveryPod() {
    var split = Manifests.of("split.yaml");

    assertThat(settings(split.named(Deployment.class, "posthorn-api"))).containsEntry("posthorn.blob.s3.bucket", "posthorn-blobs")
        .containsEntry("posthorn.blob.s3.endpoint", "https://objects.example.com").containsEntry("posthorn.blob.s3.path-style", "true")
        .containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.prepareThreshold", "0")
        .containsEntry("quarkus.flyway.jdbc-url", "jdbc:postgresql://posthorn-db-direct.databases.svc:5432/posthorn?sslmode=require");
    assertThat(settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn")))
        .doesNotContainKeys("posthorn.blob.s3.bucket", "quarkus.flyway.jdbc-url");
  }

  @Test
  void servicesLeadToThePodsThatServeThem() {
    var split = Manifests.of("split.yaml");

    assertThat(led(split, "posthorn")).containsExactly("posthorn-api");
    assertThat(led(split, "posthorn-smtp")).containsExactly("posthorn-smtp");
    assertThat(led(split, "posthorn-metrics")).containsExactlyInAnyOrder("posthorn-api", "posthorn-smtp", "posthorn-pull", "posthorn-triage", "posthorn-send");
    assertThat(led(Manifests.of("minimal.yaml"), "posthorn")).containsExactly("posthorn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "evaluation.yaml", "split.yaml"})
  void everyPodIsWithoutPrivileges(String values) {
    for (var pod : pods(Manifests.of(values))) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      for (var container : pod.getContainers()) {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getLimits()).containsKey("memory");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "split.yaml"})
  void aPodOfOursCannotWriteButToItsTemporaryVolume(String values) {
    for (var pod : pods(Manifests.of(values))) {
      assertThat(pod.getContainers()).allMatch(container -> container.getSecurityContext().getReadOnlyRootFilesystem());
      assertThat(pod.getContainers().getFirst().getVolumeMounts()).anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }
  }

  @Test
  void secretsAreNamedAndNeverWritten() {
    var manifests = Manifests.of("minimal.yaml");

    assertThat(manifests.of(Secret.class)).isEmpty();
    var fromSecrets = container(manifests.named(Deployment.class, "posthorn")).getEnv().stream()
        .filter(env -> env.getValueFrom() != null).collect(Collectors.toMap(EnvVar::getName,
            env -> env.getValueFrom().getSecretKeyRef().getName() + "/" + env.getValueFrom().getSecretKeyRef().getKey()));
    assertThat(fromSecrets).containsExactlyInAnyOrderEntriesOf(Map.of(
        "quarkus.datasource.username", "posthorn-database-application/username",
        "quarkus.datasource.password", "posthorn-database-application/password",
        "quarkus.mailer.username", "posthorn-relay/username", "quarkus.mailer.password", "posthorn-relay/password",
        "posthorn.ticket.reply-keys", "posthorn/reply-keys", "posthorn.secret.keys", "posthorn/secret-keys", "posthorn.operator.key", "posthorn/operator-key"));
  }

  @Test
  void onlyTheMigrationKnowsTheOwnersPassword() {
    var manifests = Manifests.of("split.yaml");

    var job = manifests.named(Job.class, "posthorn-migration");
    assertThat(names(job.getSpec().getTemplate().getSpec().getContainers().getFirst())).contains("quarkus.flyway.password", "quarkus.init-and-exit");
    assertThat(text("helm/templates/migration.yaml")).contains("helm.sh/hook: pre-install,pre-upgrade");
    for (var deployment : manifests.of(Deployment.class)) {
      assertThat(names(container(deployment))).doesNotContain("quarkus.flyway.password");
      assertThat(settings(deployment)).containsEntry("quarkus.flyway.migrate-at-start", "false");
    }
  }

  @Test
  void withoutTheJobPodsMigrateThemselves() {
    var manifests = Manifests.of("minimal.yaml", "migrations.job=false");

    assertThat(manifests.of(Job.class)).isEmpty();
    assertThat(names(container(manifests.named(Deployment.class, "posthorn")))).contains("quarkus.flyway.password").doesNotContain("quarkus.flyway.migrate-at-start");
  }

  @Test
  void theEvaluationDatabaseComesWithItsRolesAndIsMigratedByThePods() {
    var manifests = Manifests.of("evaluation.yaml");

    assertThat(manifests.of(StatefulSet.class)).hasSize(1);
    assertThat(manifests.of(Job.class)).isEmpty();
    assertThat(manifests.of(Secret.class)).isEmpty();
    assertThat(settings(manifests.named(Deployment.class, "posthorn"))).containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://posthorn-database:5432/posthorn");
    assertThat(led(manifests, "posthorn-database")).isEmpty();
  }

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

  @Test
  void theIngressLeavesHealthAndMetricsInside() {
    var paths = Manifests.of("split.yaml").of(Ingress.class).getFirst().getSpec().getRules().getFirst().getHttp().getPaths();

    assertThat(paths).extracting(path -> path.getPath()).contains("/api", "/hooks").noneMatch(path -> path.startsWith("/q") || path.equals("/"));
  }

  /// Development's pages are not in the package.
  @Test
  void theIngressLeadsToEveryResource() {
    var paths = Manifests.of("split.yaml").of(Ingress.class).getFirst().getSpec().getRules().getFirst().getHttp().getPaths().stream()
        .map(path -> path.getPath()).toList();
    var resources = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.posthorn").stream()
        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isAnnotatedWith(IfBuildProfile.class))
        .map(type -> "/" + type.getAnnotationOfType(Path.class).value().split("/")[1]).collect(Collectors.toSet());

    assertThat(resources).contains("/api", "/login").isSubsetOf(paths);
  }

  @Test
  void podsBehindTheIngressBelieveItAloneAboutTheirClients() {
    assertThat(settings(Manifests.of("split.yaml").named(Deployment.class, "posthorn-api"))).containsEntry("quarkus.http.proxy.proxy-address-forwarding", "true")
        .containsEntry("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8").containsEntry("posthorn.web.public-url", "https://posthorn.example.com");
    assertThat(settings(Manifests.of("split.yaml", "settings.posthorn\\.web\\.public-url=https://help.example.com").named(Deployment.class, "posthorn-api")))
        .containsEntry("posthorn.web.public-url", "https://help.example.com");
    assertThat(settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn"))).doesNotContainKey("quarkus.http.proxy.proxy-address-forwarding");
  }

  @Test
  void theNetworkPolicyLetsInWhoIsNamed() {
    var policy = Manifests.of("split.yaml").of(NetworkPolicy.class).getFirst();

    assertThat(policy.getSpec().getIngress()).hasSize(2);
    assertThat(policy.getSpec().getIngress().get(0).getFrom()).as("HTTP is for everybody, since nobody is named").isEmpty();
    assertThat(policy.getSpec().getIngress().get(1).getFrom()).extracting(peer -> peer.getIpBlock().getCidr()).containsExactly("10.0.0.0/8");
  }

  @Test
  void alertsAskForMetricsThatExist() {
    var documented = Pattern.compile("`(posthorn\\.[a-z.]+)`").matcher(text("docs/operating.md")).results()
        .map(found -> found.group(1).replace('.', '_')).collect(Collectors.toSet());
    var asked = Manifests.of("split.yaml").of(PrometheusRule.class).getFirst().getSpec().getGroups().getFirst().getRules().stream()
        .flatMap(rule -> Pattern.compile("posthorn_[a-z_]+").matcher(rule.getExpr().getStrVal()).results())
        .map(found -> found.group().replaceFirst("_total$", "")).collect(Collectors.toSet());

    assertThat(asked).isNotEmpty().isSubsetOf(documented);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.domain", "database.host", "database.applicationSecret", "database.ownerSecret", "secretName", "relay.host"})
  void whatIsMissingIsSaidByItsName(String value) {
    assertThatThrownBy(() -> Manifests.of("minimal.yaml", value + "=")).hasMessageContaining(value + " is required");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "topology=both|topology", "relay.port=0|port", "relay.startTls=maybe|startTls", "image.digest=sha256:1|digest", "combined.replicas=-1|replicas",
    "smtp.proxyProtocol.enabled=true|trustedProxies", "databse.host=x|databse", "terminationGracePeriodSeconds=5|terminationGracePeriodSeconds",
    "mail.domain=no domain|domain", "keda.enabled=true|topology=split", "ingress.enabled=true|trustedProxies",
    "ingress.enabled=true;ingress.trustedProxies={10.0.0.0/8}|ingress.host"
  })
  void whatIsWrongIsRefused(String setting, String named) {
    assertThatThrownBy(() -> Manifests.of("minimal.yaml", setting.split(";"))).hasMessageContaining(named);
  }

  private static String text(String path) {
    try {
      return java.nio.file.Files.readString(java.nio.file.Path.of(path));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The deployments whose pods a service leads to.
  private static List<String> led(Manifests manifests, String service) {
    var selector = manifests.named(Service.class, service).getSpec().getSelector();
    return manifests.of(Deployment.class).stream()
        .filter(deployment -> deployment.getSpec().getTemplate().getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
        .map(deployment -> deployment.getMetadata().getName()).toList();
  }

  private static List<PodSpec> pods(Manifests manifests) {
    return Stream.of(manifests.of(Deployment.class).stream().map(one -> one.getSpec().getTemplate().getSpec()),
        manifests.of(StatefulSet.class).stream().map(one -> one.getSpec().getTemplate().getSpec()),
        manifests.of(Job.class).stream().map(one -> one.getSpec().getTemplate().getSpec())).flatMap(part -> part).toList();
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static List<String> names(Container container) {
    return container.getEnv().stream().map(EnvVar::getName).toList();
  }

  private static Map<String, String> settings(Deployment deployment) {
    return container(deployment).getEnv().stream().filter(env -> env.getValue() != null).collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
