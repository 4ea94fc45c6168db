package dev.posthorn.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An IMAP server on 127.0.0.1 with one folder, polite to every command except where its script says otherwise.
///
/// A step waits for the beginning of a command without its tag (`"UID FETCH 2 "`), for [#GREETING], or for [#DONE], and is used
/// up by the first such moment on whichever connection that is, unless it is [#always].
public final class ScriptedImapServer implements AutoCloseable {
  /// The moment after the connection was accepted.
  public static final String GREETING = "<greeting>";
  /// The moment when a client ends IDLE.
  public static final String DONE = "DONE";

  /// What to do at a moment instead of being polite.
  public sealed interface Step {
    /// Says these lines; `{tag}` stands for the command's tag, and each `\n` ends a line.
    record Say(String words) implements Step {}

    /// Says these lines before it is polite.
    record SayFirst(String words) implements Step {}

    /// Resets the connection.
    record Drop() implements Step {}

    /// Says nothing more and keeps the connection open.
    record Hush() implements Step {}

    /// Talks for ever without ending a line.
    record Babble() implements Step {}

    /// Sends an octet now and then, for ever.
    record Drip() implements Step {}
  }

  /// A mail of the folder.
  public record Stored(long uid, byte[] bytes, Set<String> flags) {}

  private record Scripted(String at, Step step, boolean always) {}

  private final ScriptedDoor door = new ScriptedDoor(200, visitor -> new ImapVisit(this, visitor).run());
  private final List<Scripted> script = new CopyOnWriteArrayList<>();
  private final List<Stored> mails = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Set<ImapVisit> idling = ConcurrentHashMap.newKeySet();
  volatile long uidValidity = 1;
  volatile String capabilities = "IMAP4rev1 AUTH=PLAIN IDLE UIDPLUS MOVE";
  volatile boolean gmail;

  private ScriptedImapServer() {
    door.open();
  }

  /// Starts one on a free port.
  public static ScriptedImapServer start() {
    return new ScriptedImapServer();
  }

  public ScriptedImapServer once(String at, Step step) {
    script.add(new Scripted(at, step, false));
    return this;
  }

  public ScriptedImapServer always(String at, Step step) {
    script.add(new Scripted(at, step, true));
    return this;
  }

  /// Forgets the script: from now on it is polite.
  public void recover() {
    script.clear();
  }

  public ScriptedImapServer offering(String words) {
    capabilities = words;
    gmail = words.contains("X-GM-EXT-1");
    return this;
  }

  /// The folder is another one now: the same mails under other numbers.
  public void renumber() {
    uidValidity++;
    var old = new ArrayList<>(mails);
    mails.clear();
    old.forEach(mail -> mails.add(new Stored(mail.uid + 1000, mail.bytes, mail.flags)));
  }

  public ScriptedImapServer holding(byte[]... more) {
    for (var mail : more) {
      mails.add(new Stored(mails.isEmpty() ? 1 : mails.getLast().uid + 1, mail, ConcurrentHashMap.newKeySet()));
    }
    idling.forEach(visit -> visit.push("* " + mails.size() + " EXISTS"));
    return this;
  }

  public int port() {
    return door.port();
  }

  public List<Stored> mails() {
    return List.copyOf(mails);
  }

  void remove(long uid) {
    mails.removeIf(mail -> mail.uid == uid);
  }

  /// Every command of all connections without its tag, in the order of arrival.
  public List<String> commands() {
    return List.copyOf(commands);
  }

  public int connections() {
    return door.connections();
  }

  public int openConnections() {
    return door.openConnections();
  }

  public int idling() {
    return idling.size();
  }

  /// Resets every open connection.
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
      if (upper.startsWith(step.at.toUpperCase(Locale.ROOT))) {
        if (!step.always) {
          script.remove(step);
        }
        return Optional.of(step.step);
      }
    }
    return Optional.empty();
  }

  void heard(String command) {
    commands.add(command);
  }

  void idles(ImapVisit visit, boolean does) {
    if (does) {
      idling.add(visit);
    } else {
      idling.remove(visit);
    }
  }
}
