package dev.posthorn.trust;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How much of something was spent in a span of time.
///
/// A budget of kind `loop` works like a circuit breaker: when it is overspent it opens, and closes again after a quiet time
/// in which nothing came, or when somebody closes it. One of kind `confirmation` is just empty until its span is over.
@Entity
public class Budget {
  /// Mails from one address to one channel with one subject that would open tickets.
  public static final String LOOP = "loop";

  /// Confirmations to one address, or to everybody whose address is not proven.
  public static final String CONFIRMATION = "confirmation";

  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID id;
  public String kind;
  public String key;
  public UUID channelId;
  public String address;
  public String subject;

  /// The ticket that takes what comes while it is open.
  public UUID ticketId;

  public Instant since;
  public int spent;
  public Instant lastAt;

  /// When it was overspent; null while it is not.
  public Instant openedAt;

  /// What spending did.
  public enum Turn {
    /// There was enough.
    SPENT,
    /// It was the one too many.
    OPENED,
    /// It is open and stays so.
    STILL_OPEN,
    /// It was open, then nothing came for long enough; this one is spent again.
    CLOSED
  }

  /// Spends one of a breaker.
  ///
  /// @param most how many may be spent within the window
  /// @param quiet how long nothing may come before an open one closes
  public Turn spend(Instant now, int most, Duration window, Duration quiet) {
    boolean wasOpen = isOpen();
    if (wasOpen && now.isBefore(lastAt.plus(quiet))) {
      spent++;
      lastAt = now;
      return Turn.STILL_OPEN;
    }
    if (wasOpen || !now.isBefore(since.plus(window))) {
      begin(now);
    }
    spent++;
    lastAt = now;
    if (spent > most) {
      openedAt = now;
      return Turn.OPENED;
    }
    return wasOpen ? Turn.CLOSED : Turn.SPENT;
  }

  /// Takes one, if there is one left in this window.
  public boolean take(Instant now, int most, Duration window) {
    if (!now.isBefore(since.plus(window))) {
      begin(now);
    }
    lastAt = now;
    if (spent >= most) {
      return false;
    }
    spent++;
    return true;
  }

  public boolean isOpen() {
    return openedAt != null;
  }

  /// Nothing is spent.
  public void begin(Instant now) {
    since = now;
    spent = 0;
    lastAt = now;
    openedAt = null;
  }
}
