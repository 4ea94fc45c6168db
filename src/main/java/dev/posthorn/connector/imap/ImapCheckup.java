package dev.posthorn.connector.imap;

import dev.posthorn.connector.Finding;
import dev.posthorn.connector.Step;
import dev.posthorn.wire.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tries an account, step by step, and changes nothing on the server.
public final class ImapCheckup {
  private static final List<Step> WAY_IN = List.of(Step.CONNECT, Step.GREETING, Step.TLS, Step.LOGIN);

  private final ImapAccount account;
  private final Watch watch;

  public ImapCheckup(ImapAccount account, Watch watch) {
    this.account = account;
    this.watch = watch;
  }

  /// What a mailbox must have.
  ///
  /// @param folder the one that is read
  /// @param moveTo where imported mails go, if they go anywhere
  /// @param sent whether a folder for sent mail is needed, and which; an empty name stands for the one that is marked as `\Sent`
  public record Needs(String folder, Optional<String> moveTo, Optional<String> sent) {}

  /// What was found.
  ///
  /// @param findings each step that was gone, in order; the first that is not ok is the last
  /// @param cursor from which the folder's mails of now on are read; and from which those of now are read too
  /// @param sentFolder its name, where it is needed
  /// @param idles whether the server tells of new mail by itself
  public record Report(List<Finding> findings, Optional<Cursors> cursor, Optional<String> sentFolder, boolean idles) {
    /// Whether every step went well.
    public boolean isGood() {
      return findings.stream().allMatch(Finding::ok);
    }
  }

  /// Where to begin.
  ///
  /// @param withHistory brings what is there already first as backlog
  public record Cursors(String fromNowOn, String withHistory) {}

  /// Whether there is an IMAP server that one could be let in by; nobody's name is said.
  ///
  /// @return what is in the way, if anything is
  public Optional<String> objection() {
    try (var deadline = watch.deadline(account.limits().opening())) {
      ImapDoor.open(account, watch, deadline).greeting();
      return Optional.empty();
    } catch (ImapTrouble e) {
      return Optional.of(e.getMessage());
    }
  }

  public Report run(Needs needs) {
    var findings = new ArrayList<Finding>();
    try (var line = ImapLine.open(account, watch)) {
      WAY_IN.forEach(step -> findings.add(new Finding(step, true, "ok")));
      var folder = OpenFolder.open(line, needs.folder(), true);
      findings.add(new Finding(Step.FOLDER, true, needs.folder() + " can be read"));
      var folders = Folders.list(line);
      needs.moveTo().filter(name -> !folders.has(name))
          .ifPresent(name -> findings.add(new Finding(Step.FOLDER, false, "there is no folder " + name + known(folders))));
      var sent = needs.sent().map(name -> name.isEmpty() ? folders.special("\\Sent") : Optional.of(name).filter(folders::has));
      sent.ifPresent(name -> findings.add(name.map(there -> new Finding(Step.SENT_FOLDER, true, there))
          .orElseGet(() -> new Finding(Step.SENT_FOLDER, false, "there is no such folder" + known(folders)))));
      var cursors = new Cursors(ImapCursor.atEnd(folder.validity(), folder.next()).text(),
          ImapCursor.begin(folder.validity(), folder.next()).text());
      return new Report(findings, Optional.of(cursors), sent.flatMap(name -> name), line.hasCapability("IDLE"));
    } catch (ImapTrouble e) {
      var gone = findings.isEmpty() ? WAY_IN.stream().takeWhile(step -> step != e.step()).toList() : List.<Step>of();
      gone.forEach(step -> findings.add(new Finding(step, true, "ok")));
      findings.add(new Finding(e.step(), false, e.getMessage()));
      return new Report(findings, Optional.empty(), Optional.empty(), false);
    }
  }

  private static String known(Folders folders) {
    return "; there are " + String.join(", ", folders.names().stream().limit(20).toList());
  }
}
