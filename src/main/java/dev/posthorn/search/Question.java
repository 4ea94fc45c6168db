package dev.posthorn.search;

import java.util.ArrayList;
import java.util.List;

/// What somebody looks for: words that must all be there, `-word` for one that must not, `beginning*` for all that begin so.
///
/// @param wanted each word with its other forms; all must be there, in one message
/// @param unwanted none of these
public record Question(List<Term> wanted, List<Term> unwanted) {
  /// One word of the question.
  ///
  /// @param word without case and accents
  /// @param stems what its other forms are found by
  /// @param isBeginning whether more may follow
  record Term(String word, List<String> stems, boolean isBeginning) {}

  /// @param locale the tenant's
  static Question of(String text, String locale) {
    var stems = Stems.of(Words.language(locale));
    var wanted = new ArrayList<Term>();
    var unwanted = new ArrayList<Term>();
    for (var piece : text.strip().split("\\s+")) {
      boolean isUnwanted = piece.length() > 1 && piece.startsWith("-");
      boolean isBeginning = piece.endsWith("*");
      var terms = new ArrayList<Term>();
      Words.each(piece, word -> terms.add(new Term(Words.fold(word), isBeginning ? List.of() : stems.of(word), false)));
      if (isBeginning && !terms.isEmpty()) {
        terms.add(new Term(terms.removeLast().word, List.of(), true));
      }
      (isUnwanted ? unwanted : wanted).addAll(terms);
    }
    return new Question(List.copyOf(wanted), List.copyOf(unwanted));
  }

  int size() {
    return wanted.size() + unwanted.size();
  }

  /// As PostgreSQL asks it (manual, "tsquery").
  ///
  /// @param mark what every word of the tenant begins with
  String toQuery(String mark) {
    var all = new ArrayList<String>();
    wanted.forEach(term -> all.add(one(term, mark)));
    unwanted.forEach(term -> all.add("!" + one(term, mark)));
    return String.join(" & ", all);
  }

  private static String one(Term term, String mark) {
    var ways = new ArrayList<String>();
    ways.add(quoted(mark + term.word) + (term.isBeginning ? ":*" : ""));
    term.stems.forEach(stem -> ways.add(quoted(mark + stem)));
    return "(" + String.join(" | ", ways) + ")";
  }

  private static String quoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
