package dev.posthorn.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How far a mail got with one of its recipients. Nobody who has it is sent it again.
@Entity
@IdClass(OutboundRecipient.Key.class)
public class OutboundRecipient {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  @Id public UUID outboundMailId;
  @Id public String address;
  public String state;
  public String serverWords;

  public record Key(UUID outboundMailId, String address) {}

  /// How it ended, or stands, in the server's words.
  void is(OutboundState now, String words) {
    state = now.word();
    serverWords = words;
  }

  /// Whether this recipient is still to be tried.
  boolean mayStillGo() {
    return state.equals(OutboundState.QUEUED.word()) || state.equals(OutboundState.DEFERRED.word());
  }

  /// What the ends of its recipients make of a mail: the worst one tells, and only where nobody was to get it, nobody did.
  static OutboundState end(Collection<OutboundRecipient> recipients) {
    if (any(recipients, OutboundState.FAILED)) {
      return OutboundState.FAILED;
    }
    if (any(recipients, OutboundState.BOUNCED)) {
      return OutboundState.BOUNCED;
    }
    return any(recipients, OutboundState.SENT) ? OutboundState.SENT : OutboundState.SUPPRESSED;
  }

  /// Whether none of them is known to have been reached.
  static boolean nobodyHasIt(Collection<OutboundRecipient> recipients) {
    return !any(recipients, OutboundState.SENT) && !any(recipients, OutboundState.BOUNCED);
  }

  static boolean any(Collection<OutboundRecipient> recipients, OutboundState state) {
    return recipients.stream().anyMatch(recipient -> recipient.state.equals(state.word()));
  }
}
