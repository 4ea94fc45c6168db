package dev.posthorn.connector.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.connector.Step;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Mails that Graph lists and does not hand out as they are.
class GraphFetchFaultsTest {
  private static final Predicate<Call> MIME = call -> call.path().endsWith("/$value");
  private static final Predicate<Call> DELTA = call -> call.path().endsWith("/delta");

  private final GraphHouse house = new GraphHouse("support@acme.example");

  @AfterEach
  void stop() {
    house.close();
  }

  private static byte[] multipart(String subject) {
    return ("From: anna@customer.example\r\nTo: support@acme.example\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
        + "@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"bbb\"\r\n\r\n--bbb\r\nContent-Type: text/plain\r\n\r\n"
        + "Hello ".repeat(100) + "\r\n--bbb\r\nContent-Type: application/pdf\r\n\r\n" + "x".repeat(500) + "\r\n--bbb--\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aMailThatComesCutOffIsLookedForAgain() {
    // One after the other, so that it is the first that is cut.
    house.configured(Map.of("at-once", "1"));
    var mail = multipart("m1");
    house.graph.delivers(house.mailbox, mail);
    arrives("m2");
    house.graph.cutMails(1);
    var source = house.source(AfterImport.NONE);

    var page = page(source.pull(Optional.empty()));
    var cut = page.mails().stream().filter(one -> one.content() instanceof Content.Unreadable).findFirst().orElseThrow();

    assertThat(page.mails()).hasSize(2);
    assertThat(source.again(cut.reference())).isInstanceOfSatisfying(MailSource.Sought.Found.class,
        found -> assertThat(MailSourceContract.bytes(found.mail())).isEqualTo(mail));
  }

  /// Not for ever: what is the same each time is what there is.
  @Test
  void aMailThatIsCutOffForGoodIsTakenAsItIs() {
    var id = house.graph.delivers(house.mailbox, new String(multipart("m1"), StandardCharsets.UTF_8).replace("--bbb--", "").getBytes(StandardCharsets.UTF_8));
    var source = house.source(AfterImport.NONE);
    assertThat(page(source.pull(Optional.empty())).mails().getFirst().content()).isInstanceOf(Content.Unreadable.class);

    assertThat(source.again(id)).isInstanceOfSatisfying(MailSource.Sought.Found.class, found -> {
      assertThat(found.mail().content()).isInstanceOf(Content.Whole.class);
      assertThat(found.mail().sourceKey()).isEqualTo("graph:" + id);
    });
  }

  @Test
  void aLineThatDiesInMidBodyCostsASecondLookAndNoMail() {
    arrives("m1");
    arrives("m2");
    house.graph.faults().next(1, MIME, new Fault.CutOff());
    house.graph.faults().next(1, DELTA, new Fault.Silence());

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).containsExactly("m1", "m2");
  }

  @Test
  void oneMailOnWhichEveryLineDiesDoesNotStopTheOthers() {
    var poison = arrives("m1");
    arrives("m2");
    house.graph.faults().next(9, MIME.and(call -> call.path().contains(poison)), new Fault.CutOff());

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).satisfiesExactlyInAnyOrder(
        one -> assertThat(one).startsWith("unreadable"), other -> assertThat(other).isEqualTo("m2"));
  }

  @Test
  void oneMailThatTheServerFailsOnDoesNotStopTheOthers() {
    var poison = arrives("m1");
    arrives("m2");
    house.graph.faults().next(9, MIME.and(call -> call.path().contains(poison)),
        new Fault.Answer(GraphRealm.error(500, "ErrorInternalServerError", "An internal server error occurred.")));

    assertThat(drain(house.source(AfterImport.NONE)).subjects()).satisfiesExactlyInAnyOrder(
        one -> assertThat(one).startsWith("unreadable: 500 ErrorInternalServerError"), other -> assertThat(other).isEqualTo("m2"));
  }

  @Test
  void aServerThatIsDownEndsThePullAndNoMailIsBlamed() {
    arrives("m1");
    house.graph.faults().next(99, new Fault.Answer(GraphRealm.error(500, "ErrorInternalServerError", "")));

    assertThat(house.source(AfterImport.NONE).pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class,
        later -> assertThat(later.step()).isEqualTo(Step.MAIL));
  }

  /// P-36
  @Test
  void aMailThatIsTooLargeShowsItsBeginning() { // P-36
    var large = (new String(MailSourceContract.mail("m1"), StandardCharsets.UTF_8) + "0123456789abcdef\r\n".repeat(1_200_000)).getBytes(StandardCharsets.UTF_8);
    house.graph.delivers(house.mailbox, large);

    var mail = page(house.source(AfterImport.NONE).pull(Optional.empty())).mails().getFirst();

    assertThat(mail.content()).isInstanceOfSatisfying(Content.TooLarge.class, content -> {
      assertThat(content.size()).isEqualTo(large.length);
      assertThat(content.beginning().size()).isEqualTo(20_000_000);
    });
    mail.close();
  }

  private String arrives(String subject) {
    return house.graph.delivers(house.mailbox, MailSourceContract.mail(subject));
  }

  private static MailSourceContract.Drained drain(MailSource source) {
    return MailSourceContract.drain(source, Optional.empty());
  }

  private static MailSourceContract.Drained drain(MailSource source, String cursor) {
    return MailSourceContract.drain(source, Optional.of(cursor));
  }

  private static PullOutcome.Page page(PullOutcome outcome) {
    return MailSourceContract.page(outcome);
  }
}
