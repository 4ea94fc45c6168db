package dev.posthorn.connector.smtp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.posthorn.connector.Credential;
import dev.posthorn.connector.ServerAccount;
import dev.posthorn.secret.Secret;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;

/// Where and how one SMTP server takes mail from us.
///
/// @param host a name or an address
/// @param port 1 to 65535
/// @param security how the line is encrypted
/// @param trust whose certificates count
/// @param login who we are, if the server wants to know
/// @param localName what we call ourselves in EHLO (RFC 5321 section 4.1.1.1); empty: the name of this machine
/// @param limits how long and how much
/// @param reach to which addresses the host may lead
public record SmtpAccount(String host, int port, Security security, Trust trust, Login login, Optional<String> localName,
    SmtpLimits limits, Reach reach) {

  /// Checks the host and the port.
  ///
  /// @throws IllegalArgumentException for a blank host, a port out of range, or control characters and spaces in a name
  public SmtpAccount {
    requireWord(host, "host");
    localName.ifPresent(name -> requireWord(name, "local name"));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(reach, "reach");
  }

  /// A server that the operator configured: it may be anywhere.
  public SmtpAccount(String host, int port, Security security, Trust trust, Login login, Optional<String> localName, SmtpLimits limits) {
    this(host, port, security, trust, login, localName, limits, Reach.everywhere());
  }

  /// A tenant's own account: encrypted as it says, or not at all, and let in by its credential.
  public static SmtpAccount of(ServerAccount server, Trust trust, Reach reach, SmtpLimits limits) {
    var security = switch (server.encryption()) {
      case TLS -> Security.TLS;
      case STARTTLS -> Security.STARTTLS_REQUIRED;
      case NONE -> Security.NONE;
    };
    Login login = switch (server.credential()) {
      case Credential.Password(var password) -> new Login.Password(server.username(), password);
      case Credential.Token(var token) -> new Login.Token(server.username(), token);
    };
    return new SmtpAccount(server.host(), server.port(), security, trust, login, Optional.empty(), limits, reach);
  }

  /// The same account with other limits.
  public SmtpAccount with(SmtpLimits otherLimits) {
    return new SmtpAccount(host, port, security, trust, login, localName, otherLimits, reach);
  }

  /// `host:port`, for logs and for words to people.
  public String where() {
    return host + ":" + port;
  }

  /// Whether the line must be encrypted before anything else is said. A password makes a mere offer of STARTTLS a demand:
  /// whoever strips the offer from the server's answer would otherwise be handed the password (RFC 3207 section 6).
  boolean demandsStartTls() {
    return security == Security.STARTTLS_REQUIRED || security == Security.STARTTLS && !(login instanceof Login.None);
  }

  private static void requireWord(String word, String what) {
    if (word.isBlank() || word.chars().anyMatch(character -> character <= ' ' || character == 0x7f)) {
      throw new IllegalArgumentException(what + " must be one word");
    }
  }

  /// How the line is encrypted.
  public enum Security {
    /// Never.
    NONE,
    /// By STARTTLS (RFC 3207) if the server offers it; demanded once there is a [Login].
    STARTTLS,
    /// By STARTTLS, or no mail is sent.
    STARTTLS_REQUIRED,
    /// From the first octet (RFC 8314 section 3.3).
    TLS
  }

  /// Who we are for the server.
  public sealed interface Login {

    /// Nobody in particular.
    record None() implements Login {
    }

    /// A user name and a password (RFC 4954).
    ///
    /// @param demanded whether a server that offers no login is trouble; else it is sent to without one
    /// @param mechanisms those that may be used, in order of preference, out of `PLAIN`, `LOGIN`, `DIGEST-MD5`, `NTLM`
    record Password(String username, Secret password, boolean demanded, List<String> mechanisms) implements Login {

      /// PLAIN first, LOGIN for servers that know nothing else.
      static final List<String> USUAL = List.of("PLAIN", "LOGIN");

      /// Keeps the usual mechanisms where none is named.
      public Password {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        mechanisms = mechanisms.isEmpty() ? USUAL : List.copyOf(mechanisms);
      }

      /// With the usual mechanisms, demanded.
      public Password(String username, Secret password) {
        this(username, password, true, List.of());
      }
    }

    /// A user name and an OAuth access token (the mechanism XOAUTH2).
    record Token(String username, Secret token) implements Login {

      /// Both are there.
      public Token {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(token, "token");
      }
    }
  }
}
