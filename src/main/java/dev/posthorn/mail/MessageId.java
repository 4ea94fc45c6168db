package dev.posthorn.mail;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The name of one mail (RFC 5322, section 3.6.4), without its angle brackets.
///
/// Read leniently, since an id is only ever compared: it need not hold an `@`.
///
/// @param value 1 to 998 visible characters, no white space, no angle brackets
public record MessageId(String value) {

  /// What one header line can hold (RFC 5322, section 2.1.1).
  static final int MAX_LENGTH = 998;

  private static final int MAX_IDS = 1_000;

  /// @throws IllegalArgumentException if it is not of that form
  public MessageId {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !value.codePoints().allMatch(MessageId::mayStand)) {
      throw new IllegalArgumentException("not a message id");
    }
  }

  /// A new id that looks like any other mail's: `<random@domain>` (P-55: a pattern of one's own is scored as spam).
  public static MessageId fresh(String domain) {
    String random = new BigInteger(160, new SecureRandom()).setBit(160).toString(36);
    return new MessageId(random + "@" + domain);
  }

  /// The first id in a header value, with or without angle brackets.
  public static Optional<MessageId> parse(String headerValue) {
    return parseAll(headerValue).stream().findFirst();
  }

  /// Every id in a value of References, In-Reply-To or Message-ID, each once, in order; at most 1,000, of which the
  /// first and the latest are the ones kept.
  ///
  /// Whatever stands between `<` and `>` is an id. Commas, comments and words between ids are skipped (the obsolete
  /// In-Reply-To had phrases, section 4.5.4), white space inside an id is a bad fold and is removed, a bracket that
  /// was never closed ends at the next one. Only where there are no brackets at all, words with an `@` are taken.
  public static List<MessageId> parseAll(String headerValue) {
    Set<MessageId> ids = new LinkedHashSet<>();
    int open = headerValue.indexOf('<');
    if (open < 0) {
      addWords(headerValue, ids);
    }
    while (open >= 0) {
      int next = headerValue.indexOf('<', open + 1);
      int end = next < 0 ? headerValue.length() : next;
      int close = headerValue.indexOf('>', open, end);
      addBracketed(headerValue.substring(open + 1, close < 0 ? end : close), ids);
      open = next;
    }
    return bounded(List.copyOf(ids));
  }

  /// As it stands in a header: `<value>`.
  public String bracketed() {
    return "<" + value + ">";
  }

  @Override
  public String toString() {
    return value;
  }

  private static void addBracketed(String inner, Set<MessageId> ids) {
    String[] words = inner.strip().split("[\\s,]+");
    boolean severalIds = words.length > 1;
    for (String word : words) {
      severalIds &= word.indexOf('@') > 0;
    }
    if (severalIds) {
      addWords(inner, ids);
    } else {
      add(String.join("", words), ids);
    }
  }

  private static void addWords(String text, Set<MessageId> ids) {
    for (String word : text.split("[\\s,;\"()\\[\\]>]+")) {
      if (word.indexOf('@') > 0) {
        add(word, ids);
      }
    }
  }

  private static void add(String candidate, Set<MessageId> ids) {
    StringBuilder value = new StringBuilder();
    candidate.codePoints().filter(MessageId::mayStand).forEach(value::appendCodePoint);
    if (!value.isEmpty() && value.length() <= MAX_LENGTH) {
      ids.add(new MessageId(value.toString()));
    }
  }

  private static List<MessageId> bounded(List<MessageId> ids) {
    if (ids.size() <= MAX_IDS) {
      return ids;
    }
    List<MessageId> kept = new ArrayList<>(MAX_IDS);
    kept.add(ids.getFirst());
    kept.addAll(ids.subList(ids.size() - MAX_IDS + 1, ids.size()));
    return List.copyOf(kept);
  }

  private static boolean mayStand(int codePoint) {
    return !Character.isISOControl(codePoint) && !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && codePoint != '<' && codePoint != '>'
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
