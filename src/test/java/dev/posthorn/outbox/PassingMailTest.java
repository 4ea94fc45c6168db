package dev.posthorn.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.MessageId;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Mail that holds a key to something: sealed while it waits, gone when it has left.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class PassingMailTest {
  private static final String WORDS = "zebra-key-4711";

  private final FoundedTenant tenant = FoundedTenant.found();
  private final Rows rows = new Rows("posthorn");
  private final Address to = new Address("", UUID.randomUUID() + "@customer.example");

  @Inject Outbox outbox;
  @Inject OutboundChannels channels;

  private UUID enqueued(Optional<Instant> notBefore, boolean passing) {
    return tenant.in(() -> {
      var draft = new Draft(new Address("Posthorn", "office@in.posthorn.example"), List.of(to), List.of(), Optional.empty(), "A key", MessageId.fresh("in.posthorn.example"),
          Optional.empty(), List.of(), Instant.now(), "Here it is: " + WORDS, Optional.empty(), List.of(), List.of(), List.of());
      return outbox.enqueue(new Outbox.Parcel(channels.platformRelay().id, "", List.of(to), draft, notBefore, false, passing)).id;
    });
  }

  private long blobs() {
    return rows.number("select count(*) from blob where tenant_id = ?", tenant.id().value());
  }

  private long secrets() {
    return rows.number("select count(*) from stored_secret where tenant_id = ? and purpose = 'mail'", tenant.id().value());
  }

  @Test
  void whatWaitsIsSealedAndReadByWhoSendsItAlone() {
    var id = enqueued(Optional.of(Instant.now().plus(Duration.ofDays(1))), true);

    assertThat(blobs()).isZero();
    assertThat(secrets()).isEqualTo(1);
    for (var table : List.of("outbound_mail", "outbound_recipient", "stored_secret", "blob", "event")) {
      assertThat(rows.words("select t::text from " + table + " t where tenant_id = ?", tenant.id().value())).as(table).noneMatch(row -> row.contains(WORDS));
    }
    String text = tenant.in(() -> {
      try (var raw = outbox.raw(outbox.findById(id)); var bytes = raw.open()) {
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      }
    });
    assertThat(text).contains(WORDS);
  }

  @Test
  void whatHasLeftIsGone() {
    var id = enqueued(Optional.empty(), true);

    await().atMost(Duration.ofSeconds(30)).until(() -> rows.words("select state from outbound_mail where id = ?", id).contains("sent"));
    assertThat(CustomerServer.inbox(to.address())).hasSize(1).allSatisfy(mail -> assertThat(new String(mail, StandardCharsets.UTF_8)).contains(WORDS));
    assertThat(secrets()).isZero();
    assertThat(blobs()).isZero();
    assertThat(rows.number("select count(*) from outbound_mail where id = ? and raw_gone_at is not null and sealed_id is null", id)).isEqualTo(1);
  }

  @Test
  void whatIsTakenBackIsGoneToo() {
    var id = enqueued(Optional.of(Instant.now().plus(Duration.ofDays(1))), true);

    assertThat(tenant.in(() -> outbox.withdraw(id))).isTrue();

    assertThat(secrets()).isZero();
  }

  @Test
  void everyOtherMailIsKept() {
    enqueued(Optional.empty(), false);

    assertThat(blobs()).isEqualTo(1);
    assertThat(secrets()).isZero();
  }
}
