package dev.posthorn.intake;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class InboundMailResourceTest {
  @Inject House house;
  @Inject InboundMails mails;
  private FoundedTenant tenant;
  private House.Lodger lodger;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support+x@in.posthorn.example");
  }

  private String filed(String from) {
    return house.filed(lodger, SampleMail.from(from).bytes()).id.toString();
  }

  @Test
  void aMailTellsWhatBecameOfIt() { // P-53
    var id = filed("anna@customer.example");

    tenant.get("inbound-mails/" + id).statusCode(200).body("id", equalTo(id)).body("inboundChannelId", equalTo(lodger.channelId().toString()))
        .body("state", equalTo("ticketed")).body("envelopeTo", equalTo("support+x@in.posthorn.example")).body("envelopeFrom", equalTo("sender@customer.example"))
        .body("attempts", equalTo(1)).body("size", notNullValue()).body("receivedAt", notNullValue()).body("settledAt", notNullValue())
        .body("ticketId", notNullValue()).body("messageId", notNullValue());
  }

  @Test
  void theListIsNewestFirstAndFiltered() {
    var one = filed("one@customer.example");
    var two = filed("two@customer.example");
    house.in(lodger, () -> mails.update("state = 'failed', reason = 'tested' where id = ?1", UUID.fromString(two)));

    tenant.get("inbound-mails").statusCode(200).body("items.id", contains(two, one));
    tenant.get("inbound-mails?state=failed&count=true").body("items.id", contains(two)).body("items.reason", contains("tested")).body("total", equalTo(1));
    tenant.get("inbound-mails?state=ticketed&channelId=" + lodger.channelId()).body("items.id", contains(one));
    tenant.get("inbound-mails?channelId=" + UUID.randomUUID()).body("items", hasSize(0));
    var page = tenant.get("inbound-mails?limit=1").extract();
    tenant.get("inbound-mails?limit=1&after=" + page.path("next")).body("items.id", contains(one));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=lost", "state=Failed", "channelId=none"})
  void anUnknownFilterIsRefused(String query) {
    tenant.get("inbound-mails?" + query).statusCode(400).body("errors[0].pointer", equalTo(query.substring(0, query.indexOf('='))));
  }

  @Test
  void theLedgerAddsUp() { // P-53
    var ids = new String[InboundState.values().length];
    for (var state : InboundState.values()) {
      ids[state.ordinal()] = filed(state.word() + "@customer.example");
    }
    filed("again@customer.example");
    var never = Instant.parse("9999-01-01T00:00:00Z");
    house.in(lodger, () -> {
      for (var state : InboundState.values()) {
        // A pending one is due so late that nobody files it.
        mails.update("state = ?1, dueAt = ?2 where id = ?3", state.word(), never, UUID.fromString(ids[state.ordinal()]));
      }
      return null;
    });

    var ledger = tenant.get("inbound-channels/" + lodger.channelId() + "/ledger").statusCode(200).body("received", equalTo(9)).body("ticketed", equalTo(2));
    for (var state : InboundState.values()) {
      ledger.body(state.word(), equalTo(state == InboundState.TICKETED ? 2 : 1));
    }
  }

  @Test
  void theLedgerIsBoundedInTime() {
    var id = filed("anna@customer.example");
    var received = tenant.get("inbound-mails/" + id).extract().<String>path("receivedAt");
    var path = "inbound-channels/" + lodger.channelId() + "/ledger";

    tenant.get(path + "?from=" + received).statusCode(200).body("received", equalTo(1)).body("from", equalTo(received));
    tenant.get(path + "?to=" + received).body("received", equalTo(0));
    tenant.get(path + "?from=-999999999-01-01T00:00:00Z").body("received", equalTo(1));
    tenant.get(path + "?to=2000-01-01T00:00:00Z&from=2001-01-01T00:00:00Z").statusCode(400).body("errors[0].pointer", equalTo("to"));
    tenant.get(path + "?from=yesterday").statusCode(400).body("errors[0].pointer", equalTo("from"));
  }

  @Test
  void aChannelWithoutMailsHasAnEmptyLedger() {
    var channel = tenant.made("inbound-channels", Map.of("kind", "http", "name", "Push", "teamId", tenant.first("teams")));
    filed("anna@customer.example");
    tenant.get("inbound-channels/" + channel + "/ledger").statusCode(200).body("received", equalTo(0)).body("ticketed", equalTo(0));
  }

  @Test
  void onlyAdminsReadThem() {
    var lead = tenant.person(Role.LEAD, "lea");
    lead.call().get("/api/v1/inbound-mails").then().statusCode(403);
    lead.call().get("/api/v1/inbound-mails/" + UUID.randomUUID()).then().statusCode(403);
  }

  @Test
  void anotherTenantsMailIsNotFound() {
    var id = filed("anna@customer.example");
    FoundedTenant.found().get("inbound-mails/" + id).statusCode(404);
    FoundedTenant.found().get("inbound-mails?channelId=" + lodger.channelId()).body("items", hasSize(0));
  }
}
