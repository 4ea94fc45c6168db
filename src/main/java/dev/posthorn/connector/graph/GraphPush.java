package dev.posthorn.connector.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.posthorn.connector.Announcer;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.secret.Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Subscribes to the change notifications of one folder, and renews that. A subscription that is gone without a word is found out
/// by its renewal, and made anew.
///
/// Signed-in users may subscribe to their own mailbox and to no shared one: that is no trouble, but an answer.
final class GraphPush implements Announcer {
  private final GraphLine line;
  private final String user;
  private final Folder folder;
  private final Clock clock;

  /// What stands in a path for the folder that is read.
  interface Folder {
    String path() throws ApiTrouble;
  }

  GraphPush(GraphLine line, String user, Folder folder, Clock clock) {
    this.line = line;
    this.user = user;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Outcome announce(Optional<String> current, Secret clientState) {
    var config = line.door().config();
    var url = line.door().notifications();
    if (url.isEmpty()) {
      return new Outcome.NotAllowed("no address is configured at which Graph can reach this service");
    }
    var until = clock.instant().plus(config.subscriptionLife()).truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      if (current.isPresent()) {
        var renewed = renew(current.get(), until);
        if (renewed.isPresent()) {
          return renewed.get();
        }
      }
      var wanted = JsonNodeFactory.instance.objectNode().put("changeType", "created").put("notificationUrl", url.get().toString())
          .put("lifecycleNotificationUrl", url.get() + "/lifecycle").put("resource", "users/" + user + "/mailFolders('" + folder.path() + "')/messages")
          .put("expirationDateTime", until).put("clientState", clientState.reveal());
      // Asked twice, there are two of them, and each notification doubles: they are hints.
      return announced(line.ask(Ask.post(wanted, "/subscriptions").repeatable()));
    } catch (ApiTrouble trouble) {
      return trouble.isForbidden() ? new Outcome.NotAllowed(trouble.getMessage()) : new Outcome.NotNow(trouble.getMessage(), trouble.after());
    }
  }

  private Optional<Outcome> renew(String id, String until) throws ApiTrouble {
    try {
      var body = JsonNodeFactory.instance.objectNode().put("expirationDateTime", until);
      return Optional.of(announced(line.ask(Ask.patch(body, "/subscriptions/{id}", "id", id))));
    } catch (ApiTrouble trouble) {
      if (trouble.isNotFound() || trouble.status() == 404) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private Outcome announced(JsonNode subscription) {
    return new Outcome.Announced(subscription.path("id").asText(), time(subscription.path("expirationDateTime").asText()));
  }

  private Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return clock.instant().plus(line.door().config().subscriptionLife());
    }
  }
}
