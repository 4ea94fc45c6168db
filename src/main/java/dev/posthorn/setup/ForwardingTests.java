package dev.posthorn.setup;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.event.Actor;
import dev.posthorn.event.Journal;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.team.Team;
import dev.posthorn.tenant.Ids;
import dev.posthorn.trust.Authentication;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Tries whether an address forwards: a mail goes there by the platform's relay, and is known again when it comes in. In the caller's
/// transaction.
@ApplicationScoped
public class ForwardingTests implements PanacheRepositoryBase<ForwardingTest, UUID> {
  private static final int TOKEN_BYTES = 16;
  private static final String SUBJECT = "Forwarding test ";

  /// In a subject or a text, whatever stands around it.
  private static final Pattern TOKEN = Pattern.compile("Forwarding test ([0-9a-f]{32})");

  private final ForwardingAddresses addresses;
  private final OutboundChannels channels;
  private final Outbox outbox;
  private final Journal journal;
  private final SetupConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  ForwardingTests(ForwardingAddresses addresses, OutboundChannels channels, Outbox outbox, Journal journal, SetupConfig config, Clock clock) {
    this.addresses = addresses;
    this.channels = channels;
    this.outbox = outbox;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /// Sends one.
  ///
  /// @throws Refusal 409 for one too many, 422 for an address of the platform's own: nothing forwards there
  ForwardingTest begin(Team team, String wanted) {
    var address = Address.of(wanted).normalized();
    if (!addresses.among(List.of(address)).isEmpty()) {
      throw Refusal.unprocessable("/address", "Mail to this address comes in by itself: name the one that is to forward.");
    }
    var now = clock.instant();
    if (count("teamId = ?1 and createdAt > ?2", team.id, now.minus(config.testWindow())) >= config.maxTests()) {
      throw Refusal.conflict("At most " + config.maxTests() + " tests in " + config.testWindow().toMinutes() + " minutes.");
    }
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var test = new ForwardingTest();
    test.id = Ids.next();
    test.teamId = team.id;
    test.address = address;
    test.token = HexFormat.of().formatHex(bytes);
    test.createdAt = now;
    test.expiresAt = now.plus(config.testLifetime());
    test.outboundMailId = send(team, test);
    persistAndFlush(test);
    return test;
  }

  private UUID send(Team team, ForwardingTest test) {
    var from = new Address(team.displayName, addresses.findById(team.senderAddressId).address);
    var text = "This mail tries whether " + test.address + " forwards to " + from.address() + ".\nIt is recognised when it comes in and makes no ticket.\n\n"
        + SUBJECT + test.token + "\n";
    var draft = new Draft(from, List.of(Address.of(test.address)), List.of(), Optional.empty(), SUBJECT + test.token, MessageId.fresh(from.domain()), Optional.empty(),
        List.of(), test.createdAt, text, Optional.empty(), List.of(), List.of(),
        List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
    // A bounce of it comes to the team's address, and is known by its Message-ID.
    return outbox.enqueue(Outbox.Parcel.toOwnAddress(channels.platformRelay().id, from.address(), List.of(Address.of(test.address)), draft)).id;
  }

  /// Which test a mail is of, if it looks like one.
  public static Optional<String> token(String subject, String text) {
    var found = TOKEN.matcher(subject);
    if (found.find()) {
      return Optional.of(found.group(1));
    }
    if (!text.contains(SUBJECT)) {
      return Optional.empty();
    }
    var inside = TOKEN.matcher(text);
    return inside.find() ? Optional.of(inside.group(1)) : Optional.empty();
  }

  /// A mail came in that looks like one: writes down how it came, the first time.
  ///
  /// @return whether it is a test of this tenant's
  public boolean arrived(String token, UUID channelId, List<String> hops, Optional<MessageId> messageId, String subject, Authentication sender) {
    var test = find("token", token).withLock(LockModeType.PESSIMISTIC_WRITE).<ForwardingTest>firstResultOptional();
    if (test.isEmpty()) {
      return false;
    }
    test.filter(one -> one.arrivedAt == null).ifPresent(one -> {
      var sent = outbox.byIds(List.of(one.outboundMailId)).get(one.outboundMailId);
      one.arrived(channelId, new ForwardingTest.Findings(hops, sender.spf().word(), sender.dkim().word(), sender.dmarc().word(),
          sent != null && messageId.filter(id -> id.value().equals(sent.messageId)).isPresent(), subject.equals(SUBJECT + token)), clock.instant());
      journal.tenant("forwarding.proven", Actor.SYSTEM, Map.of("teamId", one.teamId, "forwardingTestId", one.id));
    });
    return true;
  }

  List<ForwardingTest> page(UUID teamId, Cursor after, int atMost) {
    return Selection.all().where("teamId = ?", teamId).newestFirst(this, after, atMost);
  }

  /// Whether an address of the company's was seen to forward to the team.
  boolean isProven(UUID teamId) {
    return count("teamId = ?1 and arrivedAt is not null", teamId) > 0;
  }
}
