package dev.posthorn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is packed may be passed on: each part is offered under a licence of the list. The bill of materials that the build has just written is read,
/// and a report for people is written beside it.
@Tag("packaged")
class LicencesTest {
  /// SPDX ids, and the two names that have none there. Whoever adds one has read it.
  private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "CC0-1.0", "EPL-1.0", "EPL-2.0",
      "GPL-2.0-with-classpath-exception", "GNU General Public License, version 2 with the GNU Classpath Exception", "Public Domain", "UPL-1.0");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// A part, and under what it is offered: one of several is chosen.
  private record Part(String name, String version, List<String> licences) {
    boolean isAllowed() {
      return licences.stream().anyMatch(ALLOWED::contains);
    }

    @Override
    public String toString() {
      return name + " " + version + " " + licences;
    }
  }

  private static List<Part> parts(JsonNode bom) {
    return StreamSupport.stream(bom.path("components").spliterator(), false).map(part -> new Part(
        part.path("group").asText() + ":" + part.path("name").asText(), part.path("version").asText(),
        StreamSupport.stream(part.path("licenses").spliterator(), false).map(LicencesTest::licence).toList())).toList();
  }

  private static String licence(JsonNode choice) {
    var licence = choice.path("license");
    return licence.has("id") ? licence.path("id").asText() : licence.has("name") ? licence.path("name").asText() : choice.path("expression").asText();
  }

  @Test
  void everyPartMayBePassedOn() throws IOException {
    var target = Path.of("target");
    assumeTrue(Files.exists(target.resolve("bom.json")), "No bill of materials: it is not written where Maven is told to stay offline");
    var parts = parts(JSON.readTree(target.resolve("bom.json").toFile()));
    var lines = new TreeSet<String>();
    parts.forEach(part -> lines.add("| " + part.name + " | " + part.version + " | " + String.join(", ", part.licences) + " |"));
    var report = new ArrayList<>(List.of("| part | version | licence |", "|---|---|---|"));
    report.addAll(lines);
    Files.write(target.resolve("licences.md"), report);

    assertThat(parts).hasSizeGreaterThan(100);
    assertThat(parts).filteredOn(part -> !part.isAllowed()).as("parts whose licence nobody has allowed").isEmpty();
  }

  @Test
  void theListBites() throws IOException {
    var bom = JSON.readTree("""
        {"components":[{"group":"a","name":"free","version":"1","licenses":[{"license":{"id":"MIT"}},{"license":{"id":"GPL-3.0-only"}}]},
          {"group":"b","name":"bound","version":"1","licenses":[{"license":{"id":"AGPL-3.0-only"}}]},{"group":"c","name":"silent","version":"1"}]}""");

    assertThat(parts(bom)).filteredOn(part -> !part.isAllowed()).extracting(Part::name).containsExactly("b:bound", "c:silent");
  }
}
