package dev.posthorn.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Classification;
import dev.posthorn.routing.Condition.All;
import dev.posthorn.routing.Condition.Any;
import dev.posthorn.routing.Condition.AttachmentNameContains;
import dev.posthorn.routing.Condition.AttachmentTypeIs;
import dev.posthorn.routing.Condition.AuthenticationIs;
import dev.posthorn.routing.Condition.BodyContains;
import dev.posthorn.routing.Condition.Check;
import dev.posthorn.routing.Condition.ClassificationIs;
import dev.posthorn.routing.Condition.ContactKnown;
import dev.posthorn.routing.Condition.ContactOwnerIs;
import dev.posthorn.routing.Condition.ContactRegistered;
import dev.posthorn.routing.Condition.ContactTypeIs;
import dev.posthorn.routing.Condition.ContactVip;
import dev.posthorn.routing.Condition.ContinuesTicket;
import dev.posthorn.routing.Condition.FetchedFromMailbox;
import dev.posthorn.routing.Condition.Field;
import dev.posthorn.routing.Condition.HasAttachment;
import dev.posthorn.routing.Condition.HeaderContains;
import dev.posthorn.routing.Condition.HeaderExists;
import dev.posthorn.routing.Condition.InBusinessHours;
import dev.posthorn.routing.Condition.InboundChannelIs;
import dev.posthorn.routing.Condition.LanguageIs;
import dev.posthorn.routing.Condition.LargerThan;
import dev.posthorn.routing.Condition.Not;
import dev.posthorn.routing.Condition.OneOfRecipientsIs;
import dev.posthorn.routing.Condition.RecipientContains;
import dev.posthorn.routing.Condition.RecipientFieldIs;
import dev.posthorn.routing.Condition.RecipientIs;
import dev.posthorn.routing.Condition.SenderContains;
import dev.posthorn.routing.Condition.SenderIs;
import dev.posthorn.routing.Condition.SubjectContains;
import dev.posthorn.sla.BusinessHours;
import dev.posthorn.sla.BusinessHours.Span;
import dev.posthorn.trust.Verdict;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of condition means.
class ConditionTest {
  private static final UUID OFFICE = new UUID(7, 7);
  private static final Map<UUID, BusinessHours> CALENDARS = Map.of(OFFICE, BusinessHours.of(ZoneId.of("Europe/Berlin"),
      Map.of(DayOfWeek.MONDAY, List.of(new Span(LocalTime.of(9, 0), LocalTime.of(17, 0)))), Set.of()));

  private static boolean is(Letter letter, Condition condition) {
    return new Matching(letter.facts(), CALENDARS, 1_000).holds(condition);
  }

  @ParameterizedTest
  @CsvSource({
    "The HEATING is off, heating, true",
    "Größe der Straße, GROSSE DER STRASSE, true",
    "Grosse, größe, true",
    "Café crème, cafe creme, true",
    "Łódź, lodz, true",
    "ΌΔΟΣ, οδος, true",
    "İstanbul, istanbul, true",
    "がく, かく, false",
    "각, 가, false",
    "two  blanks, two blanks, true",
    "The heating, heatings, false"})
  void aSubjectContainsTextWithoutRegardToCapitalsAndAccents(String subject, String text, boolean held) { // TH-17
    assertThat(is(Letter.written().subject(subject), new SubjectContains(text))).isEqualTo(held);
  }

  @Test
  void aBodyContainsTextHoweverItsLinesAreBroken() { // TH-18
    assertThat(is(Letter.written().body("it has been\ncold"), new BodyContains("been cold"))).isTrue();
    assertThat(is(Letter.written().body("it has been\ncold"), new BodyContains("warm"))).isFalse();
    assertThat(is(Letter.written().body("x".repeat(1_001) + "cold"), new BodyContains("cold"))).isFalse();
  }

  @Test
  void searchingTakesTimeInProportionToTheText() {
    var letter = Letter.written().body("a".repeat(1_000_000)).facts();

    var matching = new Matching(letter, Map.of(), 1_000_000);

    assertThat(matching.holds(new BodyContains("a".repeat(499) + "b"))).isFalse();
    assertThat(matching.holds(new BodyContains("a".repeat(500)))).isTrue();
  }

  @Test
  void aSenderIsAnAddress() { // TH-19
    assertThat(is(Letter.written().from("Anna <ANNA@Customer.example>"), new SenderIs("anna@customer.example"))).isTrue();
    assertThat(is(Letter.written().from("Anna <anna+shop@customer.example>"), new SenderIs("anna@customer.example"))).isTrue();
    assertThat(is(Letter.written().from("joanna@customer.example"), new SenderIs("anna@customer.example"))).isFalse();
  }

