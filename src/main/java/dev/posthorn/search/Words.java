package dev.posthorn.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The words of a text, as they are kept and as they are asked for: split where Unicode says (UAX #29), Chinese, Japanese and
/// Korean in pairs of characters, without case and accents. `Müller`, `MULLER` and `muller` are one word; `anna@customer.example`
/// is `anna` and `customer.example`; of `customer.example` the parts are words too.
public final class Words {
  private static final int LONGEST = 64;
  private static final Pattern JOINT = Pattern.compile("[._'’]+");

  private Words() {}

  /// Each word, and the parts of those that have parts, until there are as many different ones as wanted.
  ///
  /// @param stems what else a word is kept by
  static void collect(String text, Stems stems, int atMost, Set<String> words) {
    each(text, word -> {
      if (words.size() < atMost) {
        words.add(fold(word));
        stems.of(word).forEach(words::add);
        for (var part : JOINT.split(word)) {
          if (!part.isEmpty() && part.length() < word.length()) {
            words.add(fold(part));
            stems.of(part).forEach(words::add);
          }
        }
      }
    });
  }

  /// Each word in the order of the text, in lower case, with its accents.
  static void each(String text, Consumer<String> word) {
    try (var tokenizer = new StandardTokenizer()) {
      tokenizer.setMaxTokenLength(LONGEST);
      tokenizer.setReader(new StringReader(text));
      TokenStream stream = new CJKBigramFilter(new LowerCaseFilter(new CJKWidthFilter(tokenizer)));
      var term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        word.accept(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot fail to be read", e);
    }
  }

  /// Without accents.
  static String fold(String word) {
    var letters = word.toCharArray();
    var folded = new char[4 * letters.length];
    return new String(folded, 0, ASCIIFoldingFilter.foldToASCII(letters, 0, folded, 0, letters.length));
  }

  /// The language part of a tenant's locale, which is `de` or `de-AT`.
  static Optional<String> language(String locale) {
    return Optional.of(Locale.forLanguageTag(locale).getLanguage()).filter(language -> !language.isEmpty());
  }
}
