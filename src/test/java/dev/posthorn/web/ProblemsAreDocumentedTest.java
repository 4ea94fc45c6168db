package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemsAreDocumentedTest {
  @Test
  void thePageListsEveryKindAsTheCodeHasIt() throws IOException {
    var listed = Files.readAllLines(Path.of("docs/problems.md")).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(listed).containsExactlyElementsOf(Arrays.stream(ProblemKind.values())
        .map(kind -> "| `" + kind.slug() + "` | " + kind.status() + " | " + kind.title() + " | " + kind.meaning() + " |").toList());
  }
}
