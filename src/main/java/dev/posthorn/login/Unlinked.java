package dev.posthorn.login;

import java.util.regex.Pattern;

/// Names that people chose, as they stand in mail to strangers: no program makes a link of them. Pure.
final class Unlinked {
  /// What a link has and a name hardly: a dot, colon or at sign right between two other characters.
  private static final Pattern JOINT = Pattern.compile("(?<=\\S)([.:@])(?=\\S)");

  private Unlinked() {}

  /// The same words, with a space behind each such sign.
  static String name(String name) {
    return JOINT.matcher(name).replaceAll("$1 ");
  }
}
