package dev.posthorn.support.real;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A server that is installed on this machine, run as a process of a test's own: its configuration and everything that it writes
/// lie in a directory that is deleted with it, it listens on ports of 127.0.0.1 alone, and it ends with the test. Where it is not
/// installed, the test is skipped and says so.
final class Daemon implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final Path directory;
  private Process process;

  /// @param program its file; see docs/real-servers.md for what to install
  Daemon(String name, Path program) {
    Assumptions.assumeTrue(Files.isExecutable(program), () -> name + " is not installed (" + program + "): see docs/real-servers.md");
    this.name = name;
    try {
      directory = Files.createTempDirectory(name + "-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  /// Whether this runs as root, who may give processes to other users.
  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  Path write(String file, String text) {
    try {
      var path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it and waits until it listens.
  void start(List<String> command, int port) {
    start(command, port, LIMIT);
  }

  /// @param patience how long it may take to listen
  void start(List<String> command, int port, Duration patience) {
    try {
      process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
          .redirectOutput(directory.resolve("output.log").toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    await(name + " to listen").atMost(patience).until(() -> {
      if (!process.isAlive()) {
        throw new AssertionError(name + " ended with " + process.exitValue() + ": " + words());
      }
      return listens(port);
    });
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Everything that it has written into its logs.
  String words() {
    try (var files = Files.list(directory)) {
      var words = new StringBuilder();
      for (var log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        words.append(Files.readString(log));
      }
      return words.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (process != null) {
        // Its children end with it: it is asked, and given the time.
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
      }
      try (var files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
