package dev.posthorn.outbox;

import dev.posthorn.channel.OutboundChannel;
import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.Session;

/// How much the current tenant may write in a day (UTC) by the platform's own relay, whose name suffers when somebody founds a tenant to write to
/// strangers. Works in the running transaction: what does not happen is not spent.
@ApplicationScoped
public class RelayBudget {
  private static final String RECIPIENTS = "recipients";

  private final OutboundChannels channels;
  private final OutboxConfig config;
  private final Session rows;
  private final Clock clock;

  RelayBudget(OutboundChannels channels, OutboxConfig config, Session rows, Clock clock) {
    this.channels = channels;
    this.config = config;
    this.rows = rows;
    this.clock = clock;
  }

  /// Somebody writes a mail to so many.
  ///
  /// @throws Refusal 429 where that is more than is left of the day, if it would leave by the relay
  public void demandRecipients(UUID channelId, int recipients) {
    if (channels.findById(channelId).kind.equals(OutboundChannel.RELAY)) {
      boolean proven = isProven();
      int most = proven ? config.relay().recipientsPerDay() : config.relay().unprovenRecipientsPerDay();
      demand(RECIPIENTS, recipients, most, "At most " + most + " recipients a day get mail by the platform's relay"
          + (proven ? "." : ", until a sending domain is verified or a mailbox is connected."));
    }
  }

  /// Spends of something that a tenant has so much of in a day.
  ///
  /// @throws Refusal 429, with these words, where it is not enough
  public void demand(String what, int amount, int most, String words) {
    if (amount > most || !spend(what, amount, most)) {
      throw Refusal.budgetSpent(words, untilTomorrow());
    }
  }

  private boolean spend(String what, int amount, int most) {
    return rows.createNativeMutationQuery("""
        insert into relay_spending as s (tenant_id, what, day, spent) values (current_tenant(), :what, :day, :amount)
        on conflict (tenant_id, what) do update
          set day = excluded.day, spent = case when s.day = excluded.day then s.spent else 0 end + excluded.spent
          where case when s.day = excluded.day then s.spent else 0 end + excluded.spent <= :most""")
        .setParameter("what", what).setParameter("day", today()).setParameter("amount", amount).setParameter("most", most).executeUpdate() > 0;
  }

  /// Whether it has shown that it is somebody who has mail of their own.
  private boolean isProven() {
    return rows.createNativeQuery("""
        select exists (select from sending_domain where tenant_id = current_tenant() and state = 'verified')
          or exists (select from mailbox where tenant_id = current_tenant())""", Boolean.class).getSingleResult();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Duration untilTomorrow() {
    Instant tomorrow = today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return Duration.between(clock.instant(), tomorrow);
  }
}
