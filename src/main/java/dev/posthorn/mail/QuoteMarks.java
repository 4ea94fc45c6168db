package dev.posthorn.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The lines by which mail programs begin what they quote, in the languages they speak: `-----Original Message-----`,
/// blocks of `From: … Subject: …`, and `On … wrote:`, which may be wrapped.
///
/// Looks at each line a bounded number of times, and at a bounded part of it.
final class QuoteMarks {

  private static final int MAX_ATTRIBUTION = 500;
  private static final int WRAPPED_LINES = 4;
  private static final int HEADER_LINES = 12;
  private static final int MAX_DIVIDER = 220;
  private static final int MAX_FIELD = 60;

  private static final Pattern DIVIDER = Pattern.compile("(?iu)\\s{0,3}-{2,20}\\s?(?:original message|original appointment"
      + "|forwarded message|begin forwarded message|reply message|ursprüngliche nachricht|originalnachricht"
      + "|original-nachricht|weitergeleitete nachricht|message d'origine|message d’origine|message original"
      + "|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato"
      + "|oorspronkelijk bericht|doorgestuurd bericht|wiadomość oryginalna|oryginalna wiadomość"
      + "|przekazana wiadomość|wiadomość przekazana dalej|ursprungligt meddelande|oprindelig meddelelse"
      + "|opprinnelig melding|videresendt melding|alkuperäinen viesti|původní zpráva|исходное сообщение"
      + "|пересылаемое сообщение|переадресованное сообщение|mensagem original|mensagem encaminhada|元のメッセージ"
      + "|転送メッセージ|転送されたメッセージ|forwarded by.{0,80})\\s?-{0,20}\\s{0,3}");
  private static final Pattern RULE = Pattern.compile("\\s{0,3}(?:_{20,200}|-{20,200})\\s{0,3}");

  private static final Pattern FROM = field("from|von|de|da|van|od|från|fra|lähettäjä|от|kimden|feladó|发件人|差出人");
  private static final Pattern SUBJECT = field("subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne"
      + "|aihe|předmět|тема|konu|tárgy|主题|件名");
  private static final Pattern OTHER = field("sent|date|to|cc|gesendet|datum|an|envoyé|envoyé le|à|enviado|enviado el"
      + "|enviado em|enviada|enviada em|fecha|para|inviato|data|a|verzonden|aan|wysłano|wysłane|do|dw|skickat|till"
      + "|sendt|til|dato|lähetetty|vastaanottaja|odesláno|komu|отправлено|дата|кому|копия|gönderildi|kime|发送时间"
      + "|收件人|送信日時|日付|宛先|reply-to|kopie|copie|kopia|kopi|copia");

  /// How attributions begin that do not begin with their date.
  private static final List<String> STARTS = List.of("on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "w dniu ",
      "dne ", "dnia ", "il giorno ", "no dia ", "às ", "pada ", "på ", "в ", "wiadomość napisana przez ");
  private static final List<String> WROTE = List.of("wrote", "writes", "schrieb", "geschrieben", "a écrit", "escribió",
      "ha scritto", "schreef", "geschreven", "escreveu", "pisze", "napisał", "napisana przez", "skrev", "kirjoitti",
      "napsal", "написал", "пишет", "yazdı", "写道", "írta", "のメール", "書きました", "ha escrit", "scrisse", "scrie",
      "a scris");

