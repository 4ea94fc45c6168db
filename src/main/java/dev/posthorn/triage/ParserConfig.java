package dev.posthorn.triage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much of a mail is taken apart. What is beyond is kept with the original, and said to be by a flaw of the message.
@ConfigMapping(prefix = "posthorn.parser")
public interface ParserConfig {
  /// Parts of one mail, those of attached mails and other containers included.
  @WithDefault("1000")
  int maxParts();

  /// Multiparts, attached mails and other containers inside each other.
  @WithDefault("50")
  int maxDepth();

  /// Fields of one header.
  @WithDefault("1000")
  int maxHeaders();

  /// Bytes of one header field.
  @WithDefault("65536")
  int maxFieldBytes();

  /// Bytes of one header.
  @WithDefault("524288")
  int maxHeaderBytes();

  /// Bytes of one decoded part.
  @WithDefault("268435456")
  long maxPartBytes();

  /// Bytes of all decoded parts, from which on containers stay closed.
  @WithDefault("536870912")
  long maxTotalBytes();

  /// Bytes of everything that is shown as text or HTML.
  @WithDefault("2097152")
  int maxTextBytes();

  /// Bytes of decoded parts that stay in memory; the others are spooled to a temporary file.
  @WithDefault("1048576")
  int memoryBytes();

  /// How long one mail may take.
  @WithDefault("30s")
  Duration maxTime();
}
