package dev.posthorn.connector.gmail;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.Finding;
import dev.posthorn.connector.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks whether a mailbox can be reached as it is to be read. It changes nothing, and sends nothing.
public final class GmailCheckup {
  private static final int UNITS = 1;

  private final GmailLine line;
  private final String address;

  /// @param account with the tokens by which it is to be reached
  public GmailCheckup(GmailDoor door, Account.GmailApi account) {
    line = new GmailLine(door, account);
    address = account.address();
  }

  /// Step by step, to the first that fails.
  ///
  /// @param folder the label that is to be read
  /// @param moveTo another that is needed
  public List<Finding> run(String folder, Optional<String> moveTo) {
    var findings = new ArrayList<Finding>();
    try {
      var there = line.ask(UNITS, users -> users.getProfile(GmailLine.ME)).getEmailAddress();
      findings.add(new Finding(Step.LOGIN, address.equalsIgnoreCase(there), "the mailbox of " + there));
      var labels = new GmailLabels(line);
      labels.id(folder);
      findings.add(new Finding(Step.FOLDER, true, folder + " can be read"));
      if (moveTo.isPresent()) {
        labels.id(moveTo.get());
        findings.add(new Finding(Step.FOLDER, true, moveTo.get() + " is there"));
      }
    } catch (ApiTrouble trouble) {
      findings.add(new Finding(trouble.refusesToken() ? Step.LOGIN : trouble.wasAnswered() ? Step.FOLDER : Step.CONNECT, false, trouble.getMessage()));
    }
    return findings;
  }
}
