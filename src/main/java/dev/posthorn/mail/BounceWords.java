package dev.posthorn.mail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounces in words for people, as servers wrote before RFC 3464 or still write beside it: qmail, Exim, Postfix, sendmail,
/// Exchange, Gmail, Yahoo. Believed only where a mail system is the sender; and nothing changes because of one unless it
/// names a mail of ours and somebody it went to, so a guess that is wrong costs nothing.
final class BounceWords {

  /// No more of the text is looked at, in characters.
  private static final int LONGEST = 64 << 10;
  private static final int MOST_ADDRESSES = 50;

  private static final Pattern DAEMON = Pattern.compile(
      "(?i)(?:mailer[-_.]?daemon|mail[-_.]daemon|postmaster|mdaemon|mail-?system|microsoftexchange[0-9a-f]*)(?:[-+=].*)?");
  private static final Pattern FAILED = Pattern.compile("(?i)"
      + "this is the qmail-send program|could not be delivered|couldn['’]t be delivered|wasn['’]t able to deliver"
      + "|were unable to deliver your message|unable to deliver (?:your|the) message|delivery to the following recipients? (?:failed|has failed)"
      + "|did not reach (?:some or all of )?the (?:intended|following) recipient|had permanent fatal errors|delivery has failed to these recipients"
      + "|message could not be sent|this is the mail system at host|undeliverable|your message wasn['’]t delivered|delivery failed");
  private static final Pattern DELAYED = Pattern.compile("(?i)"
      + "(?:warning: )?(?:message|delivery)(?: [\"\\w]+){0,3} (?:delayed|is delayed|has been delayed)"
      + "|has not yet been delivered|had transient non-fatal errors|will (?:be retried|retry|keep trying)|still trying"
      + "|delivery (?:status notification \\(delay\\)|delayed)"
      + "|this is a warning message only");
  /// From here on the text is a copy of what was sent.
  private static final Pattern COPY = Pattern.compile("(?im)^[ \\t]*(?:-{2,} ?(?:"
      + "below this line is a copy|this is a copy of|original message|returned message|message follows|unsent message|the header of|message header follows|transcript of session follows is cut).*|original message headers?:|-{3,} ?original message ?-{3,})");
  private static final Pattern ADDRESS = Pattern.compile("[<(\"']?([\\w!#$%&'*+/=?^`{|}~.-]{1,64}@[\\w.-]{1,255}\\.[\\w-]{2,63})[>)\"':;,]*");
  private static final Pattern ID = Pattern.compile("(?im)^[ \\t>]*message-id:[ \\t]*(?:\\n[ \\t>]+)?(<[^<>\\s]{1,900}>)");
  private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([45]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\.?\\d)");
  private static final Pattern CODE = Pattern.compile("(?<![\\d.])([45])[0-5]\\d(?=[\\s-])");
  private static final Pattern NOBODY_THERE = Pattern.compile("(?i)(?:user|mailbox|account|recipient|address|alias|inbox)[^.]{0,80}"
      + "(?:unknown|not found|not exist|doesn['’]t exist|does not exist|unavailable|disabled|inactive|invalid|rejected: undeliverable|doesn['’]t have)|no such (?:user|recipient|mailbox|person|address|account)|unknown (?:user|recipient|mailbox|address)"
      + "|no mailbox here|unrouteable address|domain[^.]{0,40}(?:not found|not exist|doesn['’]t exist)|host[^.]{0,60}not found|name service error");

  private BounceWords() {}

  /// What a bounce in words says of whom, or nothing if this is none.
  ///
  /// @param fromNobody whether the return path is known to be empty
  static Optional<List<Report.Failure>> read(Mail mail, boolean fromNobody) {
    boolean bySystem = fromNobody || mail.from().map(Address::localPart).filter(local -> DAEMON.matcher(local).matches()).isPresent();
    Optional<String> named = mail.header("X-Failed-Recipients");
    if (!bySystem) {
      return Optional.empty();
    }
    String text = mail.text().substring(0, Math.min(mail.text().length(), LONGEST));
    String said = before(ID, before(COPY, text));
    String all = mail.subject() + "\n" + said;
    boolean delayed = DELAYED.matcher(all).find();
    if (named.isEmpty() && !delayed && !FAILED.matcher(all).find()) {
      return Optional.empty();
    }
    List<Report.Failure> failures = new ArrayList<>();
    for (String address : addresses(named.map(value -> value + "\n").orElse("") + (named.isPresent() ? "" : said))) {
      String words = wordsAbout(address, said);
      failures.add(new Report.Failure(List.of(address), delayed ? Report.Action.DELAYED : Report.Action.FAILED,
          status(words).orElse(delayed ? "4.0.0" : "5.0.0"), words));
    }
    return Optional.of(failures);
  }

  /// The status in a server's words: its enhanced code, else what its reply code comes to.
  static Optional<String> status(String words) {
    Matcher enhanced = STATUS.matcher(words);
    if (enhanced.find()) {
      return Optional.of(enhanced.group(1));
    }
    Matcher code = CODE.matcher(words + " ");
    return code.find() ? Optional.of(code.group(1) + ".0.0") : Optional.empty();
  }

  static boolean saysThatNobodyIsThere(String words) {
    return NOBODY_THERE.matcher(words).find();
  }

  /// The id of a mail whose header stands in the text; the first, for later ones are of what it quotes.
  static Optional<MessageId> idInText(String text) {
    Matcher id = ID.matcher(text.substring(0, Math.min(text.length(), LONGEST)));
    return id.find() ? MessageId.parse(id.group(1)) : Optional.empty();
  }

  private static String before(Pattern what, String text) {
    Matcher found = what.matcher(text);
    return found.find() ? text.substring(0, found.start()) : text;
  }

  private static Set<String> addresses(String text) {
    Set<String> found = new LinkedHashSet<>();
    Matcher address = ADDRESS.matcher(text);
    while (address.find() && found.size() < MOST_ADDRESSES) {
      Address.parse(address.group(1)).map(Address::normalized).ifPresent(found::add);
    }
    return found;
  }

  /// The lines from the address on, until the next blank line after words: what the server says of it.
  private static String wordsAbout(String address, String said) {
    int at = said.toLowerCase(Locale.ROOT).indexOf(address);
    if (at < 0) {
      return said.strip().lines().limit(3).reduce("", (all, line) -> all + " " + line.strip()).strip();
    }
    String rest = said.substring(at + address.length()).replaceFirst("^[>)\"':;,\\s]+", "");
    StringBuilder words = new StringBuilder();
    for (String line : rest.split("\n", 12)) {
      if (words.length() > 0 && (line.isBlank() || ADDRESS.matcher(line.strip()).matches())) {
        // Some put a blank line and a heading before the server's words.
        if (status(words.toString()).isPresent()) {
          break;
        }
      }
      words.append(line.strip()).append(' ');
    }
    return words.toString().strip();
  }
}
