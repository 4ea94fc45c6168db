package dev.posthorn.connector.gmail;

import com.google.api.services.gmail.model.WatchRequest;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Has Gmail announce new mail to a topic of Pub/Sub, which pushes it to us. A watch is prolonged by asking for it anew.
final class GmailWatch implements Announcer {
  private static final int UNITS = 100;

  private final GmailLine line;
  private final Label label;

  /// The label that is read.
  interface Label {
    String id() throws ApiTrouble;
  }

  GmailWatch(GmailLine line, Label label) {
    this.line = line;
    this.label = label;
  }

  /// Pub/Sub shows no secret of the mailbox; it shows a token of its own ([dev.posthorn.connector.oauth]).
  @Override
  public Outcome announce(Optional<String> current, Secret clientState) {
    var topic = line.door().config().topic();
    if (topic.isEmpty()) {
      return new Outcome.NotAllowed("no topic of Pub/Sub is configured");
    }
    try {
      var wanted = new WatchRequest().setTopicName(topic.get()).setLabelIds(List.of(label.id())).setLabelFilterBehavior("INCLUDE");
      var answer = line.ask(UNITS, users -> users.watch(GmailLine.ME, wanted));
      return new Outcome.Announced("watch", Instant.ofEpochMilli(answer.getExpiration()));
    } catch (ApiTrouble trouble) {
      return trouble.isForbidden() || trouble.status() == 400 ? new Outcome.NotAllowed(trouble.getMessage())
          : new Outcome.NotNow(trouble.getMessage(), trouble.after());
    }
  }
}
