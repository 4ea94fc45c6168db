package dev.posthorn.channel;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.TokenOutcome;
import dev.posthorn.connector.imap.ImapCheckup;
import dev.posthorn.web.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Looks at a connected mailbox, check by check, live, and changes nothing.
@ApplicationScoped
class MailboxDiagnosis {
  /// One check.
  ///
  /// @param check its name: `imap.login`
  /// @param detail what was found, in the server's words where it said any
  /// @param remedy what may help; null where all is well
  record Check(String check, boolean ok, String detail, String remedy) {}

  private record Subject(Mailbox mailbox, MailboxPull pull, Account account, long mishaps) {}

  private final Mailboxes mailboxes;
  private final MailboxPulls pulls;
  private final MailboxMishaps mishaps;
  private final MailboxLines accounts;
  private final MailLines lines;
  private final MailboxTrial trial;
  private final Clock clock;

  MailboxDiagnosis(Mailboxes mailboxes, MailboxPulls pulls, MailboxMishaps mishaps, MailboxLines accounts, MailLines lines,
      MailboxTrial trial, Clock clock) {
    this.mailboxes = mailboxes;
    this.pulls = pulls;
    this.mishaps = mishaps;
    this.accounts = accounts;
    this.lines = lines;
    this.trial = trial;
    this.clock = clock;
  }

  List<Check> run(UUID id) {
    var subject = QuarkusTransaction.requiringNew().call(() -> mailboxes.findByIdOptional(id)
        .map(mailbox -> new Subject(mailbox, pulls.findById(id), accounts.account(mailbox), mishaps.count("mailboxId", id))))
        .orElseThrow(() -> Refusal.notFound("mailbox"));
    var checks = new ArrayList<Check>();
    var mailbox = subject.mailbox;
    var idles = mailbox.isBySignIn() ? signIn(subject.account, mailbox, checks) : servers(subject, checks);
    checks.add(pulling(subject));
    checks.add(new Check("mailbox.mails", subject.mishaps == 0, subject.mishaps + " mails are not handed out by the server",
        subject.mishaps == 0 ? null : "They are looked for again; read them in the mailbox itself if they stay."));
    idles.ifPresent(checks::add);
    return checks;
  }

  /// Whether a token is to be had, and what can be reached by it.
  private Optional<Check> signIn(Account account, Mailbox mailbox, List<Check> checks) {
    var outcome = switch (account) {
      case Account.Microsoft365(_, _, var tokens) -> tokens.token();
      case Account.GmailApi(_, var tokens) -> tokens.token();
      case Account.Imap _, Account.Gmail _ -> throw new IllegalArgumentException("Nobody signs in for this kind of mailbox");
    };
    checks.add(switch (outcome) {
      case TokenOutcome.Granted(var token) -> new Check("sign-in.token", true, "granted, good until " + token.expiresAt(), null);
      case TokenOutcome.NeedsReauthorization(var code, var words, var remedy) -> new Check("sign-in.token", false, code + ": " + words, remedy);
      case TokenOutcome.NotNow(var why) -> new Check("sign-in.token", false, why, "It is tried again by itself.");
    });
    if (outcome instanceof TokenOutcome.Granted) {
      lines.reach(account, mailbox.folder, Optional.ofNullable(mailbox.moveTo).filter(_ -> mailbox.afterImport() == AfterImport.MOVE)).forEach(finding ->
          checks.add(new Check("mailbox." + finding.step().word(), finding.ok(), finding.words(), finding.ok() ? null : Remedies.bySignIn(finding.words()))));
    }
    return Optional.empty();
  }

  /// @return what IMAP offers beyond, where all is well with it
  private Optional<Check> servers(Subject subject, List<Check> checks) {
    var mailbox = subject.mailbox;
    var needs = new ImapCheckup.Needs(mailbox.folder,
        Optional.ofNullable(mailbox.moveTo).filter(_ -> mailbox.afterImport() == AfterImport.MOVE),
        mailbox.wantsCopies() ? Optional.of(Optional.ofNullable(mailbox.sentFolder).orElse("")) : Optional.empty());
    var imap = lines.imapCheckup(subject.account).run(needs);
    imap.findings().forEach(finding -> checks.add(check(Remedies.Side.IMAP, subject.account, finding)));
    lines.smtpCheckup(subject.account).run(mailbox.address)
        .forEach(finding -> checks.add(check(Remedies.Side.SMTP, subject.account, finding)));
    return imap.isGood()
        ? Optional.of(new Check("imap.idle", true, imap.idles() ? "the server tells of new mail by itself" : "the server is asked at intervals", null))
        : Optional.empty();
  }

  private Check check(Remedies.Side side, Account account, Finding finding) {
    var remedy = finding.ok() ? null : Remedies.hint(side, trial.host(side, account), finding.step(), finding.words());
    return new Check(side.name().toLowerCase(Locale.ROOT) + "." + finding.step().word(), finding.ok(), finding.words(), remedy);
  }

  private Check pulling(Subject subject) {
    var pull = subject.pull;
    if (!subject.mailbox.processIncoming) {
      return new Check("mailbox.reading", true, "paused: processIncoming is false", null);
    }
    var age = Duration.between(pull.lastSuccessAt, clock.instant()).toSeconds();
    var well = pull.state.equals(MailboxPull.CONNECTED);
    return new Check("mailbox.reading", well, pull.state + ", last read " + Math.max(0, age) + " seconds ago"
        + Optional.ofNullable(pull.lastError).map(error -> ": " + error).orElse(""),
        well ? null : pull.state.equals(MailboxPull.NEEDS_REAUTHORIZATION) ? subject.mailbox.isBySignIn()
            ? "Sign in anew: POST /api/v1/mailboxes/authorizations with its address." : "Give a new password: PATCH the mailbox." : "It is tried again by itself.");
  }
}
