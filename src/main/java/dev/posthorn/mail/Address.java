package dev.posthorn.mail;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// A mailbox and what its owner is called (RFC 5322, section 3.4).
///
/// Neither part can hold a control character, so neither can end a header line.
///
/// @param name    decoded display name, at most 300 characters; "" if there is none
/// @param address `local@domain` as written, at most 320 characters; the local part may be a quoted string
public record Address(String name, String address) {

  private static final int MAX_NAME = 300;
  private static final int MAX_ADDRESS = 320;

  /// Cleans the name.
  ///
  /// @throws IllegalArgumentException if the address is not of the form `local@domain`
  public Address {
    Objects.requireNonNull(address);
    if (!isAddress(address)) {
      throw new IllegalArgumentException("not a mail address");
    }
    name = cleanName(Objects.requireNonNullElse(name, ""));
  }

  /// An address without a name.
  ///
  /// @throws IllegalArgumentException if it is not of the form `local@domain`
  public static Address of(String address) {
    return new Address("", address);
  }

  /// Reads `Name <local@domain>` or `local@domain`; empty if that is not exactly one valid address.
  public static Optional<Address> parse(String text) {
    List<Address> all = parseList(text);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /// Reads a list of mailboxes and groups as in From, To or Cc. Encoded names are decoded; what is no address is
  /// left out.
  public static List<Address> parseList(String text) {
    return new AddressReader(text).read();
  }

  /// The part before the last `@`.
  public String localPart() {
    return address.substring(0, address.lastIndexOf('@'));
  }

  /// The part after the last `@`, in lower case, in ASCII (RFC 5890) where it can be.
  public String domain() {
    return asciiDomain(address.substring(address.lastIndexOf('@') + 1));
  }

  /// For comparing: all in lower case, domain in ASCII. RFC 5321, section 2.4 lets hosts tell `Anna@` from `anna@`;
  /// none that matters does.
  public String normalized() {
    return localPart().toLowerCase(Locale.ROOT) + "@" + domain();
  }

  /// Says only the domain.
  @Override
  public String toString() {
    return "Address[…@" + domain() + "]";
  }

  static boolean isAddress(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && text.length() <= MAX_ADDRESS
        && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
  }

  private static boolean isLocalPart(String local) {
    if (local.startsWith("\"")) {
      return local.length() > 2 && local.endsWith("\"") && isQuotedContent(local.substring(1, local.length() - 1));
    }
    return local.codePoints().allMatch(c -> isPlain(c) && "()<>[]:;@\\,\"".indexOf(c) < 0);
  }

  private static boolean isQuotedContent(String content) {
    boolean escaped = false;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (Character.isISOControl(c) || c == '"' && !escaped) {
        return false;
      }
      escaped = c == '\\' && !escaped;
    }
    return !escaped && content.codePoints().allMatch(c -> c == ' ' || isPlain(c));
  }

  private static boolean isDomain(String domain) {
    if (domain.startsWith("[") && domain.endsWith("]")) {
      return domain.length() > 2
          && domain.substring(1, domain.length() - 1).chars().allMatch(c -> Character.digit(c, 36) >= 0 && c < 128
          || c == '.' || c == ':' || c == '-');
    }
    return !domain.isEmpty() && !domain.startsWith(".") && !domain.endsWith(".") && !domain.contains("..")
        && domain.codePoints().allMatch(c -> c == '.' || c == '-' || c == '_'
        || (c < 128 ? Character.isLetterOrDigit(c) : isPlain(c)));
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
         Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private static String cleanName(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    CleanText.line(name).codePoints().filter(c -> !isDirectional(c)).forEach(kept::appendCodePoint);
    return CleanText.cut(kept.toString(), MAX_NAME).strip();
  }

  /// Marks that turn the direction of text could show one name as another.
  private static boolean isDirectional(int c) {
    return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
  }

  private static String asciiDomain(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    if (lower.chars().allMatch(c -> c < 128)) {
      return lower;
    }
    try {
      return IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return lower;
    }
  }
}