  @Test
  void aSenderContainsPartOfAnAddressOrName() { // TH-22
    assertThat(is(Letter.written().from("Zoë Müller <z@customer.example>"), new SenderContains("@customer."))).isTrue();
    assertThat(is(Letter.written().from("Zoë Müller <z@customer.example>"), new SenderContains("zoe muller"))).isTrue();
    assertThat(is(Letter.written().from("Zoë Müller <z@customer.example>"), new SenderContains("@elsewhere."))).isFalse();
  }

  @Test
  void theRecipientIsTheOnlyOneThatIsNamed() { // TH-20
    assertThat(is(Letter.written().to("support@acme.example"), new RecipientIs("Support@acme.example"))).isTrue();
    assertThat(is(Letter.written().to("support@acme.example").cc("bob@acme.example"), new RecipientIs("support@acme.example"))).isFalse();
    assertThat(is(Letter.written().to("sales@acme.example"), new RecipientIs("support@acme.example"))).isFalse();
    assertThat(is(Letter.written(), new RecipientIs("support@acme.example"))).isFalse();
  }

  @Test
  void oneOfTheRecipientsIsAnAddress() { // TH-21
    var letter = Letter.written().to("sales@acme.example").cc("support+detail@acme.example").delivered("hidden@acme.example");

    assertThat(is(letter, new OneOfRecipientsIs("support@acme.example"))).isTrue();
    assertThat(is(letter, new OneOfRecipientsIs("hidden@acme.example"))).isTrue();
    assertThat(is(letter, new OneOfRecipientsIs("port@acme.example"))).isFalse();
  }

  @Test
  void theFieldOfARecipientMatters() { // P-47
    var letter = Letter.written().to("sales@acme.example").cc("support@acme.example").delivered("hidden@acme.example");

    assertThat(is(letter, new RecipientFieldIs(Field.TO, "support@acme.example"))).isFalse();
    assertThat(is(letter, new RecipientFieldIs(Field.CC, "support@acme.example"))).isTrue();
    assertThat(is(letter, new RecipientFieldIs(Field.BCC, "hidden@acme.example"))).isTrue();
    assertThat(is(letter.delivered("sales@acme.example"), new RecipientFieldIs(Field.BCC, "sales@acme.example"))).isFalse();
    assertThat(is(letter, new RecipientContains(null, "SUPPORT@"))).isTrue();
    assertThat(is(letter, new RecipientContains(Field.TO, "support@"))).isFalse();
  }

  @Test
  void aHeaderExistsOrContainsText() {
    var letter = Letter.written().header("X-Shop", "Ördér 4711").header("x-shop", "other");

    assertThat(is(letter, new HeaderExists("X-SHOP"))).isTrue();
    assertThat(is(letter, new HeaderExists("X-Sho"))).isFalse();
    assertThat(is(letter, new HeaderContains("x-shop", "order"))).isTrue();
    assertThat(is(letter, new HeaderContains("X-Shop", "4712"))).isFalse();
  }

  @Test
  void aMailIsFetchedFromAMailboxOrCameByAChannel() { // TH-23
    var mailbox = UUID.randomUUID();

    assertThat(is(Letter.written().fetched(mailbox), new FetchedFromMailbox(mailbox))).isTrue();
    assertThat(is(Letter.written().fetched(UUID.randomUUID()), new FetchedFromMailbox(mailbox))).isFalse();
    assertThat(is(Letter.written(), new FetchedFromMailbox(mailbox))).isFalse();
    assertThat(is(Letter.written(), new InboundChannelIs(Letter.CHANNEL))).isTrue();
    assertThat(is(Letter.written(), new InboundChannelIs(mailbox))).isFalse();
  }

  @Test
  void aContactIsKnown() { // TH-24
    assertThat(is(Letter.written().known(null, null, false, false), new ContactKnown())).isTrue();
    assertThat(is(Letter.written(), new ContactKnown())).isFalse();
    assertThat(is(Letter.written().known(null, null, false, true), new ContactRegistered())).isTrue();
    assertThat(is(Letter.written().known(null, null, false, false), new ContactRegistered())).isFalse();
  }

  @Test
  void aContactIsOfAType() { // TH-25
    assertThat(is(Letter.written().known("Händler", null, false, false), new ContactTypeIs("handler"))).isTrue();
    assertThat(is(Letter.written().known("Händler", null, false, false), new ContactTypeIs("handle"))).isFalse();
    assertThat(is(Letter.written(), new ContactTypeIs("handler"))).isFalse();
  }

  @Test
  void aContactHasAnOwner() { // TH-26
    var owner = UUID.randomUUID();

    assertThat(is(Letter.written().known(null, owner, false, false), new ContactOwnerIs(owner))).isTrue();
    assertThat(is(Letter.written().known(null, owner, false, false), new ContactOwnerIs(null))).isTrue();
    assertThat(is(Letter.written().known(null, UUID.randomUUID(), false, false), new ContactOwnerIs(owner))).isFalse();
    assertThat(is(Letter.written().known(null, null, false, false), new ContactOwnerIs(null))).isFalse();
  }

