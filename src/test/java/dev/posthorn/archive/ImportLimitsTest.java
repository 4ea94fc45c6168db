package dev.posthorn.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthorn.ticket.ImportedTicket.Letter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that somebody made so that reading them costs more than having made them.
class ImportLimitsTest {
  private static final ImportLimits LIMITS = new ImportLimits(2_000, 100, 1_000, 3, 2, 100, 10_000, 1_000, 3_000, 1_000);
  private static final String TICKET = "{\"id\":%d,\"subject\":\"S\",\"status\":\"open\",\"created_at\":\"2025-01-01T00:00:00Z\",\"requester_id\":5,\"description\":\"D\"}";
  private static final String USERS = "\"users\":[{\"id\":5,\"name\":\"Eve\",\"email\":\"eve@customer.example\",\"photo\":{\"sizes\":[1,2,3]}}]";

  @TempDir Path folder;

  private static List<Item> items(String json) throws IOException {
    var items = new ArrayList<Item>();
    new JsonTickets(LIMITS).each(() -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), ZendeskTickets::item, items::add);
    return items;
  }

  private static String ticket(int id) {
    return TICKET.formatted(id);
  }

  @Test
  void aTicketOfCountlessEmptyObjectsIsRefusedAndTheNextIsRead() throws IOException {
    var items = items("{\"tickets\":[" + ticket(1) + ",{\"id\":2,\"comments\":[" + "{},".repeat(200) + "{}]}," + ticket(3) + "]," + USERS + "}");

    assertThat(items).extracting(Item::name).containsExactly("Ticket 1", "Ticket", "Ticket 3");
    assertThatThrownBy(() -> items.get(1).source().read()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("100 values");
    assertThat(items.getLast().source().read().requester().name()).isEqualTo("Eve");
  }

  @Test
  void aTicketThatIsTooLongIsRefusedWhereverItStands() throws IOException {
    var tooLong = "{\"id\":2,\"a\":\"" + "x".repeat(1_500) + "\",\"b\":{\"c\":[\"" + "y".repeat(1_500) + "\"]},\"d\":1}";

    assertThat(items(ticket(1) + "\n" + tooLong + "\n" + ticket(3))).extracting(Item::name).containsExactly("Ticket 1", "Ticket", "Ticket 3");
    assertThat(items("[" + ticket(1) + "," + tooLong + "," + ticket(3) + "]")).extracting(Item::name).containsExactly("Ticket 1", "Ticket", "Ticket 3");
    assertThat(items("{\"tickets\":[" + ticket(1) + "," + tooLong + "," + ticket(3) + "]}")).extracting(Item::name).containsExactly("Ticket 1", "Ticket", "Ticket 3");
  }

  @Test
  void anArrayBetweenTheFieldsOfATicketDoesNotBeginItsMeasureAnew() throws IOException {
    var part = "\"a%d\":\"" + "x".repeat(1_500) + "\",\"users\":[],";

    assertThat(items("{" + part.formatted(1) + part.formatted(2) + "\"id\":9}")).extracting(Item::name).containsExactly("Ticket");
  }

  @Test
  void whateverLiesBesideTheTicketsIsPassedOverHoweverLong() throws IOException {
    var items = items("{\"organizations\":[" + "{\"x\":\"y\"},".repeat(10) + "{}],\"tickets\":[" + ticket(1) + "],\"metrics\":[" + "[[1]],".repeat(500) + "0]," + USERS + "}");

    assertThat(items).extracting(Item::name).containsExactly("Ticket 1");
    assertThat(items.getFirst().source().read().requester().name()).isEqualTo("Eve");
  }

  @Test
  void peopleAreFoundBeforeTheTicketsAsBehindThemAndAreNotCountless() throws IOException {
    assertThat(items("{" + USERS + ",\"tickets\":[" + ticket(1) + "]}").getFirst().source().read().requester().name()).isEqualTo("Eve");

    assertThatThrownBy(() -> items("{\"users\":[{\"id\":1},{\"id\":2},{\"id\":3}],\"tickets\":[]}")).isInstanceOf(TooMuch.class).hasMessageContaining("2 people");
  }

  private Path zip(String lines, String... mails) throws IOException {
    var file = Files.createTempFile(folder, "export", ".zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "manifest.json", "{\"format\":\"posthorn\",\"version\":1}");
      put(zip, "tickets.jsonl", lines);
      for (int i = 0; i < mails.length; i++) {
        put(zip, "mails/" + i + ".eml", mails[i]);
      }
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String messages) {
    return "{\"id\":\"00000000-0000-7000-8000-000000000001\",\"number\":7,\"subject\":\"S\",\"requester\":{\"address\":\"eve@customer.example\"},\"createdAt\":\"2025-01-01T00:00:00Z\","
        + "\"messages\":[" + messages + "]}\n";
  }

  private static String message(int mail) {
    return "{\"direction\":\"inbound\",\"at\":\"2025-01-01T00:00:00Z\",\"mail\":\"mails/" + mail + ".eml\"}";
  }

  private static List<Item> read(PosthornZip zip) throws IOException {
    var items = new ArrayList<Item>();
    zip.each(items::add);
    return items;
  }

  private static PosthornZip open(Path file, Inflation inflation) throws IOException {
    return new PosthornZip(file, JsonMapper.builder().findAndAddModules().build(), LIMITS, inflation);
  }

  @Test
  void emptyLinesAreNoTickets() throws IOException {
    try (var zip = open(zip("\n".repeat(3_000) + line("") + "\r\n\n"), new Inflation(0, 10_000))) {
      assertThat(read(zip)).extracting(Item::name).containsExactly("Ticket 7");
    }
  }

  @Test
  void whatUnpacksToTooMuchEndsTheImport() throws IOException {
    try (var zip = open(zip("\n".repeat(100_000)), new Inflation(0, 10_000))) {
      assertThatThrownBy(() -> read(zip)).isInstanceOf(TooMuch.class).hasMessage("There are more than 10000 bytes in it.");
    }
  }

  @Test
  void aTicketThatNamesOneMailTwiceOrTooManyIsRefused() throws IOException {
    try (var zip = open(zip(line(message(0) + "," + message(0)) + line(message(0) + "," + message(1) + "," + message(2) + "," + message(3)) + line("{},".repeat(100) + "{}"), "a", "b", "c", "d"),
        new Inflation(0, 10_000))) {
      var items = read(zip);

      assertThatThrownBy(() -> items.get(0).source().read()).hasMessage("It names one mail twice.");
      assertThatThrownBy(() -> items.get(1).source().read()).hasMessage("It has more than 3 messages and comments.");
      assertThatThrownBy(() -> items.get(2).source().read()).hasMessage("It has more than 100 values.");
    }
  }

  @Test
  void aMailIsUnpackedWhenItIsAskedForAndCountsFromTurnToTurn() throws IOException {
    var inflation = new Inflation(8_000, 10_000);
    try (var zip = open(zip(line(message(0)) + line(message(1)), "Subject: a\n\n" + "x".repeat(900), "Subject: b\n\n" + "y".repeat(2_500)), inflation)) {
      var items = read(zip);
      var first = (Letter) items.getFirst().source().read().entries().getFirst();
      var second = (Letter) items.getLast().source().read().entries().getFirst();
      assertThat(inflation.mails()).isEqualTo(8_000);

      try (var raw = first.raw().open()) {
        assertThat(raw.size()).isEqualTo(912);
      }

      assertThat(inflation.mails()).isEqualTo(8_912);
      assertThatThrownBy(() -> second.raw().open()).isInstanceOf(TooMuch.class);
    }
  }

  @Test
  void aZipThatListsTooManyFilesIsNotOpened() throws IOException {
    var mails = new String[40];
    Arrays.fill(mails, "x");

    assertThatThrownBy(() -> open(zip("", mails), new Inflation(0, 10_000))).isInstanceOf(TooMuch.class).hasMessage("The list of its files is longer than 1000 bytes.");
  }
}