  private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}[:.h]\\d{2}(?!\\d)");
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:19|20)\\d{2}(?!\\d)|(?<!\\d)\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}(?!\\d)");
  private static final Pattern ENDS_WITH_ADDRESS = Pattern.compile("<[^<>\\s]{1,254}@[^<>\\s]{1,254}>\\)?\\s?[:：]$");

  /// @param lines where it stands
  private final List<String> lines;

  QuoteMarks(List<String> lines) {
    this.lines = lines;
  }

  /// Where the first of them is; the number of lines if there is none.
  int first() {
    for (int i = 0; i < lines.size(); i++) {
      if (isQuoted(lines.get(i)) || isDivider(i) || isHeaderBlock(i) || attributionEnd(i) >= 0) {
        return i;
      }
    }
    return lines.size();
  }

  /// Whether only a program writes what stands there.
  boolean isCertain(int mark) {
    int end = attributionEnd(mark);
    return isBlock(mark) || end >= 0 && isQuoted(afterBlanks(end + 1));
  }

  /// Whether what follows is old to the end.
  boolean isBlock(int index) {
    return isDivider(index) || isHeaderBlock(index);
  }

  static boolean isQuoted(String line) {
    return line.startsWith(">") && !line.startsWith(">From ");
  }

  private static boolean isRuled(String line) {
    return line.contains("____") || line.contains("----");
  }

  static boolean isRule(String line) {
    return line.length() <= MAX_DIVIDER && isRuled(line) && RULE.matcher(line).matches();
  }

  /// The first quoted line of the quote that begins at the mark, or -1.
  int firstQuoted(int mark) {
    int end = Math.max(attributionEnd(mark) + 1, mark);
    for (int i = end; i < Math.min(lines.size(), end + 3); i++) {
      if (isQuoted(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /// What the first header block says after `From:`.
  Optional<String> firstFrom() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (isHeader(i, 2, true) || i > 0 && isBlock(i - 1) && starts(FROM, line)) {
        return Optional.of(line.substring(line.indexOf(line.indexOf(':') < 0 ? '：' : ':') + 1));
      }
    }
    return Optional.empty();
  }

  private boolean isDivider(int index) {
    String line = lines.get(index);
    return line.length() <= MAX_DIVIDER && line.contains("--") && DIVIDER.matcher(line).matches() || isRule(line) && isHeaderBlockSoon(index + 1);
  }

  private boolean isHeaderBlockSoon(int from) {
    for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
      if (isHeader(i, 2, false)) {
        return true;
      }
    }
    return false;
  }

  /// `From:` and soon below it `Subject:` and another. A journey from here to there on such a day has no subject.
  private boolean isHeaderBlock(int index) {
    return isHeader(index, 2, true);
  }

  private boolean isHeader(int index, int wanted, boolean withSubject) {
    if (!starts(FROM, lines.get(index))) {
      return false;
    }
    int others = 0;
    boolean subject = false;
    for (int i = index + 1; i < Math.min(lines.size(), index + HEADER_LINES); i++) {
      boolean isSubject = starts(SUBJECT, lines.get(i));
      subject |= isSubject;
      others += isSubject || starts(OTHER, lines.get(i)) ? 1 : 0;
    }
    return others >= wanted && (subject || !withSubject);
  }

  /// The last line of `On … wrote:`, which may be wrapped over four lines, or -1 if none begins here.
  private int attributionEnd(int index) {
    String whole = lowered(lines.get(index));
    if (whole.isEmpty() || whole.length() > MAX_ATTRIBUTION) {
      return -1;
    }
    boolean word = beginsWithWord(whole);
    if (isAttribution(whole, index)) {
      return index;
    }
    // A date or an address in the midst of a paragraph begins nothing.
    boolean begins = word || (index == 0 || lines.get(index - 1).isBlank()) && (whole.contains("@") || isDated(whole));
    StringBuilder joined = new StringBuilder(whole);
    for (int i = index + 1; begins && i < Math.min(lines.size(), index + WRAPPED_LINES); i++) {
      String line = lowered(lines.get(i));
      boolean another = !word && beginsWithWord(line) && isDated(line);
      if (line.isEmpty() || another || joined.length() + line.length() > MAX_ATTRIBUTION || isQuoted(line)) {
        return -1;
      }
      joined.append(' ').append(line);
      if (isAttribution(joined.toString(), i)) {
        return i;
      }
    }
    return -1;
  }

  /// Above a quote less is asked for than where nothing shows that one follows.
  ///
  /// @param last its last line
  private boolean isAttribution(String text, int last) {
    if (!text.endsWith(":") && !text.endsWith("：")) {
      return false;
    }
    boolean wrote = WROTE.stream().anyMatch(text::contains);
    boolean address = ENDS_WITH_ADDRESS.matcher(text).find();
    if (isQuoted(afterBlanks(last + 1))) {
      return wrote || address && isDated(text);
    }
    boolean known = beginsWithWord(text) || Character.isDigit(text.charAt(0)) || text.contains("@");
    return known && isDated(text) && (wrote && (YEAR.matcher(text).find() || text.contains("@")) || address && TIME.matcher(text).find());
  }

  private static boolean beginsWithWord(String text) {
    return STARTS.stream().anyMatch(text::startsWith);
  }

  private static boolean isDated(String text) {
    return YEAR.matcher(text).find() || TIME.matcher(text).find();
  }

  private String afterBlanks(int from) {
    for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
      if (!lines.get(i).isBlank()) {
        return lines.get(i);
      }
    }
    return "";
  }

  /// A line too long for an attribution is not looked at.
  private static String lowered(String line) {
    return line.length() > 2 * MAX_ATTRIBUTION ? "" : line.strip().toLowerCase(Locale.ROOT);
  }

  /// Most lines have no colon: they are not worth a search for names in twenty languages.
  private static boolean starts(Pattern field, String line) {
    String beginning = line.substring(0, Math.min(line.length(), MAX_FIELD));
    return (beginning.indexOf(':') >= 0 || beginning.indexOf('：') >= 0) && field.matcher(beginning).lookingAt();
  }

  private static Pattern field(String names) {
    return Pattern.compile("(?iu)\\s{0,4}\\*?(?:" + names + ")\\s?\\*?\\s?[:：]");
  }
}
