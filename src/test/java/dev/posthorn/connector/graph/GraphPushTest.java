package dev.posthorn.connector.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.Announcer.Outcome;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.secret.Secret;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Realm;
import dev.posthorn.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How Graph is brought to announce new mail.
class GraphPushTest {
  private static final Secret STATE = Secret.of("the-state");

  private final GraphHouse house = new GraphHouse("support@acme.example");

  /// The service, as far as Graph tries it.
  private static final class Listener extends Realm {
    private boolean listens = true;

    Listener() {
      super("listener");
    }

    @Override
    protected Optional<Reply> answer(Call call) {
      return Optional.of(listens ? Reply.text(200, call.query("validationToken").orElse("")) : Reply.empty(500));
    }
  }

  private final Listener listener = house.simulator.add(new Listener());

  @BeforeEach
  void listen() {
    house.configured(Map.of("notification-url", house.simulator.url() + "/listener/"));
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private Announcer announcer() {
    return house.source(AfterImport.NONE).announcer().orElseThrow();
  }

  private Outcome.Announced announced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Announced.class);
    return (Outcome.Announced) outcome;
  }

  @Test
  void aSubscriptionIsMadeAfterBothAddressesWereTried() {
    var announced = announced(announcer().announce(Optional.empty(), STATE));

    assertThat(house.graph.subscriptions().live()).containsExactly(announced.id());
    assertThat(announced.until()).isAfter(house.simulator.clock().instant().plus(Duration.ofDays(2)));
    assertThat(house.simulator.calls()).filteredOn(call -> call.query("validationToken").isPresent()).extracting(Call::path)
        .containsExactly("/hooks/graph", "/hooks/graph/lifecycle");
  }

  @Test
  void itIsRenewedWhileItLives() {
    var first = announced(announcer().announce(Optional.empty(), STATE));
    house.simulator.clock().advance(Duration.ofDays(1));

    var again = announced(announcer().announce(Optional.of(first.id()), STATE));

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.until()).isAfter(first.until());
    assertThat(house.graph.subscriptions().made()).isEqualTo(1);
  }

  @Test
  void oneThatIsGoneWithoutAWordIsMadeAnew() { // P-57
    var first = announced(announcer().announce(Optional.empty(), STATE));
    house.graph.subscriptions().vanish();

    assertThat(announced(announcer().announce(Optional.of(first.id()), STATE)).id()).isNotEqualTo(first.id());
  }

  /// Delegated rights reach no subscription to a shared mailbox: it is asked at intervals.
  @Test
  void aSharedMailboxIsNotAnnounced() { // P-05
    house.graph.mailbox("oid-2", "team@acme.example").sharedWith("oid-1");
    var account = new Account.Microsoft365("team@acme.example", "team@acme.example", house.tokens);
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, false, AfterImport.NONE, Optional.empty());
    try (var source = new GraphSource(house.door(), account, wishes, house.simulator.clock())) {
      assertThat(source.announcer().orElseThrow().announce(Optional.empty(), STATE)).isInstanceOf(Outcome.NotAllowed.class);
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsTriedLater() {
    listener.listens = false;

    assertThat(announcer().announce(Optional.empty(), STATE)).isInstanceOf(Outcome.NotNow.class);
  }

  @Test
  void withoutAnAddressNothingIsAsked() {
    house.configured(Map.of());

    assertThat(announcer().announce(Optional.empty(), STATE)).isInstanceOf(Outcome.NotAllowed.class);
    assertThat(house.simulator.calls()).isEmpty();
  }
}
