package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` says what the sources say. To bring it up to date:
/// `./mvnw test -Dtest=ConfigurationPageTest -Dposthorn.docs.write=true`.
class ConfigurationPageTest {
  private static final Path EXPECTED = Path.of("target/configuration.md");

  @Test
  void thePageSaysWhatTheSourcesSay() throws IOException {
    var expected = ConfigurationPage.text();
    if (Boolean.getBoolean("posthorn.docs.write")) {
      Files.writeString(ConfigurationPage.PAGE, expected);
    }
    Files.createDirectories(EXPECTED.getParent());
    Files.writeString(EXPECTED, expected);

    assertThat(ConfigurationPage.PAGE)
        .as("the page is not what the sources say: compare it with %s, or run this test with -Dposthorn.docs.write=true", EXPECTED)
        .content().isEqualTo(expected);
  }

  @Test
  void everyMappingIsRead() {
    assertThat(ConfigurationSource.read()).extracting(ConfigurationSource.Group::prefix)
        .contains("posthorn.blob", "posthorn.intake", "posthorn.mail", "posthorn.operator", "posthorn.outbox", "posthorn.relay",
            "posthorn.smtp", "posthorn.ticket", "posthorn.triage", "posthorn.web");
  }

  @Test
  void namesTypesBoundsAndDefaultsAreReadAsTheyAreWritten() {
    var keys = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream()).toList();

    assertThat(keys).anySatisfy(key -> {
      assertThat(key.name()).isEqualTo("posthorn.smtp.max-line-bytes");
      assertThat(key.type()).isEqualTo("number, at least 512, at most 999");
      assertThat(key.preset()).contains("998");
      assertThat(key.meaning()).startsWith("One command line in octets, CRLF included.");
    });
    assertThat(keys).extracting(ConfigurationSource.Key::name).contains("posthorn.web.rate-limit.per-minute", "posthorn.smtp.tls.key");
  }

  @Test
  void everyKeyOfOursThatTheServiceComesWithIsOnThePage() {
    var ours = ConfigurationPage.properties().stringPropertyNames().stream()
        .map(name -> name.replaceFirst("^%[a-z]+\\.", ""))
        .filter(name -> name.startsWith("posthorn."))
        .map(name -> name.replaceFirst("^(posthorn\\.login\\.providers\\.)[a-z]+", "$1\"<name>\""))
        .distinct().toList();

    assertThat(ConfigurationPage.text()).contains(ours);
    assertThat(ours).containsAll(List.of("posthorn.workbench.sink-port", "posthorn.mail.domain"));
  }
}
