package dev.posthorn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// While an upgrade rolls, processes of two versions work on one database: a migration adds, and what the version before still uses
/// is taken away a release later (`docs/operating.md`, upgrading). What lies up to V033 was there before anybody ran it.
class MigrationsTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final int FIRST = 33;
  private static final Pattern NUMBER = Pattern.compile("V(\\d{3})__\\w+\\.sql");

  /// What a process of the version before would stumble over.
  private static final Pattern TAKES_AWAY = Pattern.compile("\\bdrop\\s+(table|column|view|type)\\b|\\brename\\b|\\bset\\s+not\\s+null\\b"
      + "|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b|\\badd\\s+column\\s+(?:(?!default|,|;).)*\\bnot\\s+null(?:(?!default|,|;).)*[,;]",
      Pattern.DOTALL);

  /// A migration that does, says since when nobody uses what it takes away.
  private static final Pattern SAYS_SINCE_WHEN = Pattern.compile("(?m)^-- contract: unused since \\d+\\.\\d+\\.\\d+");

  static boolean isSafe(String sql) {
    var statements = sql.replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT);
    return !TAKES_AWAY.matcher(statements).find() || SAYS_SINCE_WHEN.matcher(sql).find();
  }

  @Test
  void theVersionBeforeGoesOnWorkingOnEveryLaterSchema() throws IOException {
    try (var files = Files.list(MIGRATIONS)) {
      for (var file : files.filter(one -> number(one) > FIRST).toList()) {
        assertThat(isSafe(Files.readString(file))).as(file.getFileName() + " takes away what the version before uses").isTrue();
      }
    }
  }

  @Test
  void whatTakesAwayIsFound() {
    assertThat(List.of("alter table ticket drop column color;", "ALTER TABLE ticket RENAME COLUMN a TO b;", "drop table wrap_up;",
        "alter table ticket alter column number type text;", "alter table ticket alter subject set not null;",
        "alter table ticket add column kind text not null;")).noneMatch(MigrationsTest::isSafe);
    assertThat(List.of("alter table ticket add column kind text;", "alter table ticket add column kind text not null default 'x';",
        "-- drop column some day\ncreate index i on ticket (tenant_id, kind);", "create table a (tenant_id uuid not null);",
        "-- contract: unused since 1.4.0\nalter table ticket drop column color;")).allMatch(MigrationsTest::isSafe);
  }

  @Test
  void numbersAreTakenOnce() throws IOException {
    try (var files = Files.list(MIGRATIONS)) {
      assertThat(files.map(MigrationsTest::number)).doesNotHaveDuplicates();
    }
  }

  private static int number(Path file) {
    var name = NUMBER.matcher(file.getFileName().toString());
    assertThat(name.matches()).as(file + " is named V001__what.sql").isTrue();
    return Integer.parseInt(name.group(1));
  }
}
