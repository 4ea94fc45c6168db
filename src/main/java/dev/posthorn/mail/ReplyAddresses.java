package dev.posthorn.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that answers to a ticket go to: `support+r<token>@domain`, the token by [ReplySigner].
public final class ReplyAddresses {

  /// RFC 5321, section 4.5.3.1.1: a local part is at most 64 octets.
  private static final int MAX_LOCAL_PART = 64;
  private static final String MARK = "+r";

  /// How long the local part of an address may be for [#sign(Address, String)]: 36.
  public static final int MAX_BASE = MAX_LOCAL_PART - MARK.length() - ReplySigner.TOKEN_LENGTH;

  private static final Pattern SIGNED = Pattern.compile("(.+)\\+[rR]([a-zA-Z2-7]{" + ReplySigner.TOKEN_LENGTH + "})");

  private ReplyAddresses() {
  }

  /// A local part taken apart.
  ///
  /// @param base   what the mailbox is called
  /// @param detail what stands behind the `+` (RFC 5233), without it
  public record Split(String base, Optional<String> detail) {
  }

  /// The address of that team and name which carries this token.
  ///
  /// @throws IllegalArgumentException if the local part of `base` is longer than [#MAX_BASE]
  public static Address sign(Address base, String token) {
    if (base.localPart().length() > MAX_BASE) {
      throw new IllegalArgumentException("a local part of more than " + MAX_BASE + " characters leaves no room for a token");
    }
    String domain = base.address().substring(base.address().lastIndexOf('@') + 1);
    return new Address(base.name(), base.localPart() + MARK + token + "@" + domain);
  }

  /// Takes a local part apart: at a token if it carries one, else at the first `+`.
  public static Split split(String localPart) {
    Matcher signed = SIGNED.matcher(localPart);
    if (signed.matches()) {
      return new Split(signed.group(1), Optional.of(localPart.substring(signed.end(1) + 1)));
    }
    int plus = localPart.indexOf('+');
    return plus <= 0 ? new Split(localPart, Optional.empty())
        : new Split(localPart.substring(0, plus), Optional.of(localPart.substring(plus + 1)));
  }

  /// The token that an address carries, in lower case; not verified.
  public static Optional<String> token(Address address) {
    Matcher signed = SIGNED.matcher(address.localPart());
    return signed.matches() ? Optional.of(signed.group(2).toLowerCase(Locale.ROOT)) : Optional.empty();
  }
}
