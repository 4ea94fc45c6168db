package dev.posthorn.connector.graph;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks whether a mailbox can be reached as it is to be read. It changes nothing, and sends nothing.
public final class GraphCheckup {
  private static final int TRIES = 3;

  private final GraphLine line;

  /// @param account with the tokens by which it is to be reached
  public GraphCheckup(GraphDoor door, Account.Microsoft365 account) {
    line = new GraphLine(door, account.user(), account.tokens());
  }

  /// Step by step, to the first that fails.
  ///
  /// @param folder that is to be read
  /// @param moveTo another that is needed
  public List<Finding> run(String folder, Optional<String> moveTo) {
    var findings = new ArrayList<Finding>();
    try {
      find(folder);
      findings.add(new Finding(Step.FOLDER, true, folder + " can be read"));
      if (moveTo.isPresent()) {
        find(moveTo.get());
        findings.add(new Finding(Step.FOLDER, true, moveTo.get() + " is there"));
      }
    } catch (ApiTrouble trouble) {
      findings.add(new Finding(trouble.refusesToken() ? Step.LOGIN : trouble.wasAnswered() ? Step.FOLDER : Step.CONNECT, false, trouble.getMessage()));
    }
    return findings;
  }

  /// Somebody waits for the answer: of connections that died unheard, a few are tried through.
  private void find(String folder) throws ApiTrouble {
    for (int left = TRIES; ; left--) {
      try {
        line.ask(Ask.get("/users/{user}/mailFolders/{folder}?$select=id", "folder", new GraphFolders(line).pathOf(folder)));
        return;
      } catch (ApiTrouble trouble) {
        if (!trouble.leavesDoubt() || left == 1) {
          throw trouble;
        }
      }
    }
  }
}
