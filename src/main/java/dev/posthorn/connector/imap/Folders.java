package dev.posthorn.connector.imap;

import dev.posthorn.connector.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.iap.ParsingException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/// The folders of a mailbox, and what each is for: told by its special-use attribute (RFC 6154), whatever its name is in the
/// language of its owner; by its name only where the server marks none.
record Folders(List<ListInfo> all) {
  /// Names under which the programs of this world keep what was sent, the last part of the path in small letters.
  private static final Map<String, List<String>> USUAL = Map.of(
      "\\Sent", List.of("sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente", "gesendete objekte",
          "envoyés", "éléments envoyés", "enviados", "elementos enviados", "inviata", "posta inviata", "verzonden items", "wysłane"),
      "\\Trash", List.of("trash", "deleted items", "deleted messages", "bin", "papierkorb", "gelöschte elemente"));

  static Folders list(ImapLine line) throws ImapTrouble {
    var command = line.hasCapability("LIST-EXTENDED") && line.hasCapability("SPECIAL-USE")
        ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
    var found = new ArrayList<ListInfo>();
    for (var answer : line.ask(Step.SENT_FOLDER, command)) {
      if (answer instanceof IMAPResponse list && list.keyEquals("LIST")) {
        try {
          found.add(new ListInfo(list));
        } catch (ParsingException | RuntimeException e) {
          // A name that cannot be read is a folder that cannot be chosen.
        }
      }
    }
    return new Folders(found);
  }

  /// The folder with that use.
  Optional<String> special(String use) {
    return open().stream().filter(folder -> Arrays.stream(folder.attrs).anyMatch(use::equalsIgnoreCase)).map(folder -> folder.name)
        .findFirst().or(() -> byName(use));
  }

  private Optional<String> byName(String use) {
    return USUAL.getOrDefault(use, List.of()).stream()
        .flatMap(name -> open().stream().filter(folder -> lastPart(folder).equals(name)))
        .map(folder -> folder.name).findFirst();
  }

  private static String lastPart(ListInfo folder) {
    return folder.name.substring(folder.name.lastIndexOf(folder.separator) + 1).toLowerCase(Locale.ROOT);
  }

  boolean has(String name) {
    return open().stream().anyMatch(folder -> folder.name.equals(name) || name.equalsIgnoreCase("INBOX") && folder.name.equalsIgnoreCase("INBOX"));
  }

  List<String> names() {
    return open().stream().map(folder -> folder.name).toList();
  }

  /// Gmail's `[Gmail]` and its like hold folders and no mail.
  private List<ListInfo> open() {
    return all.stream().filter(folder -> folder.canOpen && folder.name != null
        && Arrays.stream(folder.attrs).noneMatch("\\NonExistent"::equalsIgnoreCase)).toList();
  }
}
