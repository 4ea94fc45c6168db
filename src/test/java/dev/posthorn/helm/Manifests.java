package dev.posthorn.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Helm makes of the chart and some values, read strictly: a field that Kubernetes does not know is an error here, while
/// a server would drop it in silence.
record Manifests(List<JsonNode> all) {
  static final Path CHART = Path.of("helm").toAbsolutePath();

  /// Helm renders hooks apart from the rest, and its binding keeps them to itself: here they are ordinary manifests.
  private static final Path WITHOUT_HOOKS = withoutHooks();

  private static final Map<String, Class<? extends HasMetadata>> KNOWN = Map.ofEntries(
      Map.entry("v1/Service", Service.class), Map.entry("v1/Secret", Secret.class), Map.entry("v1/ConfigMap", ConfigMap.class),
      Map.entry("v1/ServiceAccount", ServiceAccount.class), Map.entry("v1/Pod", Pod.class),
      Map.entry("apps/v1/Deployment", Deployment.class), Map.entry("apps/v1/StatefulSet", StatefulSet.class),
      Map.entry("batch/v1/Job", Job.class), Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
      Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
      Map.entry("networking.k8s.io/v1/Ingress", Ingress.class), Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
      Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
      Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class));

  private static final ObjectMapper STRICT = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .annotationIntrospector(new NoCatchAll())
      .build();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /// The model keeps unknown fields in a map of its own; without that map they are unknown.
  private static final class NoCatchAll extends JacksonAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /// @param values a file of `helm/examples`
  /// @param more `name=value` pairs on top of it
  static Manifests of(String values, String... more) {
    return of(CHART.resolve("examples").resolve(values), more);
  }

  /// The same with more of them in the file.
  static Manifests saying(String values, String more) {
    try {
      var file = Files.writeString(Files.createTempFile("values-", ".yaml"), Files.readString(CHART.resolve("examples").resolve(values)) + more);
      return of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifests of(Path values, String... more) {
    var template = new Helm(WITHOUT_HOOKS).template().withName("posthorn").withNamespace("support").withKubeVersion("1.27.0").withValuesFile(values);
    for (var pair : more) {
      var parts = pair.split("=", 2);
      template.set(parts[0], parts[1]);
    }
    return parse(template.call());
  }

  private static Path withoutHooks() {
    try (var files = Files.walk(CHART)) {
      var copy = Files.createTempDirectory("chart-").resolve("posthorn");
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = copy.resolve(CHART.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(target, Files.readString(file).replaceAll("(?m)^ *helm\\.sh/hook: .*\n", ""));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Manifests parse(String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      var all = new ArrayList<JsonNode>();
      documents.forEachRemaining(document -> {
        if (!document.isNull() && !document.isEmpty()) {
          all.add(document);
        }
      });
      return new Manifests(all);
    } catch (IOException e) {
      throw new AssertionError("Not YAML: " + e.getMessage() + "\n" + text, e);
    }
  }

  /// @throws AssertionError naming a field that the kind does not have; kinds that are no part of Kubernetes are let through
  void checkStrictly() {
    for (var document : all) {
      var type = Optional.ofNullable(KNOWN.get(kind(document)));
      if (type.isEmpty() && !kind(document).startsWith("keda.sh/")) {
        throw new AssertionError("No model for " + kind(document));
      }
      type.ifPresent(known -> read(document, known));
    }
  }

  private static String kind(JsonNode document) {
    return document.path("apiVersion").asText() + "/" + document.path("kind").asText();
  }

  private static <T> T read(JsonNode document, Class<T> type) {
    try {
      return STRICT.treeToValue(document, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(kind(document) + " " + document.at("/metadata/name").asText() + ": " + e.getOriginalMessage(), e);
    }
  }

  <T extends HasMetadata> List<T> of(Class<T> type) {
    return all.stream().filter(document -> type.equals(KNOWN.get(kind(document)))).map(document -> read(document, type)).toList();
  }

  <T extends HasMetadata> T named(Class<T> type, String name) {
    return of(type).stream().filter(one -> one.getMetadata().getName().equals(name)).findFirst()
        .orElseThrow(() -> new AssertionError("No " + type.getSimpleName() + " " + name));
  }
}
