package dev.posthorn.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds what is new in a mail: the text without the mail that it answers and without the signature. A view, never a
/// loss: the full text is kept beside it (P-50). Reads each line a bounded number of times.
public final class QuoteSplitter {

  /// How sure it is that nothing new was cut off and nothing old is left.
  public enum Confidence {
    /// A mark that programs write stood where the old text begins, or there is no sign of old text.
    HIGH,
    /// The old text was found by its form alone.
    MEDIUM,
    /// Old and new are mixed, or nothing would be left: the whole text is given.
    LOW
  }

  /// @param newText    what the sender wrote this time
  /// @param confidence how sure that is
  public record Split(String newText, Confidence confidence) {
    @Override
    public String toString() {
      return "Split[" + newText.length() + " characters, " + confidence + "]";
    }
  }

  /// Nobody writes more than this between two answers.
  private static final int MAX_TEXT = 500_000;
  private static final int MAX_ATTRIBUTION = 500;
  private static final int HEADER_LINES = 8;

  /// `-----Original Message-----` and its translations, and other lines that only programs write.
  private static final Pattern DIVIDER = Pattern.compile("(?i)\\s{0,3}-{2,20}\\s?(?:original message|original appointment"
      + "|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d'origine"
      + "|message original|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomość oryginalna"
      + "|original-nachricht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding"
      + "|alkuperäinen viesti|původní zpráva|исходное сообщение|mensagem original|reply message)\\s?-{0,20}\\s{0,3}");
  private static final Pattern UNDERSCORES = Pattern.compile("\\s{0,3}_{20,200}\\s{0,3}");

  private static final Pattern FROM = field("from|von|de|da|van|od|från|fra|lähettäjä|от|kimden|feladó|发件人|差出人");
  private static final Pattern OTHER = field("sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado"
      + "|fecha|para|asunto|assunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|dw|skickat|till"
      + "|ämne|sendt|til|emne|lähetetty|vastaanottaja|aihe|odesláno|komu|předmět|отправлено|кому|тема|дата"
      + "|发送时间|收件人|主题|送信日時|宛先|件名|reply-to|kopie|copie");

  private static final List<String> ATTRIBUTION_STARTS = List.of("on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ",
      "w dniu ", "dne ", "dnia ", "il giorno ", "pada ", "på ", "a ");
  private static final List<String> WROTE = List.of("wrote", "schrieb", "a écrit", "escribió", "ha scritto", "schreef",
      "escreveu", "pisze", "napisał", "skrev", "kirjoitti", "napsal", "написал", "пишет", "yazdı", "写道", "írta",
      "geschreven", "のメール", "ha escrit", "scrisse", "scrie", "a scris");

  private QuoteSplitter() {
  }

  /// @param text with LF line ends
  public static Split split(String text) {
    if (text.length() > MAX_TEXT) {
      return new Split(text, Confidence.LOW);
    }
    List<String> lines = text.lines().toList();
    int mark = firstMark(lines);
    boolean old = mark < lines.size();
    Split split;
    if (old) {
      Confidence confidence = isCertain(lines, mark) ? Confidence.HIGH : Confidence.MEDIUM;
      boolean below = isQuotedBlockWithTextBelow(lines, mark);
      split = below ? textBelow(lines, mark) : new Split(joined(lines.subList(0, mark)), confidence);
    } else {
      split = new Split(joined(lines), Confidence.HIGH);
    }
    String withoutSignature = beforeSignature(split.newText());
    if (withoutSignature.isBlank() && !text.isBlank()) {
      return new Split(text, Confidence.LOW);
    }
    return new Split(withoutSignature, split.confidence());
  }

