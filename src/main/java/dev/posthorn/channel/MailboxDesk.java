package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.secret.Secret;
import dev.posthorn.secret.Secrets;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of mailboxes, with their two channels and their secret. Each method is one transaction.
@ApplicationScoped
@Transactional
class MailboxDesk {
  static final String PASSWORD = "mailbox-password";

  private final Mailboxes mailboxes;
  private final MailboxPulls pulls;
  private final InboundChannels inbound;
  private final OutboundChannels outbound;
  private final Secrets secrets;
  private final Teams teams;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final Preconditions preconditions;
  private final Journal journal;
  private final Event<MailboxConnected> connected;
  private final MailboxGrants grants;
  private final Clock clock;

  MailboxDesk(Mailboxes mailboxes, MailboxPulls pulls, InboundChannels inbound, OutboundChannels outbound, Secrets secrets, Teams teams,
      Tenants tenants, CurrentTenant current, Preconditions preconditions, Journal journal, Event<MailboxConnected> connected,
      MailboxGrants grants, Clock clock) {
    this.grants = grants;
    this.mailboxes = mailboxes;
    this.pulls = pulls;
    this.inbound = inbound;
    this.outbound = outbound;
    this.secrets = secrets;
    this.teams = teams;
    this.tenants = tenants;
    this.current = current;
    this.preconditions = preconditions;
    this.journal = journal;
    this.connected = connected;
    this.clock = clock;
  }

  Page<MailboxView> list(Listing listing) {
    return listing.answer(mailboxes::page, mailbox -> Cursor.at(mailbox.id), this::view, mailboxes::count);
  }

  MailboxView show(UUID id) {
    return view(existing(id));
  }

  /// The mailbox before a change, if the client saw it as it is.
  MailboxView forChange(UUID id) {
    var view = show(id);
    preconditions.check(view);
    return view;
  }

  /// @throws Refusal 409 where the address is connected already: said before anything is tried
  void demandFree(String address) {
    if (mailboxes.count("lower(address)", address) > 0) {
      throw Refusal.at("/address", ProblemKind.CONFLICT, "This mailbox is connected already.");
    }
  }

  Secret secretOf(UUID id) {
    return secrets.open(existing(id).secretId);
  }

  MailboxView create(MailboxWish.New wanted, String address, String folder, AfterImport afterImport, boolean keepSent, Secret secret,
      MailboxTrial.Passed passed) {
    var mailbox = row(wanted, address, folder, afterImport, keepSent);
    servers(mailbox, wanted.imap(), wanted.smtp());
    mailbox.sentFolder = passed.sentFolder().orElse(null);
    mailbox.secretId = secrets.keep(PASSWORD, secret);
    mailboxes.persistAndFlush(mailbox);
    return channels(mailbox, mailbox.since.isBefore(mailbox.createdAt) ? passed.cursors().withHistory() : passed.cursors().fromNowOn());
  }

  /// A mailbox for which somebody has signed in. Its reading begins with what came since, so it needs no cursor.
  MailboxView createSignedIn(MailboxWish.New wanted, String address, MailboxGrants.Grant grant) {
    demandFree(address);
    var mailbox = row(wanted, address, Optional.ofNullable(wanted.folder()).orElse(MailboxConnecting.INBOX),
        Optional.ofNullable(wanted.afterImport()).orElse(AfterImport.MARK_READ), true);
    mailbox.secretId = secrets.keep(GrantSecret.PURPOSE, grant.secret().sealable());
    mailboxes.persistAndFlush(mailbox);
    grants.begin(mailbox, grant);
    return channels(mailbox, null);
  }

  /// Somebody signed in anew: it goes on where it was (P-02). Whoever remembers its way out asks anew.
  void signedInAnew(Mailbox mailbox, MailboxGrants.Grant grant) {
    grants.renew(mailbox, grant);
    mailbox.updatedAt = clock.instant();
    mailboxes.flush();
    pulls.changed(mailbox, true, Optional.empty());
    journal.tenant("mailbox.reauthorized", Actor.ADMIN, Map.of("mailboxId", mailbox.id, "kind", mailbox.kind));
  }

