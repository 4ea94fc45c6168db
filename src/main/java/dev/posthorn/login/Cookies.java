package dev.posthorn.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.secret.TravelSeal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The cookies of people who sign in: sealed, for our pages alone, out of reach of scripts, and not sent along by other sites' forms
/// (RFC 6265bis: `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`).
@ApplicationScoped
class Cookies {
  /// What a cookie holds.
  enum Kind { SESSION, ARRIVAL, INVITATION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final TravelSeal seal;
  private final ObjectMapper json;
  private final boolean secure;

  Cookies(TravelSeal seal, ObjectMapper json, LoginConfig config) {
    this.seal = seal;
    this.json = json;
    this.secure = config.secureCookies();
  }

  /// Its name. The prefix binds it to this host (RFC 6265bis, section 4.1.3.2).
  String name(Kind kind) {
    return (secure ? "__Host-" : "") + "posthorn-" + kind.word();
  }

  NewCookie of(Kind kind, Object content, Duration life) {
    try {
      return cookie(kind, seal.seal(json.writeValueAsString(content), purpose(kind)), (int) life.toSeconds());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A cookie could not be written", e);
    }
  }

  /// Takes it away.
  NewCookie none(Kind kind) {
    return cookie(kind, "", 0);
  }

  private NewCookie cookie(Kind kind, String value, int seconds) {
    return new NewCookie.Builder(name(kind)).value(value).path("/").maxAge(seconds).secure(secure).httpOnly(true).sameSite(NewCookie.SameSite.LAX).build();
  }

  /// What is in it; nothing where nobody sealed it.
  <T> Optional<T> open(Kind kind, String value, Class<T> type) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty()).flatMap(text -> seal.open(text, purpose(kind))).flatMap(text -> read(text, type));
  }

  private <T> Optional<T> read(String text, Class<T> type) {
    try {
      return Optional.of(json.readValue(text, type));
    } catch (JsonProcessingException e) {
      // Of an earlier version.
      return Optional.empty();
    }
  }

  private static String purpose(Kind kind) {
    return "cookie " + kind.word();
  }
}
