package dev.posthorn.helm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the chart's pods are given.
final class Pods {
  private Pods() {}

  /// Of deployments, the evaluation database and the migration.
  static List<PodSpec> of(Manifests manifests) {
    return Stream.of(manifests.of(Deployment.class).stream().map(one -> one.getSpec().getTemplate().getSpec()),
        manifests.of(StatefulSet.class).stream().map(one -> one.getSpec().getTemplate().getSpec()),
        manifests.of(Job.class).stream().map(one -> one.getSpec().getTemplate().getSpec())).flatMap(part -> part).toList();
  }

  static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  /// The variables that are set, from secrets too.
  static List<String> names(Container container) {
    return container.getEnv().stream().map(EnvVar::getName).toList();
  }

  /// The variables whose values the chart writes. None is said twice.
  static Map<String, String> settings(Deployment deployment) {
    return container(deployment).getEnv().stream().filter(env -> env.getValue() != null).collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  /// The deployments whose pods a service leads to.
  static List<String> led(Manifests manifests, String service) {
    var selector = manifests.named(Service.class, service).getSpec().getSelector();
    return manifests.of(Deployment.class).stream()
        .filter(deployment -> deployment.getSpec().getTemplate().getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
        .map(deployment -> deployment.getMetadata().getName()).toList();
  }
}
