package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/security.md` names for every wall a test that is there.
class SecurityPageTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    var sources = sources();
    var page = Files.readString(Path.of("docs/security.md"));

    assertThat(TEST.matcher(page).results().filter(test -> !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
        .map(test -> test.group())).isEmpty();
  }

  @Test
  void everyWallNamesATest() throws IOException {
    var rows = Files.readAllLines(Path.of("docs/security.md")).stream().filter(line -> line.startsWith("| ") && !line.startsWith("| asset ")).toList();

    assertThat(rows).hasSizeGreaterThan(10).allMatch(row -> TEST.matcher(row).find());
  }

  private static Map<String, String> sources() throws IOException {
    var sources = new TreeMap<String, String>();
    try (var files = Files.walk(Path.of("src/test/java"))) {
      for (var file : files.filter(one -> one.toString().matches(".*(Test|Contract)\\.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
