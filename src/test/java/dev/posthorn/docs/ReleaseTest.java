package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static String found(String file, String pattern) throws IOException {
    var found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(Path.of(file)));
    assertThat(found.find()).as(file + ": " + pattern).isTrue();
    return found.group(1);
  }

  /// Between two releases, the version is the next one's, with `-SNAPSHOT`.
  @Test
  void packageChartAndChangelogAreOfOneVersion() throws IOException {
    var version = found("pom.xml", "<artifactId>posthorn</artifactId>\\s*<version>([^<]+)</version>");

    assertThat(found("helm/Chart.yaml", "^appVersion: \"(.+)\"$")).isEqualTo(version);
    if (!version.endsWith("-SNAPSHOT")) {
      assertThat(found("CHANGELOG.md", "^## \\[(\\d[^]]*)] - \\d{4}-\\d{2}-\\d{2}$")).isEqualTo(version);
    }
  }
}