  @Test
  void aContactIsAVip() { // TH-27
    assertThat(is(Letter.written().known(null, null, true, false), new ContactVip())).isTrue();
    assertThat(is(Letter.written().known(null, null, false, false), new ContactVip())).isFalse();
  }

  @Test
  void filesAreAskedByNameAndType() {
    var letter = Letter.written().file("Rëchnung 7.pdf", "application/pdf", false);

    assertThat(is(letter, new HasAttachment())).isTrue();
    assertThat(is(Letter.written().file("logo.png", "image/png", true), new HasAttachment())).isFalse();
    assertThat(is(letter, new AttachmentNameContains("RECHNUNG"))).isTrue();
    assertThat(is(letter, new AttachmentNameContains("invoice"))).isFalse();
    assertThat(is(letter, new AttachmentTypeIs("Application/PDF"))).isTrue();
    assertThat(is(letter, new AttachmentTypeIs("application/*"))).isTrue();
    assertThat(is(letter, new AttachmentTypeIs("image/*"))).isFalse();
  }

  @Test
  void aMailIsLargerThanItMayBe() {
    assertThat(is(Letter.written().size(1_001), new LargerThan(1_000))).isTrue();
    assertThat(is(Letter.written().size(1_000), new LargerThan(1_000))).isFalse();
  }

  @Test
  void theResultOfACheckOfTheSenderIsAsked() {
    assertThat(is(Letter.written().dmarc(Verdict.FAIL), new AuthenticationIs(Check.DMARC, Verdict.FAIL))).isTrue();
    assertThat(is(Letter.written().dmarc(Verdict.PASS), new AuthenticationIs(Check.DMARC, Verdict.FAIL))).isFalse();
    assertThat(is(Letter.written().dmarc(Verdict.PASS), new AuthenticationIs(Check.SPF, Verdict.PASS))).isFalse();
  }

  @Test
  void theLanguageIsWhatTheMailSaysOrWhatItsWordsTell() {
    assertThat(is(Letter.written().subject("Heizung").body("Die Heizung ist aus und ich friere."), new LanguageIs("de"))).isTrue();
    assertThat(is(Letter.written(), new LanguageIs("en"))).isTrue();
    assertThat(is(Letter.written().header("Content-Language", "fr-CA"), new LanguageIs("fr"))).isTrue();
    assertThat(is(Letter.written().subject("???").body("123"), new LanguageIs("en"))).isFalse();
  }

  @Test
  void anAutomaticAnswerIsToldFromAMail() {
    assertThat(is(Letter.written().classified(Classification.AUTO_REPLY), new ClassificationIs("auto-reply"))).isTrue();
    assertThat(is(Letter.written(), new ClassificationIs("auto-reply"))).isFalse();
  }

  @Test
  void businessHoursAreThoseOfTheTimeOfArrival() {
    assertThat(is(Letter.written().at("2026-11-23T08:00:00Z"), new InBusinessHours(OFFICE))).isTrue();
    assertThat(is(Letter.written().at("2026-11-23T16:00:00Z"), new InBusinessHours(OFFICE))).isFalse();
    assertThat(is(Letter.written().at("2026-11-22T10:00:00Z"), new InBusinessHours(OFFICE))).isFalse();
    assertThat(is(Letter.written(), new InBusinessHours(UUID.randomUUID()))).isFalse();
  }

  @Test
  void anAnswerIsToldFromWhatIsNew() {
    assertThat(is(Letter.written().continuing(), new ContinuesTicket())).isTrue();
    assertThat(is(Letter.written(), new ContinuesTicket())).isFalse();
  }

  @Test
  void conditionsStandInConditions() { // TH-16
    var yes = new SubjectContains("heating");
    var no = new SubjectContains("cooling");

    assertThat(is(Letter.written(), new All(List.of()))).isTrue();
    assertThat(is(Letter.written(), new All(List.of(yes, no)))).isFalse();
    assertThat(is(Letter.written(), new Any(List.of(no, yes)))).isTrue();
    assertThat(is(Letter.written(), new Any(List.of(no, no)))).isFalse();
    assertThat(is(Letter.written(), new Not(no))).isTrue();
    assertThat(is(Letter.written(), new All(List.of(yes, new Not(new Any(List.of(no))))))).isTrue();
  }

  @Test
  void everyKindHasItsName() {
    assertThat(new ContactVip().kind()).isEqualTo("contact-vip");
    assertThat(new Action.RouteToTeam(OFFICE).kind()).isEqualTo("route-to-team");
    assertThat(Condition.Kinds.of(Condition.class).keySet()).containsAll(leaves());
  }

  private static List<Class<?>> leaves() {
    return java.util.stream.Stream.of(Condition.Written.class, Condition.Around.class).<Class<?>>flatMap(type -> java.util.Arrays.stream(type.getPermittedSubclasses())).toList();
  }
}
