package dev.posthorn.ticket;

import dev.posthorn.mail.ReplySigner;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The keys of signed reply addresses, from configuration. A wrong one stops the start.
@ApplicationScoped
class ReplyKeys {
  private static final int SHORTEST_SECRET = 32;
  private static final int HIGHEST_ID = 255;

  private final ReplySigner signer;

  ReplyKeys(TicketConfig config) {
    this.signer = new ReplySigner(keys(config.replyKeys()));
  }

  ReplySigner signer() {
    return signer;
  }

  void check(@Observes StartupEvent start) {
    // Being asked is enough: the constructor has read every key.
  }

  private static List<ReplySigner.Key> keys(List<String> configured) {
    if (configured.isEmpty()) {
      throw wrong("needs at least one key");
    }
    return configured.stream().map(ReplyKeys::key).toList();
  }

  private static ReplySigner.Key key(String configured) {
    int colon = configured.indexOf(':');
    var id = colon < 0 ? "" : configured.substring(0, colon).strip();
    var secret = configured.substring(colon + 1);
    if (!id.matches("\\d{1,3}") || Integer.parseInt(id) > HIGHEST_ID) {
      throw wrong("needs keys of the form <id>:<secret> with an id from 0 to 255");
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw wrong("needs secrets of at least " + SHORTEST_SECRET + " characters");
    }
    return new ReplySigner.Key((byte) Integer.parseInt(id), secret.getBytes(StandardCharsets.UTF_8));
  }

  /// Names what to set, never what was set.
  private static ConfigurationException wrong(String what) {
    return new ConfigurationException("posthorn.ticket.reply-keys " + what);
  }
}
