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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// An export of Posthorn's own, as it is imported again.
final class PosthornZip implements AutoCloseable {
  private static final String NO_TICKET = "The line is not JSON of a ticket.";
  private static final int MAX_MANIFEST = 10_000;

  private final ZipFile zip;
  private final ObjectMapper json;
  private final ImportLimits limits;
  private final Inflation inflation;

  /// @throws IllegalArgumentException where the file is no such export
  /// @throws TooMuch where it lists more files than allowed
  PosthornZip(Path file, ObjectMapper json, ImportLimits limits, Inflation inflation) throws IOException {
    ZipDirectory.demandShort(file, limits.directoryBytes());
    this.zip = new ZipFile(file.toFile());
    this.json = json;
    this.limits = limits;
    this.inflation = inflation;
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
      return Optional.of(json.readValue(in.readNBytes(MAX_MANIFEST), Manifest.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void each(JsonTickets.Taker taker) throws IOException {
    var entry = zip.getEntry("tickets.jsonl");
    if (entry == null) {
      throw new IllegalArgumentException("It has no tickets.jsonl.");
    }
    try (var in = new BufferedInputStream(inflation.ofLines(zip.getInputStream(entry)), 1 << 16)) {
      int number = 0;
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        number++;
        if (!isBlank(line)) {
          taker.take(item(number, line));
        }
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    return line.length == 1 && line[0] == '\n' || line.length == 2 && line[0] == '\r' && line[1] == '\n';
  }

  private Item item(int number, byte[] line) throws IOException {
    if (line.length > limits.itemBytes()) {
      return unreadable(number, "It is longer than " + limits.itemBytes() + " bytes.");
    }
    try (var parser = new MeasuredParser(json.getFactory().createParser(line), Integer.MAX_VALUE, limits.itemValues())) {
      parser.begins();
      try {
        var ticket = json.readValue(parser, TicketLine.class);
        return ticket == null ? unreadable(number, NO_TICKET) : new Item("posthorn " + ticket.id(), "Ticket " + ticket.number(), () -> read(ticket));
      } catch (JsonProcessingException | MeasuredParser.TooLarge e) {
        return unreadable(number, parser.isTooLarge() ? "It has more than " + limits.itemValues() + " values." : NO_TICKET);
      }
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
      if (line.size() <= limits.itemBytes()) {
        line.write(octet);
      }
      if (octet == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private ImportedTicket read(TicketLine ticket) {
    var mails = Optional.ofNullable(ticket.messages()).orElse(List.of());
    var comments = Optional.ofNullable(ticket.comments()).orElse(List.of());
    if (mails.size() + comments.size() > limits.messages()) {
      throw new IllegalArgumentException("It has more than " + limits.messages() + " messages and comments.");
    }
    var entries = new ArrayList<Entry>();
    var letters = new Letters();
    var named = new HashSet<String>();
    for (MailLine mail : mails) {
      if (mail.mail() != null && !named.add(mail.mail())) {
        throw new IllegalArgumentException("It names one mail twice.");
      }
      entries.add(letter(mail, letters));
    }
    for (CommentLine comment : comments) {
      entries.add(new Note(Optional.ofNullable(comment.author()).orElse(""), comment.text(), comment.at()));
    }
    entries.sort(Comparator.comparing(Entry::at));
    var requester = Optional.ofNullable(ticket.requester()).flatMap(PosthornZip::address)
        .orElseThrow(() -> new IllegalArgumentException("The requester has no e-mail address."));
    return new ImportedTicket(ticket.subject(), ticket.statusKind(), ticket.createdAt(), requester,
        new HashSet<>(Optional.ofNullable(ticket.tags()).orElse(List.of())), entries);
  }

  private Letter letter(MailLine mail, Letters letters) {
    boolean outbound = "outbound".equals(mail.direction());
    var messageId = Optional.ofNullable(mail.messageId()).flatMap(id -> MessageId.parse("<" + id + ">"));
    if (mail.mail() == null) {
      return letters.write(messageId, "posthorn." + mail.id(), outbound, address(mail.from()).orElse(Letters.NOBODY), addresses(mail.to()), addresses(mail.cc()),
          mail.subject(), mail.at(), mail.text(), Optional.ofNullable(mail.html()));
    }
    letters.passes(messageId);
    var entry = zip.getEntry(mail.mail());
    if (entry == null) {
      throw new IllegalArgumentException("Its mail " + mail.mail().replaceAll("[^A-Za-z0-9./-]", "") + " is not in the file.");
    }
    return new Letter(() -> raw(entry), outbound, mail.at());
  }

  private RawMail raw(ZipEntry entry) throws IOException {
    try (var in = inflation.ofMails(zip.getInputStream(entry)); var spool = new Spool(limits.mailBytes(), limits.memoryBytes())) {
      in.transferTo(spool);
      return spool.toRawMail();
    } catch (Spool.TooLarge e) {
      throw new IllegalArgumentException("One of its mails is larger than " + limits.mailBytes() + " bytes.", e);
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
