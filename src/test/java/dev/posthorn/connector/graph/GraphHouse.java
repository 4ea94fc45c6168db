package dev.posthorn.connector.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.SimulatedTokens;
import dev.posthorn.simulator.GraphMailbox;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.Simulator;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One mailbox at a simulated Graph, with everything that is needed to reach it.
final class GraphHouse implements AutoCloseable {
  static final Set<String> SCOPES = Set.of("Mail.ReadWrite", "Mail.Send", "Mail.ReadWrite.Shared", "Mail.Send.Shared");

  final Simulator simulator = Simulator.start();
  final GraphRealm graph = GraphRealm.in(simulator);
  final GraphMailbox mailbox;
  final SimulatedTokens tokens;
  final Account.Microsoft365 account;
  private GraphDoor door;

  GraphHouse(String address) {
    mailbox = graph.mailbox("oid-1", address);
    tokens = new SimulatedTokens(simulator.tokens(), graph.url(), Optional.of("oid-1"), SCOPES);
    account = new Account.Microsoft365(address, "oid-1", tokens);
    door = door(Map.of());
  }

  /// With these settings instead of the usual ones; short times and small pages are usual here.
  void configured(Map<String, String> settings) {
    door.close();
    door = door(settings);
  }

  private GraphDoor door(Map<String, String> settings) {
    return new GraphDoor(URI.create(graph.url() + "/v1.0"), config(settings), 20_000_000, 100_000);
  }

  static GraphConfig config(Map<String, String> settings) {
    var all = new HashMap<>(Map.of("page-mails", "3", "first-pause", "10ms", "wait-at-most", "3s", "look-for", "20s", "look-every", "20ms"));
    all.putAll(settings);
    var config = new SmallRyeConfigBuilder().withMapping(GraphConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter());
    all.forEach((key, value) -> config.withDefaultValue("posthorn.microsoft365.graph." + key, value));
    return config.build().getConfigMapping(GraphConfig.class);
  }

  GraphDoor door() {
    return door;
  }

  GraphSource source(AfterImport afterImport) {
    return source(new MailboxWishes("INBOX", Instant.EPOCH, false, afterImport, Optional.of("Done").filter(_ -> afterImport == AfterImport.MOVE)));
  }

  GraphSource source(MailboxWishes wishes) {
    return new GraphSource(door, account, wishes, simulator.clock());
  }

  GraphSender sender() {
    return new GraphSender(door, account);
  }

  /// Ends it, after nobody did what Graph would not take.
  @Override
  public void close() {
    door.close();
    graph.close();
    simulator.close();
    assertThat(simulator.complaints().all()).isEmpty();
  }
}
