package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The chart as a whole: what it takes, what it refuses, and that Kubernetes knows what it makes.
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
  void secretsAreNamedAndNeverWritten() {
    var manifests = Manifests.of("minimal.yaml");

    assertThat(manifests.of(Secret.class)).isEmpty();
    var fromSecrets = Pods.container(manifests.named(Deployment.class, "posthorn")).getEnv().stream()
        .filter(env -> env.getValueFrom() != null).collect(Collectors.toMap(EnvVar::getName,
            env -> env.getValueFrom().getSecretKeyRef().getName() + "/" + env.getValueFrom().getSecretKeyRef().getKey()));
    assertThat(fromSecrets).containsExactlyInAnyOrderEntriesOf(Map.of(
        "quarkus.datasource.username", "posthorn-database-application/username",
        "quarkus.datasource.password", "posthorn-database-application/password",
        "quarkus.mailer.username", "posthorn-relay/username", "quarkus.mailer.password", "posthorn-relay/password",
        "posthorn.ticket.reply-keys", "posthorn/reply-keys", "posthorn.secret.keys", "posthorn/secret-keys", "posthorn.operator.key", "posthorn/operator-key"));
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
    "ingress.enabled=true;ingress.trustedProxies[0]=10.0.0.0/8|ingress.host"
  })
  void whatIsWrongIsRefused(String setting, String named) {
    assertThatThrownBy(() -> Manifests.of("minimal.yaml", setting.split(";"))).hasMessageContaining(named);
  }

  /// Helm reads numbers of a file as floating-point ones.
  @Test
  void aLargeNumberIsWrittenOut() {
    var settings = Pods.settings(Manifests.saying("minimal.yaml", """
        settings:
          posthorn.smtp.max-message-bytes: 104857600
          posthorn.some.share: 0.25
          posthorn.some.switch: true
        """).named(Deployment.class, "posthorn"));

    assertThat(settings).containsEntry("posthorn.smtp.max-message-bytes", "104857600").containsEntry("posthorn.some.share", "0.25")
        .containsEntry("posthorn.some.switch", "true");
  }
}
