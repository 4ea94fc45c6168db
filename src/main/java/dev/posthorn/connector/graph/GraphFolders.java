package dev.posthorn.connector.graph;

import dev.posthorn.connector.ApiTrouble;
import java.util.Optional;

/// Folders by their name. Graph knows some by names of its own in every language; the others are looked for by what they are
/// called, and `A/B` is B inside A.
final class GraphFolders {
  private static final String ID = "$select=id";

  private final GraphLine line;

  GraphFolders(GraphLine line) {
    this.line = line;
  }

  /// What stands in a path for it.
  ///
  /// @throws ApiTrouble also where there is no such folder
  String pathOf(String name) throws ApiTrouble {
    return name.equalsIgnoreCase("inbox") ? "inbox" : idOf(name);
  }

  /// The id of a folder that Graph knows by a name of its own, such as `deleteditems`.
  String wellKnown(String name) throws ApiTrouble {
    return line.ask(Ask.get("/users/{user}/mailFolders/{name}?" + ID, "name", name)).path("id").asText();
  }

  private String idOf(String path) throws ApiTrouble {
    String parent = null;
    for (var name : path.split("/")) {
      var wanted = "displayName eq '" + name.replace("'", "''") + "'";
      var found = line.ask(parent == null
          ? Ask.get("/users/{user}/mailFolders?$filter={filter}&" + ID, "filter", wanted)
          : Ask.get("/users/{user}/mailFolders/{parent}/childFolders?$filter={filter}&" + ID, "parent", parent, "filter", wanted)).path("value");
      if (found.isEmpty()) {
        throw GraphAnswers.trouble(404, "ErrorItemNotFound", "there is no folder " + path, Optional.empty());
      }
      parent = found.get(0).path("id").asText();
    }
    return parent;
  }
}
