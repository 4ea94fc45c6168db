package dev.posthorn.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.Rows;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Nobody founds a tenant to write to strangers by the platform's relay.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RelayBudgetTest {
  private final FoundedTenant tenant = FoundedTenant.found();
  private final Rows rows = new Rows("posthorn");

  private void spent(String what, int spent, int daysAgo) {
    rows.execute("insert into relay_spending (tenant_id, what, day, spent) values ('" + tenant.id() + "', '" + what + "', (now() at time zone 'UTC')::date - " + daysAgo + ", " + spent
        + ") on conflict (tenant_id, what) do update set day = excluded.day, spent = excluded.spent");
  }

  private long left(String what) {
    return rows.number("select spent from relay_spending where tenant_id = ? and what = ?", tenant.id().value(), what);
  }

  private ValidatableResponse opened(String... to) {
    var first = to[0];
    var cc = List.of(to).subList(1, to.length).stream().map(address -> Map.of("address", address)).toList();
    return tenant.post("tickets", Map.of("subject", "Offer", "requester", Map.of("email", first), "message", Map.of("text", "Buy", "cc", cc)));
  }

  @Test
  void aDaysRecipientsAreBudgetedAndTheNextDayBeginsAnew() {
    spent("recipients", 198, 0);

    opened("a@customer.example", "b@customer.example", "c@customer.example").statusCode(429).body("type", endsWith("/problems/budget-spent"));
    assertThat(left("recipients")).as("what is refused is not spent").isEqualTo(198);
    assertThat(rows.number("select count(*) from outbound_mail where tenant_id = ?", tenant.id().value())).isZero();
    opened("a@customer.example", "b@customer.example").statusCode(201);
    var refused = opened("c@customer.example").statusCode(429).extract();
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);

    spent("recipients", 200, 1);
    opened("c@customer.example").statusCode(201);
    assertThat(left("recipients")).isEqualTo(1);
  }

  @Test
  void repliesAndForwardsAreCountedToo() {
    String ticket = opened("a@customer.example").statusCode(201).extract().path("id");
    spent("recipients", 200, 0);

    tenant.post("tickets/" + ticket + "/replies", Map.of("text", "Again")).statusCode(429);
    tenant.post("tickets/" + ticket + "/forwards", Map.of("to", List.of(Map.of("address", "x@other.example")), "text", "See below")).statusCode(429);
    tenant.post("tickets/" + ticket + "/comments", Map.of("text", "Said among us")).statusCode(201);
  }

  @Test
  void whoHasShownADomainOfTheirOwnHasALargerOne() {
    spent("recipients", 200, 0);
    opened("a@customer.example").statusCode(429);
    var secret = UUID.randomUUID();
    rows.execute("insert into stored_secret (tenant_id, id, purpose, key_id, sealed, created_at, updated_at) values ('" + tenant.id() + "', '" + secret
        + "', 'test', 'test', '', now(), now())");
    rows.execute("insert into sending_domain (tenant_id, id, domain, state, selector, public_key, secret_id, created_at, updated_at) values ('" + tenant.id()
        + "', gen_random_uuid(), 'acme.example', 'verified', 's', 'k', '" + secret + "', now(), now())");

    opened("a@customer.example").statusCode(201);
    assertThat(left("recipients")).isEqualTo(201);
  }

  @Test
  void invitationsAreBudgetedADayAndAltogether() {
    spent("invitations", 49, 0);

    tenant.post("invitations", Map.of("email", "a@people.example", "name", "A", "role", "agent")).statusCode(201);
    tenant.post("invitations", Map.of("email", "b@people.example", "name", "B", "role", "agent")).statusCode(429).body("type", endsWith("/problems/budget-spent"));
    spent("invitations", 0, 0);
    rows.execute("insert into invitation (tenant_id, id, email, name, role, team_ids, queue_ids, token_hash, state, invited_by, expires_at, created_at, updated_at) select '" + tenant.id()
        + "', gen_random_uuid(), 'x@people.example', 'X', 'agent', '[]', '[]', decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'pending', 'x', now() + interval '1 day', now(), now()"
        + " from generate_series(1, 199)");
    tenant.post("invitations", Map.of("email", "b@people.example", "name", "B", "role", "agent")).statusCode(409);
  }
}
