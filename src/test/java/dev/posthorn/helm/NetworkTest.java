package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who gets in, by which way, and who is believed about it.
class NetworkTest {
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
    assertThat(Pods.settings(Manifests.of("split.yaml").named(Deployment.class, "posthorn-api"))).containsEntry("quarkus.http.proxy.proxy-address-forwarding", "true")
        .containsEntry("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8").containsEntry("posthorn.web.public-url", "https://posthorn.example.com");
    assertThat(Pods.settings(Manifests.of("split.yaml", "settings.posthorn\\.web\\.public-url=https://help.example.com").named(Deployment.class, "posthorn-api")))
        .containsEntry("posthorn.web.public-url", "https://help.example.com");
    assertThat(Pods.settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn"))).doesNotContainKey("quarkus.http.proxy.proxy-address-forwarding");
  }

  @Test
  void providersSendBrowsersBackToTheIngress() {
    assertThat(Pods.settings(Manifests.of("split.yaml").named(Deployment.class, "posthorn-api")))
        .containsEntry("posthorn.oauth.callback-url", "https://posthorn.example.com/oauth/callback");
    assertThat(Pods.settings(Manifests.of("split.yaml", "settings.posthorn\\.oauth\\.callback-url=https://help.example.com/oauth/callback").named(Deployment.class, "posthorn-api")))
        .containsEntry("posthorn.oauth.callback-url", "https://help.example.com/oauth/callback");
    assertThat(Pods.settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn"))).doesNotContainKey("posthorn.oauth.callback-url");
  }

  private static NetworkPolicy policy(String values, String... more) {
    return Manifests.of(values, more).of(NetworkPolicy.class).getFirst();
  }

  @Test
  void theNetworkPolicyLetsInWhoIsNamed() {
    var ways = policy("split.yaml").getSpec().getIngress();

    assertThat(ways).hasSize(2);
    assertThat(ways.get(0).getFrom()).as("HTTP: the ingress, and whoever reads metrics")
        .extracting(peer -> peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name")).containsExactly("ingress-nginx", "monitoring");
    assertThat(ways.get(1).getFrom()).extracting(peer -> peer.getIpBlock().getCidr()).containsExactly("10.0.0.0/8");
    assertThat(policy("minimal.yaml").getSpec().getIngress().get(0).getFrom()).as("HTTP is for everybody, where nobody is named").isEmpty();
  }

  /// Metrics lie on the port of HTTP.
  @Test
  void metricsAreNotShutAwayByNamingOthersNorOpenedByNamingNobody() {
    var somebody = "[0].podSelector.matchLabels.app=x";

    assertThatThrownBy(() -> Manifests.of("minimal.yaml", "networkPolicy.metricsFrom" + somebody)).hasMessageContaining("networkPolicy.httpFrom");
    assertThatThrownBy(() -> Manifests.of("minimal.yaml", "networkPolicy.httpFrom" + somebody, "monitoring.serviceMonitor.enabled=true"))
        .hasMessageContaining("networkPolicy.metricsFrom");
    assertThat(policy("minimal.yaml", "networkPolicy.httpFrom" + somebody).getSpec().getIngress().get(0).getFrom()).hasSize(1);
  }

  @Test
  void podsReachTheEvaluationDatabaseWhereTheWayOutIsNamed() {
    var ways = policy("evaluation.yaml", "networkPolicy.egressTo[0].ipBlock.cidr=192.0.2.0/24").getSpec().getEgress();

    assertThat(ways).filteredOn(way -> way.getTo().stream().anyMatch(peer -> peer.getPodSelector() != null)).singleElement().satisfies(way -> {
      assertThat(way.getTo().getFirst().getPodSelector().getMatchLabels()).containsEntry("app.kubernetes.io/component", "database");
      assertThat(way.getPorts()).extracting(port -> port.getPort().getIntVal()).containsExactly(5432);
    });
  }

  /// Of a service of another type, Kubernetes refuses it.
  @Test
  void onlyABalancerIsToldWhoMaySpeakToIt() {
    var ranges = "smtp.service.loadBalancerSourceRanges[0]=192.0.2.0/24";

    assertThat(Manifests.of("minimal.yaml", ranges).named(Service.class, "posthorn-smtp").getSpec().getLoadBalancerSourceRanges()).isEqualTo(List.of("192.0.2.0/24"));
    assertThat(Manifests.of("minimal.yaml", ranges, "smtp.service.type=NodePort").named(Service.class, "posthorn-smtp").getSpec().getLoadBalancerSourceRanges()).isEmpty();
  }
}
