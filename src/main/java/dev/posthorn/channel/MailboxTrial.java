package dev.posthorn.channel;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.imap.ImapCheckup;
import dev.posthorn.web.Problem;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tries a mailbox in both directions, live, before anything is saved. It changes nothing in the mailbox and sends nothing.
@ApplicationScoped
class MailboxTrial {
  private static final int SMTP_BETWEEN_SERVERS = 25;

  /// First and last name, or an initial and a name: how companies name people's mailboxes.
  private static final Pattern PERSON = Pattern.compile("\\p{L}+[._-]\\p{L}{2,}");

  private final MailLines lines;
  private final MailboxConfig config;

  MailboxTrial(MailLines lines, MailboxConfig config) {
    this.lines = lines;
    this.config = config;
  }

  /// What a trial found.
  ///
  /// @param sentFolder the name of the folder for sent mail, where copies are wanted
  record Passed(ImapCheckup.Cursors cursors, Optional<String> sentFolder) {}

  /// What is wanted of the mailbox beyond being let in.
  record Needs(String folder, AfterImport afterImport, String moveTo, boolean keepSent, String sentFolder) {}

  /// @throws Refusal 422 with the step, the server's words and a hint
  Passed pass(Account account, Needs needs) {
    demandPort(account);
    demandEncryption(account);
    if (needs.afterImport == AfterImport.MOVE && needs.moveTo == null) {
      throw Refusal.unprocessable("/moveTo", "Moving needs a folder to move to.");
    }
    var in = lines.imapCheckup(account).run(new ImapCheckup.Needs(needs.folder,
        Optional.ofNullable(needs.moveTo).filter(_ -> needs.afterImport == AfterImport.MOVE), copies(account, needs)));
    var out = lines.smtpCheckup(account).run(account.address());
    var faults = new ArrayList<Problem.Fault>();
    in.findings().stream().filter(finding -> !finding.ok()).forEach(finding -> faults.add(fault(Remedies.Side.IMAP, account, finding)));
    out.stream().filter(finding -> !finding.ok()).forEach(finding -> faults.add(fault(Remedies.Side.SMTP, account, finding)));
    if (!faults.isEmpty()) {
      throw Refusal.of(ProblemKind.MAILBOX_NOT_CONNECTED, faults.getFirst().detail(), faults);
    }
    return new Passed(in.cursor().orElseThrow(), in.sentFolder());
  }

  /// Looks whether a mailbox can be reached by what somebody signed in with (P-05).
  ///
  /// @throws Refusal 422 with the step, the provider's words and a hint
  void reach(Account account, String folder, Optional<String> moveTo) {
    var faults = lines.reach(account, folder, moveTo).stream().filter(finding -> !finding.ok()).map(finding ->
        new Problem.Fault("/mailbox", finding.words(), finding.step().word(), Remedies.bySignIn(finding.words()))).toList();
    if (!faults.isEmpty()) {
      throw Refusal.of(ProblemKind.MAILBOX_NOT_CONNECTED, faults.getFirst().detail() + ". " + faults.getFirst().hint(), faults);
    }
  }

  /// Which folder for copies is needed, if any: an empty name for the one that is marked.
  private Optional<String> copies(Account account, Needs needs) {
    return needs.keepSent && !lines.keepsCopies(account) ? Optional.of(needs.sentFolder == null ? "" : needs.sentFolder) : Optional.empty();
  }

  private Problem.Fault fault(Remedies.Side side, Account account, Finding finding) {
    return new Problem.Fault("/" + side.name().toLowerCase(Locale.ROOT), finding.words(), finding.step().word(),
        Remedies.hint(side, host(side, account), finding.step(), finding.words()));
  }

  String host(Remedies.Side side, Account account) {
    return switch (account) {
      case Account.Imap(_, var imap, var smtp) -> (side == Remedies.Side.IMAP ? imap : smtp).host().toLowerCase(Locale.ROOT);
      case Account.Gmail _, Account.GmailApi _ -> "gmail.com";
      case Account.Microsoft365 _ -> "graph.microsoft.com";
    };
  }

  /// TH-07: these take mail of their own users elsewhere than mail between servers.
  private static void demandPort(Account account) {
    if (!(account instanceof Account.Imap(_, _, var smtp)) || smtp.port() != SMTP_BETWEEN_SERVERS) {
      return;
    }
    var host = smtp.host().toLowerCase(Locale.ROOT);
    if (Remedies.isGoogle(host)) {
      throw Refusal.unprocessable("/smtp/port", "Google takes its users' mail on port 587 with starttls, or 465 with tls, and not on 25.");
    }
    if (Remedies.isMicrosoft(host)) {
      throw Refusal.unprocessable("/smtp/port", "Microsoft takes its users' mail on port 587 with starttls, and not on 25.");
    }
  }

  private void demandEncryption(Account account) {
    if (account instanceof Account.Imap(_, var imap, var smtp) && !config.allowUnencrypted()) {
      if (imap.encryption() == Encryption.NONE) {
        throw Refusal.unprocessable("/imap/security", "The password would travel readable for everybody: tls or starttls.");
      }
      if (smtp.encryption() == Encryption.NONE) {
        throw Refusal.unprocessable("/smtp/security", "The password would travel readable for everybody: tls or starttls.");
      }
    }
  }

  /// OD-08: whether the address looks like one person's own.
  boolean looksPersonal(String address) {
    var name = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
    return PERSON.matcher(name).matches() && config.sharedNames().stream()
        .noneMatch(shared -> List.of(name.split("[._-]")).contains(shared) || name.equals(shared));
  }
}
