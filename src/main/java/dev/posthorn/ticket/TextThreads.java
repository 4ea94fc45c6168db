package dev.posthorn.ticket;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// The conversations by text of the current tenant. Texts name nothing that they answer: the numbers alone hold one together.
@ApplicationScoped
public class TextThreads implements PanacheRepositoryBase<TextThread, TextThread.Key> {
  private final Clock clock;

  TextThreads(Clock clock) {
    this.clock = clock;
  }

  /// The ticket of the last text between the number and the channel.
  public Optional<UUID> ticketOf(UUID channelId, String number) {
    return findByIdOptional(new TextThread.Key(channelId, number)).map(thread -> thread.ticketId);
  }

  /// By which channel the ticket's last text went or came.
  Optional<TextThread> newestOf(UUID ticketId) {
    return find("ticketId = ?1 order by updatedAt desc", ticketId).firstResultOptional();
  }

  /// From now on the conversation goes on there.
  public void goesOn(UUID channelId, String number, UUID ticketId) {
    var thread = findByIdOptional(new TextThread.Key(channelId, number)).orElseGet(() -> {
      var fresh = new TextThread();
      fresh.channelId = channelId;
      fresh.number = number;
      return fresh;
    });
    thread.ticketId = ticketId;
    thread.updatedAt = clock.instant();
    persist(thread);
  }
}
