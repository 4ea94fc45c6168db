package dev.posthorn.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What rules make of mail that comes in.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RulesTest {
  private static final Map<String, Object> ALWAYS = Map.of("kind", "all", "conditions", List.of());

  @Inject House house;
  private FoundedTenant tenant;
  private House.Lodger lodger;

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
    lodger = new House.Lodger(tenant.id(), UUID.fromString(tenant.first("inbound-channels")), null, "support+x@in.posthorn.example");
  }

  private String rule(Map<String, Object> condition, Map<?, ?>... actions) {
    return tenant.made("rules", Map.of("name", "Rule", "condition", condition, "actions", List.of(actions)));
  }

  private static Map<String, Object> subject(String text) {
    return Map.of("kind", "subject-contains", "text", text);
  }

  private InboundMail arrives(SampleMail mail) {
    return house.filed(lodger, mail.bytes());
  }

  private static SampleMail anna() {
    return SampleMail.from("Anna Example <anna@customer.example>").subject("The heating is off");
  }

  @Test
  void whatARuleIgnoresIsKeptAndMakesNoTicket() { // EH-26, P-53
    var id = rule(subject("HEATING"), Map.of("kind", "ignore"));

    var row = arrives(anna());

    assertThat(row.state).isEqualTo("ignored");
    assertThat(row.reason).isEqualTo("rule");
    tenant.get("tickets").body("items", hasSize(0));
    tenant.get("contacts").body("items", hasSize(0));
    tenant.get("inbound-mails/" + row.id + "/explanation").statusCode(200).body("rules[0].ruleId", equalTo(id)).body("rules[0].revision", equalTo(1))
        .body("rules[0].tests[0].found", equalTo("The heating is off")).body("rules[0].deeds[0].kind", equalTo("ignore"));
    tenant.patch("rules/" + id, Map.of("enabled", false)).statusCode(200);
    tenant.post("inbound-mails/" + row.id + "/reprocessing", Map.of()).statusCode(202);
    assertThat(house.settled(lodger, row.id).state).isEqualTo("ticketed");
  }

  @Test
  void whatARuleHoldsBackWaitsUntilItIsReleased() {
    rule(Map.of("kind", "contact-known"), Map.of("kind", "stop"));
    rule(ALWAYS, Map.of("kind", "quarantine"), Map.of("kind", "add-tags", "tags", List.of("checked")));

    var row = arrives(anna());

    assertThat(row.state).isEqualTo("quarantined");
    tenant.get("quarantine").body("items[0].reason", equalTo("rule")).body("items[0].from", equalTo("anna@customer.example"));
    tenant.post("quarantine/" + row.id + "/release", Map.of()).statusCode(202);
    var released = house.settled(lodger, row.id);
    assertThat(released.state).isEqualTo("ticketed");
    tenant.get("tickets/" + released.ticketId).body("tags", contains("checked"));
  }

  @Test
  void aTicketGoesToTheTeamAssignedToNobody() { // EH-27
    var queue = tenant.made("queues", Map.of("name", "Second"));
    var team = tenant.made("teams", Map.of("name", "Second", "defaultQueueId", queue));
    rule(Map.of("kind", "sender-contains", "text", "anna"), Map.of("kind", "route-to-team", "teamId", team));

    var ticket = arrives(anna()).ticketId;

    tenant.get("tickets/" + ticket).body("teamId", equalTo(team)).body("queueId", equalTo(queue)).body("assigneeId", nullValue());
  }

  @Test
  void aTicketGoesToTheAgent() { // EH-28
    var queue = tenant.made("queues", Map.of("name", "Ann's"));
    var agent = tenant.made("agents", Map.of("name", "Ann", "email", "ann@people.example", "role", "agent", "queueIds", List.of(queue)));
    rule(ALWAYS, Map.of("kind", "route-to-agent", "agentId", agent));

    var ticket = arrives(anna()).ticketId;

    tenant.get("tickets/" + ticket).body("assigneeId", equalTo(agent)).body("queueId", equalTo(queue));
    tenant.get("tickets/" + ticket + "/timeline").body("items.event.kind", hasItem("ticket.assigned"));
  }

  @Test
  void anotherTicketIsMadeAlthoughOneIsOpen() { // EH-29
    tenant.patch("teams/" + tenant.first("teams"), Map.of("joinOpenTicket", true)).statusCode(200);
    rule(subject("order"), Map.of("kind", "create-new-ticket"));
    var first = arrives(anna().subject("Question").id("q@customer.example"));

    var joined = arrives(anna().subject("Another question"));
    var order = arrives(anna().subject("Order 7"));
    var answer = arrives(anna().subject("Re: Order 7").header("In-Reply-To", "<q@customer.example>"));

    assertThat(joined.ticketId).isEqualTo(first.ticketId);
    assertThat(order.state).isEqualTo("ticketed");
    assertThat(order.reason).isEqualTo("rule");
    assertThat(answer.ticketId).isNotIn(first.ticketId, order.ticketId);
    tenant.get("tickets/" + answer.ticketId).body("followsTicketId", equalTo(first.ticketId.toString()));
  }

  @Test
  void aTicketBeginsAsTheRulesSay() { // TH-16
    var queue = tenant.made("queues", Map.of("name", "Second"));
    var urgent = tenant.get("priorities").extract().<String>path("items[0].id");
    var waiting = tenant.get("statuses").extract().<String>path("items[2].id");
    rule(subject("heating"), Map.of("kind", "route-to-queue", "queueId", queue), Map.of("kind", "set-priority", "priorityId", urgent));
    rule(Map.of("kind", "body-contains", "text", "does not work"), Map.of("kind", "set-status", "statusId", waiting), Map.of("kind", "add-tags", "tags", List.of("b", "a")));

    var ticket = arrives(anna()).ticketId;

    tenant.get("tickets/" + ticket).body("queueId", equalTo(queue)).body("priorityId", equalTo(urgent)).body("status", equalTo("waiting"))
        .body("tags", contains("a", "b"));
    tenant.get("tickets?tag=a").body("items.id", contains(ticket.toString()));
    tenant.get("tickets?tag=c").body("items", hasSize(0));
  }

  @Test
  void whatIsKnownOfTheContactCounts() { // TH-24, TH-25, TH-26, TH-27
    var owner = tenant.made("agents", Map.of("name", "Ann", "email", "ann@people.example", "role", "agent"));
    tag("known", Map.of("kind", "contact-known"));
    tag("type", Map.of("kind", "contact-type-is", "type", "dealer"));
    tag("owner", Map.of("kind", "contact-owner-is", "agentId", owner));
    tag("vip", Map.of("kind", "contact-vip"));
    tag("stranger", Map.of("kind", "not", "condition", Map.of("kind", "contact-known")));
    var contact = new HashMap<String, Object>(Map.of("emails", List.of("anna@customer.example"), "type", "Dealer", "ownerId", owner, "vip", true));
    tenant.post("contacts", contact).statusCode(201).body("ownerId", equalTo(owner)).body("vip", equalTo(true)).body("registered", equalTo(true));

    tenant.get("tickets/" + arrives(anna()).ticketId).body("tags", contains("known", "owner", "type", "vip"));
    tenant.get("tickets/" + arrives(SampleMail.from("bob@customer.example")).ticketId).body("tags", contains("stranger"));
    tenant.get("tickets/" + arrives(SampleMail.from("bob@customer.example")).ticketId).body("tags", contains("known"));
  }

  private void tag(String tag, Map<String, Object> condition) {
    rule(condition, Map.of("kind", "add-tags", "tags", List.of(tag)));
  }

  @Test
  void aMessageTellsWhichRulesWereAskedAndWhatWasFound() {
    var id = rule(Map.of("kind", "any", "conditions", List.of(subject("cooling"), Map.of("kind", "sender-is", "address", "anna@customer.example"))),
        Map.of("kind", "add-tags", "tags", List.of("a")));
    tenant.patch("rules/" + id, Map.of("name", "Changed")).statusCode(200);

    var row = arrives(anna());

    tenant.get("messages/" + row.messageId + "/explanation").statusCode(200)
        .body("rules", hasSize(1)).body("rules[0].ruleId", equalTo(id)).body("rules[0].revision", equalTo(2)).body("rules[0].name", equalTo("Changed"))
        .body("rules[0].held", equalTo(true)).body("rules[0].tests.kind", contains("subject-contains", "sender-is"))
        .body("rules[0].tests.held", contains(false, true)).body("rules[0].tests[1].found", equalTo("anna@customer.example"))
        .body("rules[0].deeds[0].detail", equalTo("a")).body("circumstances.contactKnown", equalTo(false)).body("circumstances.queueId", notNullValue());
  }

  @Test
  void whoeverOpensATicketIsAnsweredByTheTemplateOfARule() { // WX-16
    var template = tenant.made("templates", Map.of("name", "Arrived", "subject", "Ticket {{ticket.number}}", "bodyHtml", "<p>Hello {{contact.name}}, <b>thank you</b>.</p>"));
    rule(subject("heating"), Map.of("kind", "reply-with-template", "templateId", template));

    var ticket = arrives(anna()).ticketId;
    var other = arrives(anna().subject("Else")).ticketId;
    var robot = arrives(SampleMail.from("robot@customer.example").subject("Heating alarm").header("Precedence", "bulk")).ticketId;

    tenant.get("tickets/" + ticket + "/messages").body("items.direction", contains("inbound", "outbound")).body("items[1].subject", equalTo("Ticket 1"))
        .body("items[1].text", containsString("Hello Anna Example, thank you.")).body("items[1].html", containsString("<b>thank you</b>"))
        .body("items[1].classification", equalTo("auto-reply")).body("items[1].to[0].address", equalTo("anna@customer.example"));
    tenant.get("tickets/" + ticket).body("unanswered", equalTo(true));
    tenant.get("tickets/" + other + "/messages").body("items", hasSize(1));
    tenant.get("tickets/" + robot + "/messages").body("items", hasSize(1));
    tenant.delete("templates/" + template).statusCode(409).body("detail", containsString("rule"));
    tenant.post("rules", Map.of("name", "X", "condition", ALWAYS, "actions", List.of(Map.of("kind", "reply-with-template", "templateId", UUID.randomUUID()))))
        .statusCode(422).body("errors[0].pointer", equalTo("/actions/0/templateId"));
  }

  @Test
  void aRuleOfAnotherTeamIsNotAsked() {
    var team = tenant.made("teams", Map.of("name", "Second"));
    tenant.made("rules", Map.of("name", "Theirs", "teamId", team, "condition", ALWAYS, "actions", List.of(Map.of("kind", "ignore"))));

    assertThat(arrives(anna()).state).isEqualTo("ticketed");
  }

  @Test
  void mailOfMoreThanOneAtOnceIsDecidedEachByItself() {
    rule(subject("two"), Map.of("kind", "ignore"));
    var ids = List.of("one", "two", "three").stream().map(subject -> house.bring(lodger, anna().subject(subject).bytes())).toList();

    assertThat(ids.stream().map(id -> house.settled(lodger, id).state)).containsExactly("ticketed", "ignored", "ticketed");
  }

  @Test
  void aRulePassesOnWhatOpensATicketWithItsFiles() { // WX-14
    rule(subject("heating"), Map.of("kind", "forward", "address", "plumber@partner.example"), Map.of("kind", "add-tags", "tags", List.of("passed-on")));
    var mail = anna().header("MIME-Version", "1.0").header("Content-Type", "multipart/mixed; boundary=b")
        .body("--b\n\nIt is cold.\n--b\nContent-Type: text/csv; name=a.csv\n\na,b\n--b--\n");

    var ticket = arrives(mail).ticketId;

    tenant.get("tickets/" + ticket + "/messages").body("items.direction", contains("inbound", "outbound")).body("items[1].to[0].address", equalTo("plumber@partner.example"))
        .body("items[1].subject", equalTo("Fwd: The heating is off")).body("items[1].attachments[0].name", equalTo("a.csv"));
    tenant.get("tickets/" + ticket).body("unanswered", equalTo(true));
    tenant.get("tickets/" + ticket + "/timeline").body("items.event.kind", hasItem("ticket.forwarded"));
    var robots = arrives(SampleMail.from("robot@customer.example").subject("heating report").header("Auto-Submitted", "auto-generated")).ticketId;
    tenant.get("tickets/" + robots + "/messages").body("items", hasSize(1));
    tenant.post("rules", Map.of("name", "x", "condition", ALWAYS, "actions", List.of(Map.of("kind", "forward", "address", "nobody")))).statusCode(400);
  }

  @Test
  void aRuleNeverPassesOnToOurselves() { // OD-27
    rule(ALWAYS, Map.of("kind", "forward", "address", tenant.get("inbound-channels").extract().<String>path("items[0].address")));

    var ticket = arrives(anna()).ticketId;

    tenant.get("tickets/" + ticket + "/messages").body("items", hasSize(1));
    tenant.get("tickets/" + ticket + "/timeline").body("items.event.kind", hasItem("ticket.not-forwarded"));
  }

  @Test
  void aRuleAsksForAWorkflow() { // WX-17
    rule(subject("heating"), Map.of("kind", "run-workflow", "workflow", "order-plumber"));

    var ticket = arrives(anna()).ticketId;
    var other = arrives(SampleMail.from("carl@customer.example").subject("Else")).ticketId;

    tenant.get("tickets/" + ticket + "/timeline").body("items.findAll { it.event?.kind == 'workflow.requested' }.event.data.workflow", contains("order-plumber"));
    tenant.get("tickets/" + other + "/timeline").body("items.findAll { it.event?.kind == 'workflow.requested' }", hasSize(0));
  }

  @Test
  void aTeamThatTakesNoStrangersTakesNoneByARuleEither() { // EH-23
    var queue = tenant.made("queues", Map.of("name", "Second"));
    var team = tenant.made("teams", Map.of("name", "Second", "defaultQueueId", queue));
    tenant.patch("teams/" + team, Map.of("acceptOnlyKnownContacts", true)).statusCode(200);
    tenant.made("contacts", Map.of("name", "Carl", "emails", List.of("carl@customer.example")));
    rule(ALWAYS, Map.of("kind", "route-to-team", "teamId", team));

    var stranger = arrives(anna());
    var known = arrives(SampleMail.from("carl@customer.example").subject("Hello"));

    assertThat(stranger.state).isEqualTo("quarantined");
    assertThat(stranger.reason).isEqualTo("unknown-contact");
    assertThat(known.state).isEqualTo("ticketed");
    tenant.post("quarantine/" + stranger.id + "/release", Map.of()).statusCode(202);
    assertThat(house.settled(lodger, stranger.id).state).isEqualTo("ticketed");
  }
}
