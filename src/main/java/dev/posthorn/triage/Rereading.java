package dev.posthorn.triage;

import dev.posthorn.mail.Classification;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Rereader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// Reads kept mails as triage reads new ones.
@ApplicationScoped
class Rereading implements Rereader {
  private final MailReader reader;

  Rereading(MailReader reader) {
    this.reader = reader;
  }

  @Override
  public <T> Optional<T> reread(UUID inboundMailId, BiFunction<Incoming, Classification, T> use) {
    return reader.fetchFiled(inboundMailId).map(fetched -> {
      try (var reading = reader.readAgain(fetched)) {
        return use.apply(reading.mail(), reading.screened().classification());
      }
    });
  }
}