  private static int firstMark(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (isQuoted(lines.get(i)) || isDivider(lines, i) || isHeaderBlock(lines, i) || attributionEnd(lines, i) >= 0) {
        return i;
      }
    }
    return lines.size();
  }

  private static boolean isCertain(List<String> lines, int mark) {
    int end = attributionEnd(lines, mark);
    return isDivider(lines, mark) || isHeaderBlock(lines, mark)
        || end >= 0 && isQuoted(lineAfterBlanks(lines, end + 1));
  }

  private static boolean isQuoted(String line) {
    return line.startsWith(">") && !line.startsWith(">From ");
  }

  private static boolean isDivider(List<String> lines, int index) {
    String line = lines.get(index);
    if (line.length() > 220) {
      return false;
    }
    return DIVIDER.matcher(line).matches()
        || UNDERSCORES.matcher(line).matches() && isHeaderBlockSoon(lines, index + 1);
  }

  private static boolean isHeaderBlockSoon(List<String> lines, int from) {
    for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
      if (isHeaderBlock(lines, i)) {
        return true;
      }
    }
    return false;
  }

  /// `From:` and at least two more such lines right below it.
  private static boolean isHeaderBlock(List<String> lines, int index) {
    if (!starts(FROM, lines.get(index))) {
      return false;
    }
    int others = 0;
    for (int i = index + 1; i < Math.min(lines.size(), index + HEADER_LINES); i++) {
      others += starts(OTHER, lines.get(i)) ? 1 : 0;
    }
    return others >= 2;
  }

  /// The last line of `On … wrote:`, which may be wrapped over three lines, or -1 if none begins here.
  private static int attributionEnd(List<String> lines, int index) {
    String first = lines.get(index).strip().toLowerCase(Locale.ROOT);
    if (first.isEmpty() || first.length() > MAX_ATTRIBUTION) {
      return -1;
    }
    if (endsAttribution(first) && (hasDateOrAddress(first) || isQuoted(lineAfterBlanks(lines, index + 1)))) {
      return index;
    }
    if (ATTRIBUTION_STARTS.stream().noneMatch(first::startsWith)) {
      return -1;
    }
    StringBuilder joined = new StringBuilder(first);
    for (int i = index + 1; i < Math.min(lines.size(), index + 3); i++) {
      String line = lines.get(i).strip().toLowerCase(Locale.ROOT);
      if (line.isEmpty() || joined.length() + line.length() > MAX_ATTRIBUTION) {
        return -1;
      }
      joined.append(' ').append(line);
      if (endsAttribution(joined.toString()) && hasDateOrAddress(joined.toString())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean endsAttribution(String line) {
    return (line.endsWith(":") || line.endsWith("：")) && WROTE.stream().anyMatch(line::contains);
  }

  private static boolean hasDateOrAddress(String line) {
    return line.chars().anyMatch(c -> Character.isDigit(c) || c == '@');
  }

  private static String lineAfterBlanks(List<String> lines, int from) {
    for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
      if (!lines.get(i).isBlank()) {
        return lines.get(i);
      }
    }
    return "";
  }

  /// Whether a block of `>` lines begins here and words follow it.
  private static boolean isQuotedBlockWithTextBelow(List<String> lines, int mark) {
    int quote = firstQuoted(lines, mark);
    if (isDivider(lines, mark) || isHeaderBlock(lines, mark) || quote < 0) {
      return false;
    }
    boolean textBelow = false;
    for (String line : lines.subList(quote, lines.size())) {
      if (line.equals("-- ")) {
        break;
      }
      textBelow |= !isQuoted(line) && !line.isBlank();
    }
    return textBelow;
  }

  private static int firstQuoted(List<String> lines, int mark) {
    int end = Math.max(attributionEnd(lines, mark) + 1, mark);
    for (int i = end; i < Math.min(lines.size(), end + 3); i++) {
      if (isQuoted(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /// The answer below the quote, if there is one quote with nothing above it; otherwise answers stand between quotes,
  /// and without them they could not be understood.
  private static Split textBelow(List<String> lines, int mark) {
    int end = firstQuoted(lines, mark);
    while (end < lines.size() && (isQuoted(lines.get(end)) || lines.get(end).isBlank())) {
      end++;
    }
    List<String> below = lines.subList(end, lines.size());
    boolean mixed = below.stream().anyMatch(QuoteSplitter::isQuoted)
        || lines.subList(0, mark).stream().anyMatch(l -> !l.isBlank());
    return mixed ? new Split(joined(lines), Confidence.LOW) : new Split(joined(below), Confidence.MEDIUM);
  }

  /// A line of two dashes and a space ends what is said (RFC 3676, section 4.3); many programs lose the space.
  private static String beforeSignature(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("-- ") || lines.get(i).equals("--") && lines.size() - i <= 12) {
        return joined(lines.subList(0, i));
      }
    }
    return text;
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines).strip();
  }

  private static boolean starts(Pattern field, String line) {
    return field.matcher(line.substring(0, Math.min(line.length(), 60))).lookingAt();
  }

  private static Pattern field(String names) {
    return Pattern.compile("(?iu)\\s{0,4}\\*?(?:" + names + ")\\s?\\*?\\s?[:：]");
  }
}
