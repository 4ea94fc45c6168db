package dev.posthorn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// While an upgrade rolls, processes of two versions work on one database: a migration adds, and what the version before still uses
/// is taken away a release later (`docs/operating.md`, upgrading). What lies up to V033 was there before anybody ran it.
class MigrationsTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final int FIRST = 33;

  /// From here on, what is demanded of rows that are there, and what stops writes, is looked at too: by then there are installations with much mail.
  private static final int STRICT = 57;

  private static final Pattern NUMBER = Pattern.compile("V(\\d{3})__\\w+\\.sql");

  /// What a process of the version before would stumble over.
  private static final Pattern TAKES_AWAY = Pattern.compile("\\bdrop\\s+(table|column|view|type)\\b|\\brename\\b|\\bset\\s+not\\s+null\\b"
      + "|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b|\\badd\\s+column\\s+(?:(?!default|,|;).)*\\bnot\\s+null(?:(?!default|,|;).)*[,;]",
      Pattern.DOTALL);

  private static final Pattern CREATES = Pattern.compile("\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");

  /// A demand on rows that the version before goes on writing, or a function that it goes on calling.
  private static final Pattern DEMANDS = Pattern.compile("\\balter\\s+table\\s+(?:only\\s+)?(\\w+)\\s[^;]*?\\badd\\s+(?:constraint|check|unique|primary|foreign|exclude)\\b"
      + "|\\bcreate\\s+unique\\s+index\\s[^;]*?\\bon\\s+(\\w+)|\\bdrop\\s+function\\b");

  /// Nobody writes to the table while its index is made.
  private static final Pattern STOPS_WRITES = Pattern.compile("\\bcreate\\s+(?:unique\\s+)?index\\s[^;]*?\\bon\\s+(\\w+)");

  /// It waits for every transaction, and Flyway holds its lock by one: the migration would never end.
  private static final Pattern NEVER_ENDS = Pattern.compile("\\bindex\\s+concurrently\\b");

  /// A migration that demands something, says why the version before meets it.
  private static final Pattern SAYS_WHY_IT_FITS = Pattern.compile("(?m)^-- fits the version before: \\S");

  /// A migration that stops writes, says why that is short.
  private static final Pattern SAYS_WHY_IT_IS_SHORT = Pattern.compile("(?m)^-- stops writes: \\S");

  /// A migration that does, says since when nobody uses what it takes away.
  private static final Pattern SAYS_SINCE_WHEN = Pattern.compile("(?m)^-- contract: unused since \\d+\\.\\d+\\.\\d+");

  static boolean isSafe(String sql) {
    var statements = sql.replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT);
    return !TAKES_AWAY.matcher(statements).find() || SAYS_SINCE_WHEN.matcher(sql).find();
  }

  /// Of a table that the migration makes itself there are neither rows nor writers.
  static boolean isGentle(String sql) {
    var statements = sql.replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT);
    var own = CREATES.matcher(statements).results().map(found -> found.group(1)).collect(Collectors.toSet());
    return !NEVER_ENDS.matcher(statements).find()
        && (SAYS_WHY_IT_FITS.matcher(sql).find() || SAYS_SINCE_WHEN.matcher(sql).find() || concerns(DEMANDS, statements, own))
        && (SAYS_WHY_IT_IS_SHORT.matcher(sql).find() || concerns(STOPS_WRITES, statements, own));
  }

  /// Whether all that is found is about those tables.
  private static boolean concerns(Pattern pattern, String statements, Set<String> tables) {
    return pattern.matcher(statements).results()
        .allMatch(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group).anyMatch(tables::contains));
  }

  @Test
  void theVersionBeforeGoesOnWorkingOnEveryLaterSchema() throws IOException {
    try (var files = Files.list(MIGRATIONS)) {
      for (var file : files.filter(one -> number(one) > FIRST).toList()) {
        assertThat(isSafe(Files.readString(file))).as(file.getFileName() + " takes away what the version before uses").isTrue();
        assertThat(number(file) < STRICT || isGentle(Files.readString(file))).as(file.getFileName() + " demands something or stops writes, and does not say why it may").isTrue();
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
  void whatDemandsOrStopsWritesIsFound() {
    assertThat(List.of("alter table ticket add constraint c check (number > 0);", "ALTER TABLE ticket ADD CHECK (number > 0);", "alter table ticket add unique (a);",
        "alter table ticket\n  add column a text,\n  add foreign key (a) references b;", "create unique index i on ticket (tenant_id, a);", "drop function f(int);",
        "create index i on ticket (tenant_id, a);", "create index if not exists i on ticket (a);",
        "-- stops writes: not at all\ncreate index concurrently i on ticket (tenant_id, a);")).noneMatch(MigrationsTest::isGentle);
    assertThat(List.of("create table a (tenant_id uuid not null, check (b > 0));\ncreate index i on a (tenant_id);\nalter table a add unique (b);",
        "alter table ticket add column kind text;", "create function f() returns int language sql return 1;",
        "-- fits the version before: more kinds than it knows\nalter table ticket drop constraint c;\nalter table ticket add check (kind in ('a', 'b'));",
        "-- stops writes: a row for each agent\ncreate index i on agent (tenant_id, a);", "-- contract: unused since 1.4.0\ndrop function f(int);"))
        .allMatch(MigrationsTest::isGentle);
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
