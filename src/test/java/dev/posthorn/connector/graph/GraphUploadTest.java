package dev.posthorn.connector.graph;

import static dev.posthorn.connector.MailSenderContract.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Sent;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.DraftPart;
import dev.posthorn.mail.MailComposer;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Sha256;
import dev.posthorn.simulator.Call;
import dev.posthorn.simulator.Fault;
import dev.posthorn.simulator.GraphRealm;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Files that are larger than a request arrive as they are, whatever becomes of the line on their way (P-51).
class GraphUploadTest {
  private static final Predicate<Call> PIECE = call -> call.method().equals("PUT");

  private final GraphHouse house = new GraphHouse("support@example.com");

  @AfterEach
  void stop() {
    house.close();
  }

  /// P-51: nothing of a customer's files is changed on the way, and what is large is not lost.
  @Test
  void fiveFilesOfTenMegabytesArriveAsTheyAre() { // P-51
    var files = files(5, 10_000_000);

    assertThat(large(files)).isInstanceOf(Sent.class);

    var left = house.mailbox.left().getFirst();
    assertThat(hashes(left.files())).isEqualTo(hashes(files));
    assertThat(octets(left.mime())).contains("References: <first@example.com>").contains("multipart/alternative").doesNotContain("multipart/mixed");
  }

  @Test
  void anUploadThatIsBrokenOffGoesOnWhereTheServerIs() { // P-51
    var files = files(2, 10_000_000);
    house.graph.uploads().faults().next(1, PIECE, new Fault.Silence());
    house.graph.uploads().faults().next(1, PIECE, Fault.status(503));
    house.graph.uploads().faults().next(1, PIECE, Fault.throttled("1"));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  @Test
  void aPieceInTheWrongPlaceIsAskedFor() { // P-51
    var files = files(1, 10_000_000);
    house.graph.uploads().faults().next(1, PIECE, new Fault.Answer(GraphRealm.error(416, "InvalidRange", "")));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  @Test
  void anUploadSessionThatHasExpiredIsBegunAgain() { // P-51
    var files = files(1, 10_000_000);
    var pieces = new ArrayList<String>();
    house.graph.uploads().faults().next(1, call -> PIECE.test(call) && pieces.add("") && pieces.size() == 2, new Fault.Answer(GraphRealm.error(404, "ErrorItemNotFound", "")));

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
  }

  /// The last piece has arrived, its answer has not, and the session is over: the file is not uploaded twice.
  @Test
  void aFileWhoseLastAnswerIsLostIsUploadedOnce() { // P-51
    var files = files(1, 4_000_000);
    house.graph.uploads().faults().next(1, call -> PIECE.test(call) && call.header("Content-Range").orElse("").contains("-3999999/"), new Fault.Silence());

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(house.mailbox.left().getFirst().files()).hasSize(1);
    assertThat(house.simulator.calls().stream().filter(call -> call.path().endsWith("/createUploadSession"))).hasSize(1);
  }

  @Test
  void aSmallFileOfALargeMailGoesInOneRequest() {
    var files = files(3, 900_000);

    assertThat(large(files)).isInstanceOf(Sent.class);
    assertThat(hashes(house.mailbox.left().getFirst().files())).isEqualTo(hashes(files));
    assertThat(house.simulator.calls()).noneMatch(PIECE);
  }

  private SendOutcome large(Map<String, byte[]> files) {
    var parts = files.entrySet().stream()
        .map(file -> new DraftPart(file.getKey(), "application/pdf", Optional.empty(), () -> new ByteArrayInputStream(file.getValue()))).toList();
    var draft = new Draft(Address.of("support@example.com"), List.of(Address.of("a@example.org")), List.of(), Optional.empty(), "large",
        new MessageId("large@example.com"), Optional.of(new MessageId("first@example.com")), List.of(new MessageId("first@example.com")),
        Instant.parse("2026-03-01T10:00:00Z"), "", Optional.of("<p>With <b>files</b></p>"), List.of(), parts, List.of());
    try (var raw = MailComposer.compose(draft)) {
      return house.sender().send(new Dispatch("", List.of(Address.of("a@example.org")), new MessageId("large@example.com"), raw)).getFirst().outcome();
    }
  }

  private static Map<String, byte[]> files(int count, int size) {
    var random = new Random(7);
    var files = new LinkedHashMap<String, byte[]>();
    for (int number = 1; number <= count; number++) {
      var bytes = new byte[size];
      random.nextBytes(bytes);
      files.put("file-" + number + ".pdf", bytes);
    }
    return files;
  }

  private static Map<String, Sha256> hashes(Map<String, byte[]> files) {
    var hashes = new LinkedHashMap<String, Sha256>();
    files.forEach((name, bytes) -> hashes.put(name, RawMail.of(bytes).sha256()));
    return hashes;
  }
}
