package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a pod may do, what it is given, and how long it has.
class PodsTest {
  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "evaluation.yaml", "split.yaml"})
  void everyPodIsWithoutPrivileges(String values) {
    for (var pod : Pods.of(Manifests.of(values))) {
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
    for (var pod : Pods.of(Manifests.of(values))) {
      assertThat(pod.getContainers()).allMatch(container -> container.getSecurityContext().getReadOnlyRootFilesystem());
      assertThat(pod.getContainers().getFirst().getVolumeMounts()).anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }
  }

  @Test
  void filesOfOnesOwnAreInEveryPodAndInTheMigration() {
    var manifests = Manifests.saying("minimal.yaml", """
        extraVolumes:
          - name: database-ca
            configMap: {name: database-ca}
        extraVolumeMounts:
          - name: database-ca
            mountPath: /etc/posthorn/database
            readOnly: true
        """);

    manifests.checkStrictly();
    assertThat(manifests.of(Job.class)).hasSize(1);
    assertThat(Pods.of(manifests)).hasSize(2).allSatisfy(pod -> {
      assertThat(pod.getVolumes()).anySatisfy(volume -> assertThat(volume.getConfigMap()).isNotNull());
      assertThat(pod.getContainers().getFirst().getVolumeMounts()).extracting(VolumeMount::getMountPath).contains("/tmp", "/etc/posthorn/database");
    });
  }

  /// The sum of docs/operating.md, stopping.
  @Test
  void aPodHasTimeToEndWhatItIsAt() {
    assertThat(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn").getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isGreaterThanOrEqualTo(95);
  }

  @Test
  void aPodThatMigratesHasAsLongForItAsTheJob() {
    assertThat(starting("minimal.yaml")).isEqualTo(120);
    assertThat(starting("minimal.yaml", "migrations.job=false")).isGreaterThanOrEqualTo(600);
    assertThat(starting("evaluation.yaml")).isGreaterThanOrEqualTo(600);
  }

  private static int starting(String values, String... more) {
    var probe = Pods.container(Manifests.of(values, more).named(Deployment.class, "posthorn")).getStartupProbe();
    return probe.getPeriodSeconds() * probe.getFailureThreshold();
  }
}
