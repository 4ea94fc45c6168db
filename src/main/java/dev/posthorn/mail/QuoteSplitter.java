package dev.posthorn.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds what is new in a mail: the text without the mail that it answers and without the signature. A view, never a
/// loss: the full text is kept beside it (P-50). Where the HTML says by its structure what is quoted ([QuotedHtml]), that
/// decides; otherwise the form of the text does ([QuoteMarks]). Reads each line a bounded number of times.
public final class QuoteSplitter {

  /// How sure it is that nothing new was cut off and nothing old is left.
  public enum Confidence {
    /// A mark that programs write stood where the old text begins, or there is no sign of old text.
    HIGH,
    /// The old text was found by its form alone.
    MEDIUM,
    /// Old and new are mixed, or nothing would be left: the whole text is given.
    LOW;

    /// As the API and the table say it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
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

  private QuoteSplitter() {
  }

  /// @param text the whole text to read, with LF line ends
  /// @param html as it was sent, if the mail has it
  public static Split split(String text, Optional<String> html) {
    return html.flatMap(QuotedHtml::read).filter(marked -> marked.length() <= MAX_TEXT)
        .map(marked -> wholeWhereUnsure(certain(split(withSingleBlanks(marked))), text))
        .orElseGet(() -> split(text));
  }

  /// @param text with LF line ends
  public static Split split(String text) {
    return text.length() > MAX_TEXT ? new Split(text, Confidence.LOW)
        : wholeWhereUnsure(split(text.lines().toList()), text);
  }

  /// Word writes empty lines as paragraphs of a blank.
  private static List<String> withSingleBlanks(String text) {
    List<String> kept = new ArrayList<>();
    text.lines().filter(line -> !line.isBlank() || kept.isEmpty() || !kept.getLast().isBlank()).forEach(line -> kept.add(line.stripTrailing()));
    return kept;
  }

  /// What the structure says does not depend on the form of the text.
  private static Split certain(Split split) {
    return split.confidence == Confidence.MEDIUM ? new Split(split.newText, Confidence.HIGH) : split;
  }

  private static Split wholeWhereUnsure(Split split, String text) {
    boolean nothingLeft = split.newText.isBlank() && !text.isBlank();
    return split.confidence == Confidence.LOW || nothingLeft ? new Split(text, Confidence.LOW) : split;
  }

  /// @return LOW where the whole text is to be given
  static Split split(List<String> lines) {
    QuoteMarks marks = new QuoteMarks(lines);
    int mark = marks.first();
    if (mark == lines.size()) {
      return new Split(withoutSignature(lines), Confidence.HIGH);
    }
    int quote = marks.isBlock(mark) ? -1 : marks.firstQuoted(mark);
    if (quote >= 0 && !isQuoteToTheEnd(lines.subList(quote, lines.size()))) {
      return textBelow(lines, mark, quote);
    }
    return new Split(withoutSignature(withoutRule(lines.subList(0, mark))), marks.isCertain(mark) ? Confidence.HIGH : Confidence.MEDIUM);
  }

  /// Whether at most a signature follows the quoted lines.
  private static boolean isQuoteToTheEnd(List<String> lines) {
    int last = lines.size();
    while (last > 0 && !QuoteMarks.isQuoted(lines.get(last - 1))) {
      last--;
    }
    return lines.subList(0, last).stream().allMatch(line -> QuoteMarks.isQuoted(line) || line.isBlank())
        && SignatureLines.isAll(lines.subList(last, lines.size()));
  }

  /// The answer below the quote, if there is one quote with nothing above it; otherwise answers stand between quotes,
  /// and without them they could not be understood.
  private static Split textBelow(List<String> lines, int mark, int quote) {
    int end = quote;
    while (end < lines.size() && (QuoteMarks.isQuoted(lines.get(end)) || lines.get(end).isBlank())) {
      end++;
    }
    List<String> below = lines.subList(end, lines.size());
    boolean mixed = below.stream().anyMatch(QuoteMarks::isQuoted) || lines.subList(0, mark).stream().anyMatch(l -> !l.isBlank());
    return mixed ? new Split("", Confidence.LOW) : new Split(withoutSignature(below), Confidence.MEDIUM);
  }

  /// The line that some programs draw above what they quote.
  private static List<String> withoutRule(List<String> lines) {
    int end = lines.size();
    while (end > 0 && (lines.get(end - 1).isBlank() || QuoteMarks.isRule(lines.get(end - 1)))) {
      end--;
    }
    return lines.subList(0, end);
  }

  private static String withoutSignature(List<String> lines) {
    return String.join("\n", lines.subList(0, SignatureLines.before(lines))).strip();
  }
}