  private Mailbox row(MailboxWish.New wanted, String address, String folder, AfterImport afterImport, boolean keepSent) {
    int days = Optional.ofNullable(wanted.historyDays()).orElse(0);
    var mailbox = new Mailbox();
    mailbox.id = Ids.next();
    mailbox.kind = wanted.kind();
    mailbox.name = Optional.ofNullable(wanted.name()).orElse(address);
    mailbox.address = address;
    mailbox.teamId = Optional.ofNullable(wanted.teamId()).orElseGet(() -> teams.find("order by id").firstResult().id);
    mailbox.username = wanted.kind().equals(Mailbox.IMAP) ? Optional.ofNullable(wanted.username()).orElse(address) : null;
    mailbox.folder = folder;
    mailbox.processIncoming = !Boolean.FALSE.equals(wanted.processIncoming());
    mailbox.afterImport = afterImport.word();
    mailbox.moveTo = wanted.moveTo();
    mailbox.unreadOnly = Boolean.TRUE.equals(wanted.unreadOnly());
    mailbox.keepSent = keepSent;
    mailbox.createdAt = clock.instant();
    mailbox.updatedAt = mailbox.createdAt;
    mailbox.connectedAt = mailbox.createdAt;
    mailbox.since = mailbox.createdAt.minus(Duration.ofDays(days));
    return mailbox;
  }

  private MailboxView channels(Mailbox mailbox, String cursor) {
    pulls.begin(mailbox, cursor);
    var out = outbound.create(mailbox.kind.equals(Mailbox.IMAP) ? OutboundChannel.SMTP : mailbox.kind, mailbox.name, mailbox.address, null);
    out.mailboxId = mailbox.id;
    inbound.ofNewMailbox(mailbox, out.id);
    mailboxes.flush();
    connected.fire(new MailboxConnected(mailbox.address));
    journal.tenant("mailbox.connected", Actor.ADMIN, Map.of("mailboxId", mailbox.id, "kind", mailbox.kind));
    return view(mailbox);
  }

  private static void servers(Mailbox mailbox, MailboxWish.Server imap, MailboxWish.Server smtp) {
    if (mailbox.kind.equals(Mailbox.IMAP)) {
      mailbox.imapHost = imap.host().strip();
      mailbox.imapPort = imap.port();
      mailbox.imapSecurity = imap.security().word();
      mailbox.smtpHost = smtp.host().strip();
      mailbox.smtpPort = smtp.port();
      mailbox.smtpSecurity = smtp.security().word();
    }
  }

  /// @param secret a new one, that was tried
  /// @param passed the trial, where there was one: the mailbox is as good as new then, and goes on where it was
  MailboxView change(UUID id, MailboxWish.Change wanted, Optional<Secret> secret, Optional<MailboxTrial.Passed> passed) {
    var mailbox = existing(id);
    preconditions.check(view(mailbox));
    boolean otherFolder = !mailbox.folder.equals(wanted.folder());
    mailbox.name = wanted.name();
    mailbox.username = wanted.username() != null || !mailbox.kind.equals(Mailbox.IMAP) ? wanted.username() : mailbox.address;
    servers(mailbox, wanted.imap(), wanted.smtp());
    mailbox.folder = wanted.folder();
    mailbox.processIncoming = wanted.processIncoming();
    mailbox.afterImport = wanted.afterImport().word();
    mailbox.moveTo = wanted.moveTo();
    mailbox.unreadOnly = wanted.unreadOnly();
    mailbox.keepSent = wanted.keepSent();
    mailbox.sentFolder = passed.flatMap(MailboxTrial.Passed::sentFolder).orElse(wanted.sentFolder());
    mailbox.updatedAt = clock.instant();
    secret.ifPresent(value -> secrets.replace(mailbox.secretId, value));
    mailboxes.flush();
    pulls.changed(mailbox, passed.isPresent(), passed.filter(_ -> otherFolder).map(found -> found.cursors().fromNowOn()));
    if (mailbox.isBySignIn() && otherFolder) {
      mailbox.since = mailbox.updatedAt;
      pulls.anew(mailbox.id);
    }
    journal.tenant("mailbox.changed", Actor.ADMIN, Map.of("mailboxId", mailbox.id, "newPassword", secret.isPresent()));
    return view(mailbox);
  }

  void remove(UUID id) {
    var mailbox = existing(id);
    preconditions.check(view(mailbox));
    var out = outbound.ofMailbox(id);
    if (out.id.equals(tenants.findById(current.value()).defaultOutboundChannelId)) {
      throw Refusal.conflict("Its outbound channel is the default: make another one the default first.");
    }
    inbound.letGo(id);
    Removal.of("mailbox", () -> {
      outbound.delete(out);
      outbound.flush();
      mailboxes.delete(mailbox);
      mailboxes.flush();
      secrets.forget(mailbox.secretId);
    });
    journal.tenant("mailbox.disconnected", Actor.ADMIN, Map.of("mailboxId", id, "kind", mailbox.kind));
  }

  private MailboxView view(Mailbox mailbox) {
    return MailboxView.of(mailbox, pulls.findById(mailbox.id), inbound.ofMailbox(mailbox.id).id, outbound.ofMailbox(mailbox.id).id);
  }

  private Mailbox existing(UUID id) {
    return mailboxes.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("mailbox"));
  }
}
