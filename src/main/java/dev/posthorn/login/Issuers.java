package dev.posthorn.login;

import java.util.regex.Pattern;

/// Compares issuers. At Microsoft each directory is one, and the configuration has a hole for its id. Pure.
final class Issuers {
  private static final String HOLE = "{tenantid}";
  private static final Pattern DIRECTORY = Pattern.compile("[0-9a-f-]{36}");

  private Issuers() {}

  /// Whether it is the issuer of many directories, whose owners we do not know.
  static boolean isOfMany(String configured) {
    return configured.contains(HOLE);
  }

  /// Whether a token is of the configured issuer.
  ///
  /// @param directory the token's own word for its directory; null for none
  static boolean isOf(String configured, String issuer, String directory) {
    return configured.contains(HOLE)
        ? directory != null && DIRECTORY.matcher(directory).matches() && issuer.equals(configured.replace(HOLE, directory))
        : issuer.equals(configured);
  }

  /// Whether it may be, before anything of the token is believed: to choose who is asked.
  static boolean mayBeOf(String configured, String issuer) {
    int hole = configured.indexOf(HOLE);
    return hole < 0 ? issuer.equals(configured) : issuer.startsWith(configured.substring(0, hole))
        && issuer.endsWith(configured.substring(hole + HOLE.length()));
  }
}
