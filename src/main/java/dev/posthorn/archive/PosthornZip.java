package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.archive.Lines.CommentLine;
import dev.posthorn.archive.Lines.MailLine;
import dev.posthorn.archive.Lines.Manifest;
import dev.posthorn.archive.Lines.Person;
import dev.posthorn.archive.Lines.TicketLine;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.ticket.ImportedTicket;
import dev.posthorn.ticket.ImportedTicket.Entry;
import dev.posthorn.ticket.ImportedTicket.Letter;
import dev.posthorn.ticket.ImportedTicket.Note;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;

/// An export of Posthorn's own, as it is imported again.
final class PosthornZip implements AutoCloseable {
  private final ZipFile zip;
  private final ObjectMapper json;
  private final int maxLineBytes;
  private final long maxMailBytes;
  private final int memoryBytes;

  /// @throws IllegalArgumentException where the file is no such export
  PosthornZip(Path file, ObjectMapper json, int maxLineBytes, long maxMailBytes, int memoryBytes) throws IOException {
    this.zip = new ZipFile(file.toFile());
    this.json = json;
    this.maxLineBytes = maxLineBytes;
    this.maxMailBytes = maxMailBytes;
    this.memoryBytes = memoryBytes;
    var manifest = manifest();
    if (!manifest.filter(one -> Manifest.FORMAT.equals(one.format()) && one.version() == Manifest.VERSION).isPresent()) {
      zip.close();
      throw new IllegalArgumentException("It is no export of Posthorn.");
    }
  }

  private Optional<Manifest> manifest() throws IOException {
    var entry = zip.getEntry("manifest.json");
    if (entry == null) {
      return Optional.empty();
    }
    try (var in = zip.getInputStream(entry)) {
      return Optional.of(json.readValue(in.readNBytes(maxLineBytes), Manifest.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void each(JsonTickets.Taker taker) throws IOException {
    var entry = zip.getEntry("tickets.jsonl");
    if (entry == null) {
      throw new IllegalArgumentException("It has no tickets.jsonl.");
    }
    try (var in = new BufferedInputStream(zip.getInputStream(entry), 1 << 16)) {
      int number = 0;
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        number++;
        taker.take(item(number, line));
      }
    }
  }

  private Item item(int number, byte[] line) {
    try {
      if (line.length > maxLineBytes) {
        throw new IllegalArgumentException("It is longer than " + maxLineBytes + " bytes.");
      }
      var ticket = json.readValue(line, TicketLine.class);
      return new Item("posthorn " + ticket.id(), "Ticket " + ticket.number(), () -> read(ticket));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return unreadable(number, e instanceof JsonProcessingException ? "The line is not JSON of a ticket." : e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Item unreadable(int number, String why) {
    return new Item("posthorn line", "Line " + number + " of tickets.jsonl", () -> {
      throw new IllegalArgumentException(why);
    });
  }

  private byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (line.size() <= maxLineBytes) {
        line.write(octet);
      }
      if (octet == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private ImportedTicket read(TicketLine ticket) throws IOException {
    var entries = new ArrayList<Entry>();
    var letters = new Letters();
    for (MailLine mail : Optional.ofNullable(ticket.messages()).orElse(List.of())) {
      entries.add(letter(mail, letters));
    }
    for (CommentLine comment : Optional.ofNullable(ticket.comments()).orElse(List.of())) {
      entries.add(new Note(Optional.ofNullable(comment.author()).orElse(""), comment.text(), comment.at()));
    }
    entries.sort(Comparator.comparing(Entry::at));
    var requester = Optional.ofNullable(ticket.requester()).flatMap(PosthornZip::address)
        .orElseThrow(() -> new IllegalArgumentException("The requester has no e-mail address."));
    return new ImportedTicket(ticket.subject(), ticket.statusKind(), ticket.createdAt(), requester,
        new HashSet<>(Optional.ofNullable(ticket.tags()).orElse(List.of())), entries);
  }

  private Letter letter(MailLine mail, Letters letters) throws IOException {
    boolean outbound = "outbound".equals(mail.direction());
    var messageId = Optional.ofNullable(mail.messageId()).flatMap(id -> MessageId.parse("<" + id + ">"));
    if (mail.mail() == null) {
      return letters.write(messageId, "posthorn." + mail.id(), outbound, address(mail.from()).orElse(Letters.NOBODY), addresses(mail.to()), addresses(mail.cc()),
          mail.subject(), mail.at(), mail.text(), Optional.ofNullable(mail.html()));
    }
    letters.passes(messageId);
    return new Letter(raw(mail.mail()), outbound, mail.at());
  }

  private RawMail raw(String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      throw new IllegalArgumentException("Its mail " + name.replaceAll("[^A-Za-z0-9./-]", "") + " is not in the file.");
    }
    try (var in = zip.getInputStream(entry); var spool = new Spool(maxMailBytes, memoryBytes)) {
      in.transferTo(spool);
      return spool.toRawMail();
    } catch (Spool.TooLarge e) {
      throw new IllegalArgumentException("One of its mails is larger than " + maxMailBytes + " bytes.", e);
    }
  }

  private static Optional<Address> address(Person person) {
    return person == null || person.address() == null ? Optional.empty()
        : Address.parse(person.address()).map(found -> new Address(Optional.ofNullable(person.name()).orElse(""), found.address()));
  }

  private static List<Address> addresses(List<Person> people) {
    return people == null ? List.of() : people.stream().flatMap(person -> address(person).stream()).toList();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
