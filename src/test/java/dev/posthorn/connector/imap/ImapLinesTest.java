package dev.posthorn.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.AfterImport;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.MailSourceContract;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.PullOutcome;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.RawMail;
import dev.posthorn.support.Provider;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What one account may take of its server.
class ImapLinesTest {
  private static final String SUPPORT = "support@acme.example";
  private static final MailboxWishes WISHES = ImapAccounts.wishes(AfterImport.NONE);
  private static final ImapLimits HASTY = new ImapLimits(ImapAccounts.LONG, ImapAccounts.LONG, ImapAccounts.LONG, Duration.ofMillis(300),
      ImapAccounts.LONG, 100_000_000, 65_536, 3, 1_000_000, 20_000_000, 100_000);

  private final Provider server = Provider.start().with(SUPPORT);
  private final Watch watch = new Watch();

  @AfterEach
  void stop() {
    watch.close();
    server.close();
  }

  private ImapAccount account(LinePlaces places, ImapLimits limits) {
    return new ImapAccount(ImapAccounts.server(server.imapPort(), Encryption.NONE, Provider.PASSWORD), Trust.usual(), Reach.everywhere(), limits,
        places);
  }

  @Test
  void anAccountHasNoMoreLinesThanItMay() { // P-39
    var places = new LinePlaces(1);
    try (var two = new ImapSource(account(places, HASTY), WISHES, watch, Clock.systemUTC())) {
      try (var one = new ImapSource(account(places, ImapAccounts.LIMITS), WISHES, watch, Clock.systemUTC())) {
        assertThat(one.pull(Optional.empty())).isInstanceOf(PullOutcome.Page.class);
        assertThat(two.pull(Optional.empty())).isInstanceOfSatisfying(PullOutcome.Later.class,
            end -> assertThat(end.why()).isEqualTo("all 1 lines to this account are in use"));
      }

      assertThat(two.pull(Optional.empty())).isInstanceOf(PullOutcome.Page.class);
    }
  }

  @Test
  void aLineThatFailedGivesItsPlaceBack() {
    var places = new LinePlaces(1);
    server.password(SUPPORT, "another");
    try (var source = new ImapSource(account(places, ImapAccounts.LIMITS), WISHES, watch, Clock.systemUTC())) {
      assertThat(source.pull(Optional.empty())).isInstanceOf(PullOutcome.Revoked.class);
      assertThat(source.pull(Optional.empty())).isInstanceOf(PullOutcome.Revoked.class);
    }
    server.password(SUPPORT, Provider.PASSWORD);
    var shelf = new SentShelf(account(places, ImapAccounts.LIMITS), Optional.empty(), watch);
    assertThat(shelf.look(new MessageId("m1@customer.example"))).isEqualTo(new SentShelf.Found.Nowhere());
    assertThat(shelf.keep(new MessageId("m1@customer.example"), RawMail.of(MailSourceContract.mail("m1")))).isInstanceOf(SentShelf.Kept.Done.class);
    assertThat(shelf.look(new MessageId("m1@customer.example"))).isEqualTo(new SentShelf.Found.There());
  }

  @Test
  void freshMailComesAloneWhereOldMailHasToWait() {
    for (int number = 1; number <= 5; number++) {
      server.arrives(SUPPORT, MailSourceContract.mail("old" + number));
    }
    var wishes = new MailboxWishes("INBOX", Instant.EPOCH, false, AfterImport.NONE, Optional.empty());
    try (var source = new ImapSource(account(LinePlaces.unlimited(), ImapAccounts.LIMITS), wishes, watch, Clock.systemUTC())) {
      var first = MailSourceContract.page(source.pull(Optional.empty()));
      assertThat(first.mails()).extracting(MailSourceContract::subject).containsExactly("old1", "old2", "old3");
      server.arrives(SUPPORT, MailSourceContract.mail("fresh"));

      var fresh = MailSourceContract.page(source.pullFresh(Optional.of(first.nextCursor())));
      var nothing = MailSourceContract.page(source.pullFresh(Optional.of(fresh.nextCursor())));

      assertThat(fresh.mails()).extracting(MailSourceContract::subject).containsExactly("fresh");
      assertThat(fresh.more()).isFalse();
      assertThat(nothing.mails()).isEmpty();
      assertThat(MailSourceContract.drain(source, Optional.of(nothing.nextCursor())).subjects()).containsExactly("old4", "old5");
    }
  }
}
