package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/features.md` claims nothing that no test shows: whatever is said to work names tests that exist and that name the
/// feature in turn.
class FeaturesTest {
  private static final Map<String, Integer> RANGES = Map.of("EH", 36, "TH", 46, "WX", 22, "AT", 13, "OD", 29, "P", 58);
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern SHOWN = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Pattern TEST = Pattern.compile("(?m)^ *@(Test|ParameterizedTest)\\b");

  private final Map<String, Path> classes = classes();
  private final List<Row> rows = rows();

  /// One feature: its id, what it is, how far it is, and the tests that show it.
  private record Row(String id, String meaning, String state) {
    boolean claims() {
      return state.startsWith("works") || state.startsWith("partly");
    }

    Stream<String> tests() {
      return SHOWN.matcher(state).results().map(test -> test.group(1) + "." + test.group(2));
    }
  }

  @Test
  void everyFeatureHasOneRow() {
    var wanted = RANGES.entrySet().stream()
        .flatMap(range -> IntStream.rangeClosed(1, range.getValue()).mapToObj(number -> "%s-%02d".formatted(range.getKey(), number)))
        .toList();

    assertThat(rows).extracting(Row::id).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(rows).allSatisfy(row -> assertThat(row.meaning).isNotBlank());
  }

  @Test
  void everyRowSaysHowFarItIs() {
    assertThat(rows).allSatisfy(row -> {
      assertThat(row.state).as(row.id).matches("works: `.*|partly: `.*|not yet");
      assertThat(row.tests().count()).as("tests of " + row.id).isGreaterThanOrEqualTo(row.claims() ? 1 : 0);
    });
  }

  @Test
  void everyClaimNamesTestsThatNameIt() {
    var wrong = rows.stream().filter(Row::claims)
        .flatMap(row -> row.tests().filter(test -> !shows(test, row.id)).map(test -> row.id + ": " + test))
        .toList();

    assertThat(wrong).as("tests that do not exist, or do not name the feature").isEmpty();
  }

  @Test
  void aTestThatNamesAnotherFeatureShowsNothing() {
    var own = FeaturesTest.class.getSimpleName() + ".aTestThatNamesAnotherFeatureShowsNothing"; // EH-99

    assertThat(shows(own, "EH-99")).isTrue();
    assertThat(shows(own, "EH-" + 98)).isFalse();
    assertThat(shows(own + "AtAll", "EH-99")).isFalse();
    assertThat(shows("Nobody.noTest", "EH-99")).isFalse();
  }

  /// Whether there is such a test, and it, or what is said of its class as a whole, names the feature.
  private boolean shows(String test, String id) {
    var parts = test.split("\\.");
    if (!classes.containsKey(parts[0])) {
      return false;
    }
    var source = read(classes.get(parts[0]));
    var tests = TEST.split(source);
    var of = Pattern.compile("\\bvoid " + parts[1] + "\\(");
    var named = Pattern.compile("\\b" + id + "\\b");
    return IntStream.range(1, tests.length)
        // A comment may stand above the annotation, behind the end of the test before.
        .filter(number -> of.matcher(tests[number]).find())
        .anyMatch(number -> named.matcher(tests[number]).find() || named.matcher(endOf(tests[number - 1])).find() || named.matcher(tests[0]).find());
  }

  /// What stands behind the last line that ends a method.
  private static String endOf(String text) {
    return text.substring(Math.max(0, text.lastIndexOf("}\n")));
  }

  private static List<Row> rows() {
    return Arrays.stream(read(Path.of("docs/features.md")).split("\n"))
        .filter(line -> line.matches("\\| [A-Z]{1,2}-\\d\\d \\|.*"))
        .map(line -> line.split("\\|"))
        .map(cells -> new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()))
        .toList();
  }

  private static Map<String, Path> classes() {
    try (var files = Files.walk(TESTS)) {
      return files.filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""), Function.identity(), (one, _) -> one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
