package dev.posthorn.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which language a text is in, as far as its letters and its small words tell: enough to send a mail to people who read
/// it, no more. A text that says too little, or two languages alike, is in none.
public final class LanguageGuess {
  /// What is looked at; the beginning tells.
  private static final int MAX_TEXT = 5_000;

  /// Small words that a text must have before they count.
  private static final int FEWEST_WORDS = 2;

  private static final Pattern WORD = Pattern.compile("[\\p{L}']+");

  /// Words that are frequent in one language and rare in the others.
  private static final Map<String, Set<String>> WORDS = Map.ofEntries(
      words("en", "the and you is are that this have with for not from your please would could we my it was will"),
      words("de", "der die das und ich nicht ist mit sie wir für auf ein eine bitte dass haben sind von meine mein den dem im"),
      words("fr", "le les des et je vous pas est une pour avec dans nous que qui sur mon ma merci bonjour du au"),
      words("es", "el los las y que no es una por con para mi su gracias hola está muy pero usted del"),
      words("it", "il che non è una per con sono di della grazie mio questo ho gli nel anche più buongiorno"),
      words("pt", "o os que não é uma com para eu meu minha obrigado você em da do mas estou isso"),
      words("nl", "de het een en ik niet is van met voor dat wij zijn u mijn graag op bij naar deze"),
      words("pl", "nie się jest na że do to proszę dzień dobry mam jak czy dla moje od po dziękuję i w z"),
      words("sv", "och att det är inte jag som en på för med har vi min ni från kan tack hej den"),
      words("da", "og at det er ikke jeg som en på for med har vi min af kan tak hej den til"),
      words("nb", "og at det er ikke jeg som en på for med har vi min av kan takk hei den til"),
      words("fi", "ja on ei se että en ole minun kiitos hei mutta olen tämä niin voi kun"),
      words("cs", "je se na že to jsem pro není s v děkuji dobrý den prosím jak mám ale by"),
      words("hu", "a az és nem hogy egy van köszönöm kérem de is meg ez volt jó napot"),
      words("ro", "și nu este la cu pe de că mulțumesc bună sunt un o pentru din am"),
      words("tr", "ve bir bu için değil ile çok merhaba teşekkürler ben var ne da de olarak"));

  private LanguageGuess() {
  }

  /// The language as ISO 639 says it in two letters: `de`.
  public static Optional<String> of(String text) {
    var beginning = CleanText.cut(text, MAX_TEXT);
    return byLetters(beginning).or(() -> byWords(beginning.toLowerCase(Locale.ROOT)));
  }

  /// Writing systems that one language, or nearly one, is written in.
  private static Optional<String> byLetters(String text) {
    var scripts = new HashMap<Character.UnicodeScript, Integer>();
    text.codePoints().filter(Character::isLetter).forEach(c -> scripts.merge(Character.UnicodeScript.of(c), 1, Integer::sum));
    int letters = scripts.values().stream().mapToInt(Integer::intValue).sum();
    if (has(scripts, Character.UnicodeScript.HIRAGANA, letters, 10) || has(scripts, Character.UnicodeScript.KATAKANA, letters, 5)) {
      return Optional.of("ja");
    }
    if (has(scripts, Character.UnicodeScript.CYRILLIC, letters, 2)) {
      return Optional.of(text.matches("(?s).*[іїєґІЇЄҐ].*") ? "uk" : "ru");
    }
    var others = Map.of(Character.UnicodeScript.HANGUL, "ko", Character.UnicodeScript.HAN, "zh", Character.UnicodeScript.ARABIC, "ar",
        Character.UnicodeScript.HEBREW, "he", Character.UnicodeScript.GREEK, "el", Character.UnicodeScript.THAI, "th");
    return others.entrySet().stream().filter(script -> has(scripts, script.getKey(), letters, 2)).map(Map.Entry::getValue).findFirst();
  }

  /// Whether more than one letter in so many is of the script.
  private static boolean has(Map<Character.UnicodeScript, Integer> scripts, Character.UnicodeScript script, int letters, int inSoMany) {
    return scripts.getOrDefault(script, 0) * inSoMany > letters;
  }

  private static Optional<String> byWords(String text) {
    var counts = new HashMap<String, Integer>();
    WORD.matcher(text).results().forEach(word -> WORDS.forEach((language, frequent) -> {
      if (frequent.contains(word.group())) {
        counts.merge(language, 1, Integer::sum);
      }
    }));
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    var best = counts.entrySet().stream().filter(language -> language.getValue() == most).map(Map.Entry::getKey).toList();
    return most < FEWEST_WORDS || best.size() > 1 ? Optional.empty() : Optional.of(best.getFirst());
  }

  private static Map.Entry<String, Set<String>> words(String language, String words) {
    return Map.entry(language, Set.copyOf(List.of(words.split(" "))));
  }
}
