package dev.posthorn.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// An SMTP server on 127.0.0.1 that is polite to every command, except where its script says otherwise.
///
/// A script is a list of steps. Each names the moment that it waits for: [#GREETING], the beginning of a command line
/// (`"RCPT TO:<b@"`), [#CONTENT] (just after `354`), [#END] (the final dot) or [#LOGIN] (a line of a login in progress).
/// It is used up by the first such moment, on whichever connection that is, unless it is [#always].
///
/// ```java
/// try (var server = ScriptedSmtpServer.start(say("RCPT TO:<b@", "550 5.1.1 no such user"), drop(END))) { … }
/// ```
public final class ScriptedSmtpServer implements AutoCloseable {

  /// The moment after the connection was accepted.
  public static final String GREETING = "<greeting>";
  /// The moment after DATA was answered with 354.
  public static final String CONTENT = "<content>";
  /// The moment after the final dot.
  public static final String END = ".";
  /// The moment after a line of a login that is no command.
  public static final String LOGIN = "<login>";

  /// What to do at a moment instead of being polite.
  public sealed interface Step {
    /// The moment it waits for.
    String at();

    /// Answers with these lines, several separated by `\n`; an answer with 421 also ends the connection.
    record Say(String at, String reply) implements Step {
    }

    /// Resets the connection.
    record Drop(String at) implements Step {
    }

    /// Reads so many octets of the content and resets the connection.
    record DropInside(int octets) implements Step {
      @Override
      public String at() {
        return CONTENT;
      }
    }

    /// Says nothing more and keeps the connection open.
    record Hush(String at) implements Step {
    }

    /// Talks for ever without ending a line.
    record Babble(String at) implements Step {
    }

    /// Does this at every such moment.
    record Always(Step step) implements Step {
      @Override
      public String at() {
        return step.at();
      }
    }
  }

  /// A mail that was taken, or would have been.
  public record Taken(String mailCommand, List<String> recipients, byte[] content) {
  }

  private final ScriptedDoor door = new ScriptedDoor(50, visitor -> new ScriptedVisit(this, visitor).run());
  private final List<Step> script;
  private final Optional<SSLContext> tls;
  private final boolean encryptsAtOnce;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private volatile List<String> extensions = List.of("SIZE 52428800", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "AUTH PLAIN LOGIN");

  private ScriptedSmtpServer(List<Step> script, Optional<SSLContext> tls, boolean encryptsAtOnce) {
    this.script = new ArrayList<>(script);
    this.tls = tls;
    this.encryptsAtOnce = encryptsAtOnce;
    door.open();
  }

  /// Starts one on a free port.
  public static ScriptedSmtpServer start(Step... script) {
    return new ScriptedSmtpServer(List.of(script), Optional.empty(), false);
  }

  /// Starts one that offers STARTTLS with that key.
  public static ScriptedSmtpServer startWithTls(SSLContext tls, Step... script) {
    return new ScriptedSmtpServer(List.of(script), Optional.of(tls), false);
  }

  /// Starts one that is encrypted from the first octet.
  public static ScriptedSmtpServer startEncrypted(SSLContext tls, Step... script) {
    return new ScriptedSmtpServer(List.of(script), Optional.of(tls), true);
  }

  public static Step say(String at, String reply) {
    return new Step.Say(at, reply);
  }

  public static Step drop(String at) {
    return new Step.Drop(at);
  }

  public static Step dropInside(int octets) {
    return new Step.DropInside(octets);
  }

  public static Step hush(String at) {
    return new Step.Hush(at);
  }

  public static Step babble(String at) {
    return new Step.Babble(at);
  }

  public static Step always(Step step) {
    return new Step.Always(step);
  }

  /// What EHLO announces besides STARTTLS.
  public ScriptedSmtpServer offering(String... offered) {
    extensions = List.of(offered);
    return this;
  }

  public int port() {
    return door.port();
  }

  /// Every mail whose final dot came, whatever was answered.
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /// Every command line of all connections, in the order of arrival.
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /// How many connections were ever accepted.
  public int connections() {
    return door.connections();
  }

  /// How many are open now.
  public int openConnections() {
    return door.openConnections();
  }

  /// Resets every open connection, as a server does that is restarted.
  public void dropAll() {
    door.dropAll();
  }

  @Override
  public void close() {
    door.close();
  }

  synchronized Optional<Step> stepAt(String moment) {
    var upper = moment.toUpperCase(Locale.ROOT);
    for (var step : script) {
      if (upper.startsWith(step.at().toUpperCase(Locale.ROOT))) {
        if (step instanceof Step.Always(var repeated)) {
          return Optional.of(repeated);
        }
        script.remove(step);
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  void heard(String command) {
    commands.add(command);
  }

  void take(Taken mail) {
    taken.add(mail);
  }

  Optional<SSLContext> tls() {
    return tls;
  }

  boolean encryptsAtOnce() {
    return encryptsAtOnce;
  }

  List<String> extensions() {
    return extensions;
  }
}
