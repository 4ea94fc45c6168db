package dev.posthorn.trust;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.exceptions.TempFailException;

/// Public keys of signers, from the DNS (RFC 6376, section 3.6.2).
final class SigningKeys {
  /// A SubjectPublicKeyInfo of an RSA key of 1,024 bits; a shorter one proves nothing (RFC 8301, section 3.2). Bytes.
  private static final int SHORTEST_RSA_KEY = 160;
  private static final Pattern KEY = Pattern.compile("(?:^|;)\\s*p\\s*=\\s*([A-Za-z0-9+/=\\s]+)");
  private static final Pattern ED25519 = Pattern.compile("(?:^|;)\\s*k\\s*=\\s*ed25519");

  private final Lookup lookup;

  SigningKeys(Lookup lookup) {
    this.lookup = lookup;
  }

  /// Asks for so long, and not longer.
  Patient within(Duration patience) {
    return new Patient(System.nanoTime() + patience.toNanos(), _ -> false, _ -> { });
  }

  /// The same, and for domains that matter however long it takes.
  ///
  /// @param inVain is told whether a domain that did not answer was one that matters
  Patient within(Duration patience, Predicate<String> matters, Consumer<Boolean> inVain) {
    return new Patient(System.nanoTime() + patience.toNanos(), matters, inVain);
  }

  /// Who asks for the keys of one mail: a forger must not use up the time.
  final class Patient {
    private final long until;
    private final Predicate<String> matters;
    private final Consumer<Boolean> inVain;

    private Patient(long until, Predicate<String> matters, Consumer<Boolean> inVain) {
      this.until = until;
      this.matters = matters;
      this.inVain = inVain;
    }

    /// The records of one key: some, or none where the DNS has none.
    ///
    /// @throws TempFailException nobody answered, or no time is left
    /// @throws PermFailException the key is too short to prove anything
    List<String> records(CharSequence selector, CharSequence domain) throws TempFailException, PermFailException {
      boolean counts = matters.test(domain.toString());
      if (!counts && System.nanoTime() - until > 0) {
        throw new TempFailException("No time is left for a domain that proves nothing here");
      }
      try {
        var records = lookup.txt(selector + "._domainkey." + domain);
        if (records.stream().anyMatch(SigningKeys::isShort)) {
          throw new PermFailException("The key is too short");
        }
        return records;
      } catch (Lookup.Trouble e) {
        inVain.accept(counts);
        throw new TempFailException(e.getMessage());
      }
    }
  }

  private static boolean isShort(String record) {
    var key = KEY.matcher(record);
    if (!key.find() || ED25519.matcher(record).find()) {
      return false;
    }
    try {
      return Base64.getMimeDecoder().decode(key.group(1)).length < SHORTEST_RSA_KEY;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
