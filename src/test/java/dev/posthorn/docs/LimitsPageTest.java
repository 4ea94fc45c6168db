package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.MailLimits;
import dev.posthorn.web.PageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/limits.md` names every limit, with the default that it has.
class LimitsPageTest {
  private static final Pattern A_LIMIT = Pattern.compile(
      ".*\\.(max-.*|.*-bytes|.*-octets|.*-length|.*-timeout|.*-deadline|.*-pause|.*-per-connection|.*-after|.*-grace|.*-patience|lease|batch|workers|concurrency|burst|per-minute|keep|linger|key-cache-ttl)");

  private final List<String> rows = rows();

  @Test
  void everyLimitOfTheConfigurationStandsThereWithItsDefault() {
    var limits = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream())
        .filter(key -> A_LIMIT.matcher(key.name()).matches()).toList();

    assertThat(limits).hasSizeGreaterThan(40);
    assertThat(limits.stream().filter(key -> rows.stream().noneMatch(row -> isOf(row, key.name()) && key.preset().map(preset -> row.contains("`" + preset + "`")).orElse(key.optional()))))
        .as("limits without a row of their own, or with another default there").isEmpty();
  }

  @Test
  void noLimitStandsThereThatIsNone() {
    var keys = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream()).map(ConfigurationSource.Key::name).toList();

    assertThat(rows.stream().filter(row -> row.startsWith("| `posthorn.")).map(row -> row.split("`")[1])).isSubsetOf(keys);
  }

  @Test
  void theMailParsersOwnDefaultsAreThoseOfTheConfiguration() {
    var presets = ConfigurationSource.read().stream().flatMap(group -> group.keys().stream())
        .filter(key -> key.name().startsWith("posthorn.parser.")).map(key -> key.preset().orElseThrow()).toList();

    assertThat(Arrays.stream(MailLimits.class.getRecordComponents()).map(limit -> presetOf(limit)).toList())
        .as("the limits of the parser where nothing configures it, in the order of the configuration").isEqualTo(presets);
  }

  @Test
  void limitsOfPagesAndOfWhatTheServiceComesWithAreRight() {
    var set = ConfigurationPage.properties();

    assertThat(rows).anyMatch(row -> isOf(row, "PageRequest")
        && row.contains("`" + PageRequest.DEFAULT_LIMIT + "`") && row.contains("`" + PageRequest.MAX_LIMIT + "`"));
    for (var key : List.of("quarkus.datasource.jdbc.max-size", "quarkus.datasource.jdbc.acquisition-timeout", "quarkus.http.limits.max-body-size")) {
      assertThat(rows).anyMatch(row -> isOf(row, key) && row.contains("`" + set.getProperty(key) + "`"));
    }
  }

  private static String presetOf(RecordComponent limit) {
    try {
      var value = limit.getAccessor().invoke(MailLimits.DEFAULT);
      return value instanceof Duration time ? time.toSeconds() + "s" : value.toString();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether the row begins with that name.
  private static boolean isOf(String row, String name) {
    return row.startsWith("| `" + name + "`");
  }

  private static List<String> rows() {
    try {
      return Arrays.stream(Files.readString(Path.of("docs/limits.md")).split("\n")).filter(line -> line.startsWith("| ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
