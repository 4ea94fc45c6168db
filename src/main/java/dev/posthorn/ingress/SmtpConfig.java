package dev.posthorn.ingress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What may be set about the SMTP listener. Every limit that a stranger can run into stands here.
// Public only because the validation of the bounds demands it.
@ConfigMapping(prefix = "posthorn.smtp")
public interface SmtpConfig {

  /// Off: nothing listens; mail then comes by HTTP only.
  @WithDefault("true")
  boolean enabled();

  /// The local address to listen on.
  @WithDefault("0.0.0.0")
  String host();

  /// The TCP port; 0 lets the system choose one, which the log then tells.
  @WithDefault("2525")
  int port();

  /// The name given in the greeting and in the answer to EHLO (RFC 5321 4.2): the name in the MX record.
  @WithDefault("localhost")
  String hostname();

  /// The largest mail in octets as they are counted by RFC 1870 (after removing the stuffed dots); it is the SIZE of EHLO.
  @Min(65536)
  @WithDefault("52428800")
  long maxMessageBytes();

  /// Recipients in one transaction; further ones are told to come in another one (RFC 5321 4.5.3.1.10).
  @Min(1)
  @WithDefault("100")
  int maxRecipients();

  /// One command line in octets, CRLF included. RFC 5321 4.5.3.1.4 asks for 512 and the extensions offered here add 53
  /// (RFC 1870 3, RFC 6152 2, RFC 6531 3.4); the library's command loop takes no more than 999.
  @Min(512)
  @Max(999)
  @WithDefault("998")
  int maxLineBytes();

  /// One line of the mail in octets. RFC 5321 4.5.3.1.6 says 1000, real mail is longer; nothing is kept by line, so that
  /// this guards those who read the mail later.
  @Min(1000)
  @WithDefault("1048576")
  long maxDataLineBytes();

  /// 5xx answers after which the session is closed with 421; a stored mail starts the count anew.
  @Min(1)
  @WithDefault("10")
  int maxErrors();

  /// Commands between two stored mails that carry nothing forward (NOOP, RSET, VRFY, HELP, EHLO, HELO); further ones
  /// count as errors, so that a session cannot be kept for ever.
  @Min(1)
  @WithDefault("100")
  int maxIdleCommands();

  /// `Received` fields after which a mail is taken to be in a loop (RFC 5321 6.3).
  @Min(1)
  @WithDefault("100")
  int maxReceived();

  /// How long one command may take to arrive whole; also the longest time for the TLS handshake and for one answer to be
  /// taken (RFC 5321 4.5.3.2.7: at least 5 minutes).
  @WithDefault("5m")
  Duration idleTimeout();

  /// The longest silence within DATA (RFC 5321 4.5.3.2.5 gives the sender 3 minutes a block).
  @WithDefault("5m")
  Duration dataTimeout();

  /// The longest time for one DATA altogether, however steadily it drips.
  @WithDefault("1h")
  Duration dataDeadline();

  /// Sessions at one time; further ones are told 421.
  @Min(1)
  @WithDefault("1000")
  int maxConnections();

  /// Sessions at one time from one address (IPv6: from one /64); 0 means no such limit.
  @Min(0)
  @WithDefault("50")
  int maxConnectionsPerAddress();

  /// Octets of one mail held in memory while it arrives; what is longer goes to a temporary file. At the worst, times
  /// `max-connections`; and as many temporary files of `max-message-bytes`.
  @Min(0)
  @WithDefault("262144")
  int memoryBytes();

  /// STARTTLS, offered when both files are given.
  Tls tls();

  /// Refuse MAIL until TLS is on (RFC 3207 4: not for a public MX).
  @WithDefault("false")
  boolean requireTls();

  /// Every connection starts with a PROXY protocol v2 header that names the true client; one without it is refused.
  @WithDefault("false")
  boolean proxyProtocol();

  /// The balancers that may say who the client is: addresses or networks (`10.0.0.0/8`). Demanded with `proxy-protocol`.
  Optional<List<String>> trustedProxies();

  /// How long sessions that are receiving or storing a mail may go on when the application stops.
  @WithDefault("20s")
  Duration shutdownGrace();

  /// How long a client that was refused for good may take to read our last words before the connection is closed.
  @WithDefault("1s")
  Duration linger();

  /// Files in PEM; read again when they change, so that a renewed certificate needs no restart.
  interface Tls {

    /// The certificate, followed by its intermediate ones.
    Optional<Path> certificate();

    /// The private key belonging to it: PKCS#8, PKCS#1 or SEC 1, not encrypted.
    Optional<Path> key();
  }
}
