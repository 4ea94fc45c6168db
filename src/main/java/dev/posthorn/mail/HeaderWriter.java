package dev.posthorn.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes header fields: folded at 76 characters where that is possible and never beyond 998 (RFC 5322, section 2.1.1),
/// in ASCII. Whatever a value holds, it cannot end its own field.
final class HeaderWriter {

  private static final int LINE = 76;
  private static final int MAX_WORD = 900;
  /// Some relays refuse a field of more than 4,096 bytes (P-20).
  private static final int MAX_REFERENCES = 3_900;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final OutputStream out;

  HeaderWriter(OutputStream out) {
    this.out = out;
  }

  /// Free text: subjects and extra fields.
  void text(String name, String value) throws IOException {
    String clean = CleanText.line(value);
    boolean needsEncoding = clean.contains("  ") || longestWord(clean) > MAX_WORD;
    String safe = needsEncoding ? EncodedWords.encodeAll(clean) : EncodedWords.encode(clean);
    words(name, List.of(safe.split(" ")));
  }

  void addresses(String name, List<Address> addresses) throws IOException {
    if (addresses.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String end = i + 1 < addresses.size() ? "," : "";
      String phrase = phrase(addresses.get(i).name());
      String spec = spec(addresses.get(i));
      if (phrase.isEmpty()) {
        words.add(spec + end);
      } else {
        words.addAll(List.of(phrase.split(" ")));
        words.add("<" + spec + ">" + end);
      }
    }
    words(name, words);
  }

  void date(Instant date) throws IOException {
    line("Date: " + DATE.format(date.atOffset(ZoneOffset.UTC)));
  }

  void id(String name, MessageId id) throws IOException {
    line(name + ": " + id.bracketed());
  }

  /// The first id, which names the conversation, and as many of the last as fit; those between say least (RFC 5322,
  /// section 3.6.4 allows no trimming, and relays demand it).
  void references(List<MessageId> ids) throws IOException {
    List<String> words = ids.stream().distinct().map(MessageId::bracketed).filter(w -> w.length() <= MAX_WORD).toList();
    if (words.isEmpty()) {
      return;
    }
    int room = MAX_REFERENCES - words.getFirst().length();
    int from = words.size();
    while (from > 1 && room >= words.get(from - 1).length() + 3) {
      room -= words.get(--from).length() + 3;
    }
    List<String> kept = new ArrayList<>(words.subList(from, words.size()));
    kept.addFirst(words.getFirst());
    words("References", kept);
  }

  /// A line that is known to be clean.
  void line(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private void words(String name, List<String> words) throws IOException {
    StringBuilder line = new StringBuilder(name).append(':');
    boolean first = true;
    for (String word : words) {
      if (!first && line.length() + 1 + word.length() > LINE) {
        line(line.toString());
        line.setLength(0);
      }
      line.append(' ').append(word);
      first = false;
    }
    line(line.toString());
  }

  /// A display name: as it is if it is plain, in quotes if it is ASCII, else encoded (RFC 2047, section 5).
  private static String phrase(String name) {
    String clean = CleanText.line(name);
    String encoded = clean.contains("  ") ? EncodedWords.encodeAll(clean) : EncodedWords.encode(clean);
    if (!encoded.equals(clean)) {
      return encoded;
    }
    boolean plain = clean.chars().allMatch(c -> c == ' ' || Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0);
    return plain ? clean : "\"" + clean.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /// The domain goes as ASCII. A local part beyond ASCII stays as it is (RFC 6532): nothing else can be sent there.
  private static String spec(Address address) {
    return address.localPart() + "@" + address.domain();
  }

  private static int longestWord(String line) {
    int longest = 0;
    for (String word : line.split(" ")) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }
}
