package dev.posthorn.connector.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.SimulatedTokens;
import dev.posthorn.simulator.GmailMailbox;
import dev.posthorn.simulator.GmailRealm;
import dev.posthorn.simulator.Simulator;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One mailbox at a simulated Gmail, with everything that is needed to reach it.
final class GmailHouse implements AutoCloseable {
  final Simulator simulator = Simulator.start();
  final GmailRealm gmail = GmailRealm.in(simulator);
  final GmailMailbox mailbox;
  final SimulatedTokens tokens;
  final Account.GmailApi account;
  private GmailDoor door;

  GmailHouse(String address) {
    mailbox = gmail.mailbox(address);
    tokens = new SimulatedTokens(simulator.tokens(), gmail.url(), Optional.of(address), Set.of("https://www.googleapis.com/auth/gmail.modify"));
    account = new Account.GmailApi(address, tokens);
    configured(Map.of());
  }

  /// With these settings instead of the usual ones; short times and small pages are usual here.
  void configured(Map<String, String> settings) {
    var all = new HashMap<>(Map.of("page-mails", "3", "first-pause", "10ms", "wait-at-most", "3s", "look-for", "5s", "look-every", "20ms",
        "units-per-minute", "1000000"));
    all.putAll(settings);
    var config = new SmallRyeConfigBuilder().withMapping(GmailConfig.class).withConverter(Duration.class, 200, new DurationConverter());
    all.forEach((key, value) -> config.withDefaultValue("posthorn.gmail-api.requests." + key, value));
    door = new GmailDoor(gmail.url(), config.build().getConfigMapping(GmailConfig.class), 20_000_000, 100_000);
  }

  GmailSource source(AfterImport afterImport) {
    return source(new MailboxWishes("INBOX", Instant.EPOCH, false, afterImport, Optional.of("Done").filter(_ -> afterImport == AfterImport.MOVE)));
  }

  GmailSource source(MailboxWishes wishes) {
    return new GmailSource(door, account, wishes, simulator.clock());
  }

  GmailSender sender() {
    return new GmailSender(door, account);
  }

  /// Ends it, after nobody did what Google would not take.
  @Override
  public void close() {
    simulator.close();
    assertThat(simulator.complaints().all()).isEmpty();
  }
}
