package dev.posthorn.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.contact.PhoneNumber;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.secret.Secrets;
import dev.posthorn.tenant.Ids;
import dev.posthorn.text.TextAccountResource.NewAccountView;
import dev.posthorn.text.TextAccountResource.NewTextAccount;
import dev.posthorn.text.TextAccountResource.TextAccountChange;
import dev.posthorn.text.TextAccountResource.TextAccountView;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.wire.ServerUrl;
import dev.posthorn.wire.WebhookSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/// What HTTP may do with text accounts. Each method is one transaction.
@ApplicationScoped
@Transactional
class TextAccountDesk {
  private static final String PURPOSE = "text-gateway";

  private final TextAccounts accounts;
  private final TextOutbox outbox;
  private final InboundChannels channels;
  private final Secrets secrets;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Journal journal;
  private final TextConfig config;
  private final Clock clock;

  TextAccountDesk(TextAccounts accounts, TextOutbox outbox, InboundChannels channels, Secrets secrets, Preconditions preconditions, MergePatch mergePatch,
      Journal journal, TextConfig config, Clock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.channels = channels;
    this.secrets = secrets;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  Page<TextAccountView> list(Listing listing) {
    return listing.answer(accounts::page, account -> Cursor.at(account.id), TextAccountView::of, accounts::count);
  }

  TextAccountView show(UUID id) {
    return TextAccountView.of(existing(id));
  }

  /// With its way in. One that the number had before is taken up again.
  NewAccountView create(NewTextAccount wanted) {
    if (accounts.count() >= config.maxAccounts()) {
      throw Refusal.conflict("There are " + config.maxAccounts() + " text accounts already.");
    }
    var secret = WebhookSignature.newSecret();
    var account = new TextAccount();
    account.id = Ids.next();
    account.name = wanted.name();
    account.number = PhoneNumber.normalized(wanted.number());
    account.teamId = wanted.teamId();
    account.gatewayUrl = checked(wanted.gatewayUrl());
    account.active = true;
    account.inboundChannelId = channels.ofTexts(account.name, account.number, account.teamId).id;
    account.secretId = secrets.keep(PURPOSE, secret);
    account.createdAt = clock.instant();
    account.updatedAt = account.createdAt;
    accounts.persistAndFlush(account);
    journal.tenant("text-account.connected", Actor.ADMIN, Map.of("textAccountId", account.id));
    return NewAccountView.of(account, secret.reveal());
  }

  TextAccountView change(UUID id, ObjectNode patch) {
    var account = existing(id);
    preconditions.check(TextAccountView.of(account));
    var current = TextAccountChange.of(account);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      account.name = wanted.name();
      account.gatewayUrl = checked(wanted.gatewayUrl());
      account.active = wanted.active();
      account.updatedAt = clock.instant();
      accounts.flush();
    }
    return TextAccountView.of(account);
  }

  /// Its way in stays with what came in by it. What was to leave by it has failed.
  void remove(UUID id) {
    var account = existing(id);
    preconditions.check(TextAccountView.of(account));
    outbox.giveUp(id, "The text account was deleted");
    channels.letGoOfTexts(account.inboundChannelId);
    accounts.delete(account);
    accounts.flush();
    secrets.forget(account.secretId);
    journal.tenant("text-account.deleted", Actor.ADMIN, Map.of("textAccountId", id, "inboundChannelId", account.inboundChannelId));
  }

  private String checked(String url) {
    return ServerUrl.of(url, config.allowUnencrypted())
        .orElseThrow(() -> Refusal.unprocessable("/gatewayUrl", "An https URL with a host, without a user and a fragment."));
  }

  private TextAccount existing(UUID id) {
    return accounts.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("text account"));
  }
}
