package dev.posthorn.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;

/// What the forms of a word have in common, in the tenant's language and in English: whoever asks for `invoices` finds
/// `invoice`. A stem is kept with a `~` before it, so that it is no word by itself. Not for use by two threads at once.
final class Stems {
  private static final Map<String, Supplier<SnowballStemmer>> LANGUAGES = Map.of("de", GermanStemmer::new, "en", EnglishStemmer::new,
      "es", SpanishStemmer::new, "fr", FrenchStemmer::new, "it", ItalianStemmer::new, "nb", NorwegianStemmer::new,
      "nl", DutchStemmer::new, "pt", PortugueseStemmer::new, "ru", RussianStemmer::new, "sv", SwedishStemmer::new);
  private static final int SHORTEST = 3;

  private final Map<String, SnowballStemmer> stemmers = new LinkedHashMap<>();

  private Stems() {}

  /// For texts of a tenant.
  static Stems of(Optional<String> language) {
    var stems = new Stems();
    Stream.concat(language.stream(), Stream.of("en")).distinct().filter(LANGUAGES::containsKey)
        .forEach(known -> stems.stemmers.put(known, LANGUAGES.get(known).get()));
    return stems;
  }

  /// The stems of a word, without accents.
  ///
  /// @param word in lower case, with its accents: they mean something to the languages that write them
  List<String> of(String word) {
    if (word.length() < SHORTEST || !Character.isLetter(word.charAt(0))) {
      return List.of();
    }
    return stemmers.values().stream().map(stemmer -> {
      stemmer.setCurrent(word);
      stemmer.stem();
      return "~" + Words.fold(stemmer.getCurrent());
    }).distinct().toList();
  }
}
