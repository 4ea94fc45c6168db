package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Credential;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.connector.Step;
import dev.posthorn.connector.oauth.Google;
import dev.posthorn.connector.oauth.ServiceAccount;
import dev.posthorn.connector.oauth.SignInRemedies;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.mail.Address;
import dev.posthorn.secret.Secret;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Problem;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Connects mailboxes and changes them: first the trial, which touches the network, then the rows. Never both at once.
@ApplicationScoped
class MailboxConnecting {
  static final String INBOX = "INBOX";

  private final MailboxDesk desk;
  private final MailboxTrial trial;
  private final MergePatch mergePatch;
  private final Google google;
  private final Clock clock;

  MailboxConnecting(MailboxDesk desk, MailboxTrial trial, MergePatch mergePatch, Google google, Clock clock) {
    this.google = google;
    this.clock = clock;
    this.desk = desk;
    this.trial = trial;
    this.mergePatch = mergePatch;
  }

  /// @throws Refusal 400 and 422 for what is missing or does not work, 409 for what is there already
  MailboxView connect(MailboxWish.New wanted) {
    var address = Address.of(wanted.address()).normalized();
    if (!Boolean.TRUE.equals(wanted.confirmPersonal()) && trial.looksPersonal(address)) {
      throw Refusal.at("/address", ProblemKind.PERSONAL_ADDRESS, "The address looks like somebody's own: send confirmPersonal if it is meant.");
    }
    desk.demandFree(address);
    if (wanted.kind().equals(Mailbox.GMAIL_API) && wanted.serviceAccountKey() != null) {
      var grant = byServiceAccount(address, wanted.serviceAccountKey());
      trial.reach(new Account.GmailApi(address, OneToken.of(grant)), Optional.ofNullable(wanted.folder()).orElse(INBOX),
          Optional.ofNullable(wanted.moveTo()).filter(_ -> wanted.afterImport() == AfterImport.MOVE));
      return desk.createSignedIn(wanted, address, grant);
    }
    var account = account(wanted, address);
    var folder = Optional.ofNullable(wanted.folder()).orElse(INBOX);
    var afterImport = Optional.ofNullable(wanted.afterImport()).orElse(AfterImport.MARK_READ);
    boolean keepSent = !Boolean.FALSE.equals(wanted.keepSent());
    var passed = trial.pass(account, new MailboxTrial.Needs(folder, afterImport, wanted.moveTo(), keepSent, wanted.sentFolder()));
    return desk.create(wanted, address, folder, afterImport, keepSent, secret(account), passed);
  }

  /// A token is got at once: whether the domain trusts the account shows by that alone.
  private MailboxGrants.Grant byServiceAccount(String address, String keyFile) {
    var account = ServiceAccount.read(Secret.of(keyFile))
        .orElseThrow(() -> Refusal.badRequest("/serviceAccountKey", "It is not the key file of a service account."));
    var askedAt = clock.instant();
    TokenReply reply;
    try {
      reply = google.ofServiceAccount(account, address);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("/serviceAccountKey", e.getMessage());
    }
    return switch (reply) {
      case TokenReply.Granted granted -> new MailboxGrants.Grant(MailboxGrant.SERVICE_ACCOUNT, address.substring(address.lastIndexOf('@') + 1), null,
          account.email(), address, new GrantSecret(Optional.of(account.file()), Optional.of(granted.accessToken())), askedAt.plus(granted.life()));
      case TokenReply.Refused refused -> throw notConnected(refused.words(), SignInRemedies.of(refused.code()));
      case TokenReply.Trouble trouble -> throw notConnected(trouble.why(), "Google has trouble: try again later.");
    };
  }

  private static Refusal notConnected(String words, String hint) {
    return Refusal.of(ProblemKind.MAILBOX_NOT_CONNECTED, words, List.of(new Problem.Fault("/serviceAccountKey", words, Step.TOKEN.word(), hint)));
  }

