package dev.posthorn.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.docs.ConfigurationSource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who does what: every work that a process can be told to leave is done by pods of one role.
class SwitchesTest {
  @Test
  void servicesLeadToThePodsThatServeThem() {
    var split = Manifests.of("split.yaml");

    assertThat(Pods.led(split, "posthorn")).containsExactly("posthorn-api");
    assertThat(Pods.led(split, "posthorn-smtp")).containsExactly("posthorn-smtp");
    assertThat(Pods.led(split, "posthorn-metrics")).containsExactlyInAnyOrder("posthorn-api", "posthorn-smtp", "posthorn-pull", "posthorn-triage", "posthorn-send");
    assertThat(Pods.led(Manifests.of("minimal.yaml"), "posthorn")).containsExactly("posthorn");
  }

  private static final List<String> ROLES = List.of("api", "smtp", "pull", "triage", "send");

  /// How mail is judged, not who does it.
  private static final String NO_ROLE = "posthorn.trust.enabled";

  private static Set<String> switches() {
    return ConfigurationSource.read().stream().flatMap(group -> group.keys().stream())
        .filter(key -> key.name().endsWith(".enabled") && key.preset().filter("true"::equals).isPresent() && !key.name().equals(NO_ROLE))
        .map(ConfigurationSource.Key::name).collect(Collectors.toSet());
  }

  @Test
  void combinedPodsDoEverything() {
    var settings = Pods.settings(Manifests.of("minimal.yaml").named(Deployment.class, "posthorn"));

    assertThat(switches()).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(settings).containsEntry(name, "true"));
  }

  @Test
  void whatMayBeSwitchedOffIsDoneByOneRole() {
    var split = Manifests.of("split.yaml");

    assertThat(switches()).allSatisfy(name -> assertThat(ROLES).as(name)
        .filteredOn(role -> Pods.settings(split.named(Deployment.class, "posthorn-" + role)).get(name).equals("true")).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({"smtp,smtp", "pull,pull", "triage,triage", "triage,sla", "triage,desk", "triage,search", "triage,privacy", "triage,archive", "triage,figures",
    "triage,blob.s3", "send,outbox", "send,webhook", "send,text", "send,notice"})
  void splitPodsDoWhatTheirRoleIs(String role, String work) {
    assertThat(Pods.settings(Manifests.of("split.yaml").named(Deployment.class, "posthorn-" + role))).containsEntry("posthorn." + work + ".enabled", "true");
  }

  @Test
  void whatNobodyIsToDoIsSwitchedOffOnceForAll() {
    var settings = Pods.settings(Manifests.saying("minimal.yaml", "settings: {posthorn.archive.enabled: false}").named(Deployment.class, "posthorn"));

    assertThat(settings).containsEntry("posthorn.archive.enabled", "false").containsEntry("posthorn.search.enabled", "true");
  }

  @Test
  void operatorsAreToldOfEverySwitch() throws IOException {
    var page = Files.readString(Path.of("docs/operating.md"));

    assertThat(switches()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }
}
