package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/operating.md` lists the metrics that there are, and names no key and no metric that is none.
class OperatingPageTest {
  private static final Pattern METER = Pattern.compile("(?:counter|gauge|timer|builder)\\(\"(posthorn\\.[a-z.]+)\"");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`posthorn\\.[^|]+) \\|");
  private static final Pattern NAMED = Pattern.compile("`(posthorn\\.[a-z0-9.-]+)");

  /// What a step of a walk says of itself.
  private static final Pattern ATTRIBUTE = Pattern.compile("\\.(?:says|counts)\\(\"([a-z.]+)\"");

  private final String page = Files.readString(Path.of("docs/operating.md"));

  OperatingPageTest() throws IOException {}

  @Test
  void theMetricsListedAreThoseOfTheSources() throws IOException {
    var cells = FIRST_CELL.matcher(page).results().map(row -> row.group(1)).collect(Collectors.joining(" "));

    assertThat(found(NAMED, cells)).isEqualTo(meters()).hasSizeGreaterThan(10);
  }

  @Test
  void everythingNamedExists() throws IOException {
    var known = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream()).map(ConfigurationSource.Key::name)
        .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(meters());
    sources(ATTRIBUTE).forEach(attribute -> known.add("posthorn." + attribute));

    assertThat(known).containsAll(found(NAMED, page));
  }

  private static Set<String> meters() throws IOException {
    return sources(METER);
  }

  private static Set<String> sources(Pattern pattern) throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        names.addAll(found(pattern, Files.readString(file)));
      }
    }
    return names;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }
}