  private static Account account(MailboxWish.New wanted, String address) {
    return switch (wanted.kind()) {
      case Mailbox.GMAIL -> gmail(address, required(wanted.appPassword(), "/appPassword"));
      case Mailbox.IMAP -> imap(address, Optional.ofNullable(wanted.username()).orElse(address),
          Secret.of(required(wanted.password(), "/password")), required(wanted.imap(), "/imap"), required(wanted.smtp(), "/smtp"));
      case Mailbox.MICROSOFT365, Mailbox.GMAIL_API -> throw Refusal.unprocessable("/kind",
          "Somebody has to sign in for it: POST /api/v1/mailboxes/authorizations.");
      default -> throw Refusal.badRequest("/kind", "Expected: " + Mailbox.IMAP + " or " + Mailbox.GMAIL + ".");
    };
  }

  /// OD-11: Google shows the 16 letters in four groups.
  private static Account gmail(String address, String appPassword) {
    return new Account.Gmail(address, Secret.of(appPassword.replaceAll("[\\s\\p{Z}]", "")));
  }

  private static Account imap(String address, String username, Secret password, MailboxWish.Server imap, MailboxWish.Server smtp) {
    return new Account.Imap(address, server(imap, username, password, "/imap"), server(smtp, username, password, "/smtp"));
  }

  private static ServerAccount server(MailboxWish.Server server, String username, Secret password, String pointer) {
    try {
      return new ServerAccount(server.host().strip(), server.port(), server.security(), username, new Credential.Password(password));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(pointer, e.getMessage());
    }
  }

  private static <T> T required(T value, String pointer) {
    if (value == null) {
      throw Refusal.badRequest(pointer, "must not be null");
    }
    return value;
  }

  static Secret secret(Account account) {
    return switch (account) {
      case Account.Imap(_, var imap, _) -> imap.credential().secret();
      case Account.Gmail(_, var appPassword) -> appPassword;
      case Account.Microsoft365 _, Account.GmailApi _ -> throw new IllegalArgumentException("This kind of mailbox has no password");
    };
  }

  /// @throws Refusal 404, 412, and as [#connect]
  MailboxView change(UUID id, ObjectNode patch) {
    var before = desk.forChange(id);
    var current = before.unchanged();
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    if (Mailbox.isBySignIn(before.kind())) {
      demandNoServers(before, wanted);
    }
    if (!wanted.touchesTheLine(current) || Mailbox.isBySignIn(before.kind())) {
      return desk.change(id, wanted, Optional.empty(), Optional.empty());
    }
    var account = changed(id, before, wanted);
    var passed = trial.pass(account, new MailboxTrial.Needs(wanted.folder(), wanted.afterImport(), wanted.moveTo(), wanted.keepSent(), wanted.sentFolder()));
    boolean newSecret = wanted.appPassword() != null || wanted.password() != null;
    return desk.change(id, wanted, Optional.of(secret(account)).filter(_ -> newSecret), Optional.of(passed));
  }

  private static void demandNoServers(MailboxView before, MailboxWish.Change wanted) {
    if (wanted.imap() != null || wanted.smtp() != null || wanted.username() != null || wanted.password() != null || wanted.appPassword() != null) {
      throw Refusal.badRequest("/kind", "A mailbox of kind " + before.kind() + " has no password and no servers of its own: sign in anew with"
          + " POST /api/v1/mailboxes/authorizations.");
    }
    if (wanted.afterImport() == AfterImport.MOVE && wanted.moveTo() == null) {
      throw Refusal.unprocessable("/moveTo", "Moving needs a folder to move to.");
    }
  }

  private Account changed(UUID id, MailboxView before, MailboxWish.Change wanted) {
    if (before.kind().equals(Mailbox.GMAIL)) {
      if (wanted.imap() != null || wanted.smtp() != null || wanted.username() != null || wanted.password() != null) {
        throw Refusal.badRequest("/kind", "A mailbox of kind gmail has an appPassword, and no servers of its own.");
      }
      return wanted.appPassword() != null ? gmail(before.address(), wanted.appPassword()) : new Account.Gmail(before.address(), desk.secretOf(id));
    }
    if (wanted.appPassword() != null) {
      throw Refusal.badRequest("/appPassword", "A mailbox of kind imap has a password.");
    }
    var password = Optional.ofNullable(wanted.password()).map(Secret::of).orElseGet(() -> desk.secretOf(id));
    return imap(before.address(), Objects.requireNonNullElse(wanted.username(), before.address()), password,
        required(wanted.imap(), "/imap"), required(wanted.smtp(), "/smtp"));
  }
}
