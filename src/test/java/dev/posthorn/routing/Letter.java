package dev.posthorn.routing;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Header;
import dev.posthorn.routing.Facts.Circumstances;
import dev.posthorn.routing.Facts.File;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.routing.Facts.Place;
import dev.posthorn.trust.Authentication;
import dev.posthorn.trust.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A mail as rules see it.
final class Letter {
  static final UUID TEAM = new UUID(0, 1);
  static final UUID QUEUE = new UUID(0, 2);
  static final UUID CHANNEL = new UUID(0, 3);

  private final List<String> to = new ArrayList<>();
  private final List<String> cc = new ArrayList<>();
  private final List<String> bcc = new ArrayList<>();
  private final List<Header> headers = new ArrayList<>();
  private final List<File> files = new ArrayList<>();
  private Instant at = Instant.parse("2026-11-23T10:00:00Z");
  private String subject = "The heating is off";
  private String body = "Hello,\nit has been cold since yesterday.\n";
  private Address sender = new Address("Anna Example", "Anna@customer.example");
  private String envelopeTo = "";
  private Optional<UUID> mailbox = Optional.empty();
  private long size = 1_000;
  private Classification classification = Classification.ORDINARY;
  private Optional<Person> person = Optional.empty();
  private Authentication authentication = Authentication.NONE;
  private boolean continues;
  private boolean released;

  static Letter written() {
    return new Letter();
  }

  Letter subject(String text) {
    subject = text;
    return this;
  }

  Letter body(String text) {
    body = text;
    return this;
  }

  Letter from(String address) {
    sender = Address.parse(address).orElseThrow();
    return this;
  }

  Letter to(String... addresses) {
    to.addAll(List.of(addresses));
    return this;
  }

  Letter cc(String... addresses) {
    cc.addAll(List.of(addresses));
    return this;
  }

  Letter bcc(String... addresses) {
    bcc.addAll(List.of(addresses));
    return this;
  }

  Letter delivered(String address) {
    envelopeTo = address;
    return this;
  }

  Letter header(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  Letter file(String name, String type, boolean inline) {
    files.add(new File(name, type, inline));
    return this;
  }

  Letter fetched(UUID mailboxId) {
    mailbox = Optional.of(mailboxId);
    return this;
  }

  Letter size(long bytes) {
    size = bytes;
    return this;
  }

  Letter at(String time) {
    at = Instant.parse(time);
    return this;
  }

  Letter classified(Classification kind) {
    classification = kind;
    return this;
  }

  Letter known(String type, UUID owner, boolean vip, boolean registered) {
    person = Optional.of(new Person(Optional.ofNullable(type), Optional.ofNullable(owner), vip, registered));
    return this;
  }

  Letter dmarc(Verdict verdict) {
    authentication = new Authentication(Verdict.NONE, Verdict.NONE, verdict, Verdict.NONE, null, List.of(), null, "posthorn", null, verdict == Verdict.PASS);
    return this;
  }

  Letter continuing() {
    continues = true;
    return this;
  }

  Letter released() {
    released = true;
    return this;
  }

  Facts facts() {
    return new Facts(at, subject, body, sender, to, cc, bcc, envelopeTo, headers, CHANNEL, mailbox, files, size, classification,
        new Circumstances(person, authentication, continues, new Place(TEAM, QUEUE), released));
  }
}
