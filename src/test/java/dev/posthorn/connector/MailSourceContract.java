package dev.posthorn.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.PulledMail.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every [MailSource] does, whatever it speaks with its server.
public interface MailSourceContract {
  /// A source that leaves imported mails as they are, brings what is there already, and has pages of three mails.
  MailSource source(AfterImport afterImport);

  /// Puts a mail into the mailbox as a server does.
  void arrives(byte[] mail);

  /// What the mailbox holds now: subject of each mail, with `*` before one that is unread.
  List<String> mailbox();

  static byte[] mail(String subject) {
    return ("From: Anna <anna@customer.example>\r\nTo: support@acme.example\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
        + "@customer.example>\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  default void mailsComeOnceInTheirOrderPageByPage() { // P-16
    for (int number = 1; number <= 7; number++) {
      arrives(mail("m" + number));
    }
    try (var source = source(AfterImport.NONE)) {
      var all = drain(source, Optional.empty());

      assertThat(all.subjects).containsExactly("m1", "m2", "m3", "m4", "m5", "m6", "m7");
      assertThat(all.pages).isGreaterThan(2);
      assertThat(drain(source, Optional.of(all.cursor)).subjects).isEmpty();
    }
  }

  @Test
  default void theCursorGoesOnWhereItWasInAnotherLife() {
    arrives(mail("m1"));
    String cursor;
    try (var source = source(AfterImport.NONE)) {
      cursor = drain(source, Optional.empty()).cursor;
    }
    arrives(mail("m2"));

    try (var source = source(AfterImport.NONE)) {
      assertThat(drain(source, Optional.of(cursor)).subjects).containsExactly("m2");
    }
  }

  /// P-11: what was looked at is as unread as before.
  @Test
  default void lookingChangesNothing() { // P-11
    arrives(mail("m1"));
    try (var source = source(AfterImport.MARK_READ)) {
      drain(source, Optional.empty());

      assertThat(mailbox()).containsExactly("*m1");
    }
  }

  @Test
  default void bytesAreTheBytes() {
    var mail = mail("m1");
    arrives(mail);
    try (var source = source(AfterImport.NONE); var pulled = page(source.pull(Optional.empty())).mails().getFirst()) {
      assertThat(bytes(pulled)).isEqualTo(mail);
      assertThat(pulled.sourceKey()).isNotEmpty();
    }
  }

  /// TH-29
  @Test
  default void importedMailsAreMarkedAsRead() { // TH-29
    arrives(mail("m1"));
    arrives(mail("m2"));
    try (var source = source(AfterImport.MARK_READ)) {
      var page = page(source.pull(Optional.empty()));

      assertThat(source.imported(List.of(page.mails().getFirst().reference()))).isEmpty();
      assertThat(mailbox()).containsExactly("m1", "*m2");
      page.mails().forEach(PulledMail::close);
    }
  }

  /// P-12
  @Test
  default void importedMailsAreDeleted() { // P-12
    arrives(mail("m1"));
    arrives(mail("m2"));
    try (var source = source(AfterImport.DELETE)) {
      var page = page(source.pull(Optional.empty()));

      assertThat(source.imported(List.of(page.mails().getFirst().reference()))).isEmpty();
      assertThat(mailbox()).containsExactly("*m2");
      page.mails().forEach(PulledMail::close);
    }
  }

  @Test
  default void aMailIsFoundAgainByItsReference() {
    arrives(mail("m1"));
    try (var source = source(AfterImport.DELETE)) {
      var first = page(source.pull(Optional.empty())).mails().getFirst();

      assertThat(source.again(first.reference())).isInstanceOfSatisfying(MailSource.Sought.Found.class,
          found -> assertThat(found.mail().sourceKey()).isEqualTo(first.sourceKey()));
      source.imported(List.of(first.reference()));
      assertThat(source.again(first.reference())).isInstanceOf(MailSource.Sought.Gone.class);
    }
  }

  @Test
  default void waitingEndsWithNews() throws Exception {
    try (var source = source(AfterImport.NONE)) {
      var cursor = drain(source, Optional.empty()).cursor;
      var waiting = CompletableFuture.supplyAsync(() -> source.await(Duration.ofSeconds(30)));
      arrives(mail("m1"));

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isIn(MailSource.Waited.NEWS, MailSource.Waited.CANNOT, MailSource.Waited.QUIET);
      assertThat(drain(source, Optional.of(cursor)).subjects).containsExactly("m1");
    }
  }

  @Test
  default void waitingEndsByItselfWhenNothingComes() {
    try (var source = source(AfterImport.NONE)) {
      assertThat(source.await(Duration.ofMillis(200))).isIn(MailSource.Waited.QUIET, MailSource.Waited.CANNOT);
      assertThat(page(source.pull(Optional.empty())).mails()).isEmpty();
    }
  }

  /// Everything that was brought.
  record Drained(List<String> subjects, String cursor, int pages) {}

  static Drained drain(MailSource source, Optional<String> from) {
    var subjects = new ArrayList<String>();
    var cursor = from;
    for (int pages = 1; ; pages++) {
      var page = page(source.pull(cursor));
      page.mails().forEach(mail -> subjects.add(subject(mail)));
      page.mails().forEach(PulledMail::close);
      cursor = Optional.of(page.nextCursor());
      if (!page.more()) {
        return new Drained(subjects, page.nextCursor(), pages);
      }
    }
  }

  static PullOutcome.Page page(PullOutcome outcome) {
    assertThat(outcome).isInstanceOf(PullOutcome.Page.class);
    return (PullOutcome.Page) outcome;
  }

  static String subject(PulledMail mail) {
    return switch (mail.content()) {
      case Content.Whole(var raw) -> new String(raw.head(100_000), StandardCharsets.UTF_8).lines()
          .filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring(9);
      case Content.TooLarge(var size, _) -> "too large: " + size;
      case Content.Unreadable(var why) -> "unreadable: " + why;
    };
  }

  static byte[] bytes(PulledMail mail) {
    assertThat(mail.content()).isInstanceOf(Content.Whole.class);
    try (var bytes = ((Content.Whole) mail.content()).mail().open()) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
