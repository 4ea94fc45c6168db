package dev.posthorn.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The packaged application (for the JVM, or native, whichever `posthorn.package` names) as a process of its own, in the production
/// profile, listening on ports of 127.0.0.1 that the system chooses. Whatever it prints is kept in `target/nodes/<name>.log`. It
/// never outlives the JVM of the tests.
public final class Node implements AutoCloseable {
  private static final Path LOGS = Path.of("target", "nodes");
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Pattern SMTP = Pattern.compile("SMTP on 127\\.0\\.0\\.1 port (\\d+)");
  private static final Pattern HTTP = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
  }

  /// How a node is to be started.
  public static final class Plan {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"));

    private boolean asEnvironment;

    private Path program = executable();

    private Plan() {}

    /// Hands the settings over as environment variables by their own names, as the chart does, not as system properties.
    public Plan asEnvironment() {
      asEnvironment = true;
      return this;
    }

    public Plan set(String name, String value) {
      settings.put(name, value);
      return this;
    }

    public Plan set(Map<String, String> more) {
      settings.putAll(more);
      return this;
    }

    public Plan without(String name) {
      settings.remove(name);
      return this;
    }

    /// Another package than the one that is tested.
    public Plan program(Path other) {
      program = other.toAbsolutePath();
      return this;
    }

    /// One more argument of the JVM.
    public Plan jvm(String argument) {
      jvm.add(argument);
      return this;
    }

    /// Starts the process and does not wait for it.
    public Node launch(String name) {
      return new Node(name, this);
    }

    /// Starts it and waits until it says that it is ready.
    public Node start(String name) {
      return launch(name).awaitReady();
    }

    private List<String> command() {
      var command = new ArrayList<String>();
      if (isNative(program)) {
        command.add(program.toString());
      } else {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
      }
      if (!asEnvironment) {
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
      }
      if (!isNative(program)) {
        command.addAll(List.of("-jar", program.toString()));
      }
      return command;
    }
  }

  private final String name;
  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final Thread reader;

  private Node(String name, Plan plan) {
    this.name = name;
    try {
      Files.createDirectories(LOGS);
      // A directory of its own, so that no file of the project is taken for configuration.
      var builder = new ProcessBuilder(plan.command()).directory(Files.createTempDirectory("node-").toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeIf(key -> key.startsWith("POSTHORN_") || key.startsWith("QUARKUS_") || key.equals("JAVA_TOOL_OPTIONS"));
      if (plan.asEnvironment) {
        builder.environment().putAll(plan.settings);
      }
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ALIVE.add(process);
    reader = Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
  }

  /// Where the packaged application lies.
  public static Path thePackage() {
    return executable().getParent();
  }

  private static Path executable() {
    return Path.of(System.getProperty("posthorn.package")).toAbsolutePath();
  }

  /// Whether it is an executable of its own, without a JVM.
  private static boolean isNative(Path program) {
    return !program.toString().endsWith(".jar");
  }

  /// A plan with all that an operator must set, and short pauses, so that tests are quick.
  public static Plan plan(String database, int relayPort) {
    return new Plan()
        .set(TestDatabase.config(database))
        .set("quarkus.http.host", "127.0.0.1").set("quarkus.http.port", "0")
        .set("posthorn.smtp.host", "127.0.0.1").set("posthorn.smtp.port", "0")
        .set("posthorn.mail.domain", DOMAIN)
        .set("posthorn.ticket.reply-keys", "1:only-for-nodes-of-tests-never-for-real-mail")
        .set("posthorn.secret.keys", "nodes:b25seS1mb3ItdGVzdHMtbmV2ZXItZm9yLXJlYWwtOi0=")
        .set("posthorn.operator.key", Office.OPERATOR)
        .set("posthorn.trust.enabled", "false")
        .set("quarkus.mailer.host", "127.0.0.1").set("quarkus.mailer.port", String.valueOf(relayPort))
        .set("quarkus.mailer.start-tls", "DISABLED")
        .set("quarkus.datasource.jdbc.max-size", "12")
        .set("quarkus.shutdown.delay", "0")
        .set("posthorn.triage.lease", "3s").set("posthorn.triage.poll-interval", "100ms").set("posthorn.triage.first-pause", "200ms")
        .set("posthorn.outbox.lease", "3s").set("posthorn.outbox.poll-interval", "100ms").set("posthorn.outbox.first-pause", "200ms")
        .set("posthorn.outbox.doubt-pause", "500ms");
  }

  /// The domain of forwarding addresses.
  public static final String DOMAIN = "in.posthorn.example";

  private void read() {
    try (var lines = process.inputReader(StandardCharsets.UTF_8);
        var log = Files.newBufferedWriter(LOGS.resolve(name + ".log"))) {
      for (String line; (line = lines.readLine()) != null; ) {
        output.append(line).append('\n');
        log.write(line);
        log.newLine();
        log.flush();
      }
    } catch (IOException e) {
      output.append(e);
    }
  }

  /// Waits until it answers by HTTP: enough for one that takes no mail.
  ///
  /// @throws AssertionError if it ends instead
  public Node awaitHttp() {
    await("start of " + name).atMost(START_LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
      if (!process.isAlive()) {
        throw new AssertionError("Node " + name + " ended with " + process.exitValue() + ":\n" + lastWords());
      }
      return HTTP.matcher(output).find() && status("/q/health/started") == 200;
    });
    return this;
  }

  /// @throws AssertionError if it ends instead
  public Node awaitReady() {
    await("start of " + name).atMost(START_LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
      if (!process.isAlive()) {
        throw new AssertionError("Node " + name + " ended with " + process.exitValue() + ":\n" + lastWords());
      }
      return HTTP.matcher(output).find() && SMTP.matcher(output).find() && status("/q/health/ready") == 200;
    });
    return this;
  }

  /// The status of a GET without a key; 0 where nobody answers.
  public int status(String path) {
    try {
      var request = HttpRequest.newBuilder(http().resolve(path)).timeout(Duration.ofSeconds(10)).build();
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  public URI http() {
    return URI.create("http://127.0.0.1:" + port(HTTP));
  }

  public int smtpPort() {
    return port(SMTP);
  }

  private int port(Pattern said) {
    var found = said.matcher(output);
    if (!found.find()) {
      throw new IllegalStateException("Node " + name + " has not said where it listens:\n" + lastWords());
    }
    return Integer.parseInt(found.group(1));
  }

  /// Its process.
  public long pid() {
    return process.pid();
  }

  /// The processor time that it has used.
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Everything it has printed so far.
  public String output() {
    return output.toString();
  }

  private String lastWords() {
    return output.substring(Math.max(0, output.length() - 4_000));
  }

  /// Asks it to end (SIGTERM) and waits.
  ///
  /// @return its exit code
  public int stop() {
    process.toHandle().destroy();
    return awaitEnd();
  }

  /// Ends it as a power cut does (SIGKILL).
  public void kill() {
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  /// Waits until it has ended by itself and everything that it printed is read.
  ///
  /// @return its exit code
  public int awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Node " + name + " does not end:\n" + lastWords());
      }
      reader.join();
      ALIVE.remove(process);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for the end of " + name, e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
