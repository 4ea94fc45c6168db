package dev.posthorn.trust;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;

/// What is found of mails one by one, as bytes.
final class Judge implements AutoCloseable {
  private final Trust trust;

  Judge(TrustConfig config) {
    trust = new Trust(config, new SimpleMeterRegistry());
  }

  Authentication bySmtp(byte[] mail, String client, String mailFrom) {
    return found(mail, Optional.of(new Trust.Envelope(client, "mail.acme.example", mailFrom)));
  }

  Authentication fetched(byte[] mail) {
    return found(mail, Optional.empty());
  }

  private Authentication found(byte[] bytes, Optional<Trust.Envelope> envelope) {
    try (var raw = RawMail.of(bytes); var parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      return switch (parsed) {
        case Parsed.Readable(Mail mail) -> trust.of(List.of(new Trust.Question(mail, raw, envelope))).getFirst();
        case Parsed.Unreadable(String why) -> throw new AssertionError(why);
      };
    }
  }

  @Override
  public void close() {
    trust.stop();
  }
}
