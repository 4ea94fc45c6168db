package dev.posthorn.connector.gmail;

import dev.posthorn.connector.ApiTrouble;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Labels by their name, which is what folders are here.
final class GmailLabels {
  private static final int UNITS = 1;

  private final GmailLine line;
  private final Map<String, String> known = new ConcurrentHashMap<>(Map.of("INBOX", "INBOX"));

  GmailLabels(GmailLine line) {
    this.line = line;
  }

  /// @throws ApiTrouble also where there is no such label
  String id(String name) throws ApiTrouble {
    if (name.equalsIgnoreCase("INBOX")) {
      return "INBOX";
    }
    if (!known.containsKey(name)) {
      var all = line.ask(UNITS, users -> users.labels().list(GmailLine.ME)).getLabels();
      if (all != null) {
        all.forEach(label -> known.put(label.getName(), label.getId()));
      }
    }
    if (!known.containsKey(name)) {
      throw GmailAnswers.trouble(404, "there is no label " + name);
    }
    return known.get(name);
  }
}
