package dev.posthorn.connector.smtp;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How long the platform's relay may take. Where it is and how it is spoken to stands in `quarkus.mailer.*`; these are the
/// times that have no place there. The defaults are those that RFC 5321 section 4.5.3.2 recommends.
@ConfigMapping(prefix = "posthorn.relay")
public interface RelayConfig {

  /// For the TCP connection, for each address of the relay.
  @WithDefault("30S")
  Duration connectTimeout();

  /// For each answer up to the data, and for a free connection.
  @WithDefault("5M")
  Duration answerTimeout();

  /// For each piece of a mail to be taken by the network.
  @WithDefault("3M")
  Duration writeTimeout();

  /// For the answer to the whole mail. Shorter saves nothing and makes ends unknown.
  @WithDefault("10M")
  Duration verdictTimeout();

  /// For everything together, once a connection is free.
  @WithDefault("20M")
  Duration wholeTimeout();

  /// After a failed login the relay is left alone for so long.
  @WithDefault("1M")
  Duration loginPause();

  /// Where `quarkus.mailer.max-mails-per-connection` is not set.
  @WithDefault("100")
  int mailsPerConnection();

  /// Most octets that the relay may say over one mail.
  @WithDefault("1048576")
  int answerOctets();
}
